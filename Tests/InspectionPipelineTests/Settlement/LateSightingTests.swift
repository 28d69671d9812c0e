import Foundation
import InspectionModel
import InspectionPipeline
import InspectionStore
import TestSupport
import Testing

/// Sightings that come later than the fusion's window (2 h), of fires that count as over by then (gap 2 h).
///
/// Whether one program settles all along or a new one goes on after each batch makes no difference.
@Suite struct LateSightingTests {
  static let now = Timestamp(milliseconds: 1_795_500_000_000)
  let root: TemporaryFolder
  let pipeline: ValidatedPipeline

  init() throws {
    root = try TemporaryFolder()
    pipeline = try MarkedFlight.pipeline()
  }

  private func fire(_ key: String, minutes: Int64, latitude: Double = 29.29) -> Observation {
    Samples.observation(key: key, hazard: .fireSmoke, seconds: minutes * 60, latitude: latitude)
  }

  /// Which sightings are one incident, after batches of them.
  private func groups(of batches: [[Observation]], restarting: Bool) async throws -> Set<Set<String>> {
    let store = try InspectionStore(path: root.file("\(restarting).sqlite").path)
    var settlement = try await Settlement(store: store, pipeline: pipeline, now: Self.now)
    for batch in batches {
      _ = try await store.record(
        frames: [], observations: batch, faults: [], of: Witness(kind: .air, source: "flight-1"))
      if restarting { settlement = try await Settlement(store: store, pipeline: pipeline, now: Self.now) }
      _ = try await settlement.run()
    }
    let snapshot = try await store.snapshot()
    #expect(Set(snapshot.workOrders.map(\.incidentID)).isSubset(of: Set(snapshot.incidents.map(\.id))))
    #expect(Set(snapshot.workOrders.map(\.incidentID)).count == snapshot.workOrders.count)
    try store.close()
    return Set(snapshot.incidents.map { Set($0.observationKeys) })
  }

  @Test(arguments: [false, true])
  func aLateSightingJoinsItsClosedIncident(restarting: Bool) async throws {
    let found = try await groups(
      of: [
        [fire("a", minutes: 0), fire("b", minutes: 10)],
        [fire("c", minutes: 600, latitude: 29.30)],
        [fire("late", minutes: 20)],
        [fire("d", minutes: 1200, latitude: 29.31)],
        [fire("later", minutes: 30)],
      ], restarting: restarting)
    #expect(found == [["a", "b", "late", "later"], ["c"], ["d"]])
  }

  /// What final steps made of incidents is written once an hour: an incident that closes in between is not lost.
  @Test(arguments: [false, true])
  func anIncidentThatClosesBetweenTwoWritesIsFoundAgain(restarting: Bool) async throws {
    var batches = [[fire("a", minutes: 0), fire("b", minutes: 5)]]
    for step in 1...40 {
      batches.append([fire("far-\(step)", minutes: Int64(step) * 10, latitude: 29.40)])
      if step == 33 { batches.append([fire("late", minutes: 50)]) }
    }
    let found = try await groups(of: batches, restarting: restarting)
    #expect(found == [["a", "b", "late"], Set((1...40).map { "far-\($0)" })])
  }
}
