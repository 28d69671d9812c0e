internal import HazardReports
internal import InspectionModel
internal import InspectionPipeline
internal import InspectionStore

/// What a store knows for statistics.
struct StatisticsSource {
  let cases: [CaseRecord]
  /// Stores do not count what was sent singly.
  let alarms: [StatisticsInput.AlarmCount]? = nil
  private let coverage: [SourceCoverage]

  /// The district's area by its statistics; towns' areas are not on file.
  static let districtSquareKilometers = 3218.0

  init(store: InspectionStore) async throws {
    let snapshot = try await store.snapshot()
    let stored = try await store.caseEvents(
      from: Timestamp(nanoseconds: .min), to: Timestamp(nanoseconds: .max))
    let lives = Dictionary(grouping: stored, by: \.caseNumber)
    let incidents = Dictionary(snapshot.incidents.map { ($0.id, $0) }) { first, _ in first }
    let observations = Dictionary(snapshot.observations.map { ($0.key, $0) }) { first, _ in first }
    cases = try snapshot.workOrders.map { order in
      let incident = incidents[order.incidentID]
      let seen = incident?.observationKeys.compactMap { observations[$0] } ?? []
      let position = incident?.place?.position
      guard let life = lives[order.caseNumber] else {
        return CaseRecord(order, observations: seen, position: position)
      }
      return CaseRecord(try Self.file(of: order, life), observations: seen, position: position)
    }
    coverage = snapshot.coverage
  }

  /// Hours between the first and the last picture of each source, as far as they lie in the period; `nil` where no
  /// source is on record.
  func watched(in period: StatisticsPeriod) -> [StatisticsInput.WatchedHours]? {
    if coverage.isEmpty { return nil }
    return coverage.map { source in
      let first = source.firstFrame, last = source.lastFrame
      let hours = first.flatMap { first in last.map { period.hours(from: first, to: $0) } } ?? 0
      return StatisticsInput.WatchedHours(source: source.witness, townCode: nil, hours: hours)
    }
  }

  private static func file(of order: WorkOrder, _ life: [StoredCaseEvent]) throws -> CaseFile {
    do {
      return try CaseFile(stored: life.sorted { $0.sequence < $1.sequence })
    } catch let fault as CaseFileFault {
      throw CommandFailure("\(order.caseNumber): \(fault.message)")
    } catch {
      throw CommandFailure("\(order.caseNumber): its events cannot be read: \(error)")
    }
  }
}
