internal import HazardReports
internal import InspectionModel
internal import InspectionPipeline
internal import InspectionStore
internal import WorkOrders

/// What a store knows for statistics.
struct StatisticsSource {
  let cases: [CaseRecord]
  private let files: [CaseFile]
  private let digests: [AlarmDigest]
  private let waiting: [AlarmNotice]
  private let coverage: [SourceCoverage]

  /// The district's area by its statistics; towns' areas are not on file.
  static let districtSquareKilometers = 3218.0

  init(store: InspectionStore, pipeline: ValidatedPipeline, now: Timestamp) async throws {
    let snapshot = try await store.snapshot()
    let stored = try await store.caseEvents(
      from: Timestamp(nanoseconds: .min), to: Timestamp(nanoseconds: .max))
    let lives = Dictionary(grouping: stored, by: \.caseNumber)
    let incidents = Dictionary(snapshot.incidents.map { ($0.id, $0) }) { first, _ in first }
    let observations = Dictionary(snapshot.observations.map { ($0.key, $0) }) { first, _ in first }
    var files: [CaseFile] = []
    cases = try snapshot.workOrders.map { order in
      let incident = incidents[order.incidentID]
      let seen = incident?.observationKeys.compactMap { observations[$0] } ?? []
      let position = incident?.place?.position
      guard let life = lives[order.caseNumber] else {
        return CaseRecord(order, observations: seen, position: position)
      }
      let file = try Self.file(of: order, life)
      files.append(file)
      return CaseRecord(file, observations: seen, position: position)
    }
    self.files = files
    digests = try await store.alarmDigests(
      as: AlarmDigest.self, from: Timestamp(nanoseconds: 0), to: Timestamp(nanoseconds: .max))
    waiting = try await CaseOffice(store: store, governance: pipeline.governance, now: now)
      .noticesWaitingForDigest()
    coverage = snapshot.coverage
  }

  /// Notices of the period: every event tells the tiers that its life says, one by one or in a digest.
  func alarms(in period: StatisticsPeriod, life: CaseLife) throws -> [StatisticsInput.AlarmCount] {
    struct Group: Hashable {
      var tier: GovernanceTier
      var hazardClass: String
      var townCode: String?
    }
    var offered: [Group: Int] = [:], digested: [Group: Int] = [:]
    for file in files {
      var growing = try CaseFile(events: [file.events[0]])
      for event in file.events {
        if event.sequence > 1 { try growing.apply(event) }
        guard event.time >= period.from, event.time < period.to else { continue }
        for notice in life.notices(of: event, on: growing) {
          offered[
            Group(tier: notice.tier, hazardClass: notice.hazardClass, townCode: notice.town?.code), default: 0
          ] += 1
        }
      }
    }
    for digest in digests where digest.hourStart >= period.from && digest.hourStart < period.to {
      for group in digest.groups {
        digested[
          Group(tier: digest.tier, hazardClass: group.hazardClass, townCode: group.town?.code), default: 0] +=
          group.noticeCount
      }
    }
    for notice in waiting where notice.time >= period.from && notice.time < period.to {
      digested[
        Group(tier: notice.tier, hazardClass: notice.hazardClass, townCode: notice.town?.code), default: 0] +=
        1
    }
    return offered.map { group, count in
      let grouped = min(count, digested[group] ?? 0)
      return StatisticsInput.AlarmCount(
        tier: group.tier, hazardClass: group.hazardClass, townCode: group.townCode,
        delivered: count - grouped, digested: grouped)
    }.sorted {
      ($0.tier, $0.hazardClass, $0.townCode ?? "") < ($1.tier, $1.hazardClass, $1.townCode ?? "")
    }
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
