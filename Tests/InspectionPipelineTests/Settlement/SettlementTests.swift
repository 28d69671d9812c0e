import Foundation
import IncidentFusion
import InspectionModel
import InspectionPipeline
import InspectionStore
import TestSupport
import Testing
import WorkOrders

@Suite struct SettlementTests {
  static let now = Timestamp(milliseconds: 1_795_500_000_000)
  let root: TemporaryFolder
  let store: InspectionStore
  let pipeline: ValidatedPipeline

  init() throws {
    root = try TemporaryFolder()
    store = try InspectionStore(path: root.file("store.sqlite").path)
    pipeline = try MarkedFlight.pipeline()
  }

  func record(_ observations: [Observation]) async throws {
    _ = try await store.record(
      frames: [], observations: observations, faults: [], of: Witness(kind: .air, source: "flight-1"))
  }

  func settle(at now: Timestamp = now) async throws -> Settlement.Changes {
    try await Settlement(store: store, pipeline: pipeline, now: now).run()
  }

  @Test func sightingsBecomeOneIncidentAndOneCaseEach() async throws {
    try await record([
      Samples.observation(key: "a"), Samples.observation(key: "b", seconds: 20),
      Samples.observation(key: "c", hazard: .water, latitude: 29.30),
    ])
    let changes = try await settle()
    #expect(changes.incidentsAdded == 2 && changes.workOrdersAdded == 2)
    let snapshot = try await store.snapshot()
    #expect(Set(snapshot.incidents.flatMap(\.observationKeys)) == ["a", "b", "c"])
    #expect(Set(snapshot.workOrders.map(\.incidentID)) == Set(snapshot.incidents.map(\.id)))
    #expect(snapshot.workOrders.map(\.caseNumber).sorted() == snapshot.workOrders.map(\.caseNumber))
  }

  @Test func settlingAgainChangesNothing() async throws {
    try await record([Samples.observation(key: "a")])
    _ = try await settle()
    let before = try await store.snapshot()
    #expect(try await settle(at: Self.now.advanced(bySeconds: 9999)) == Settlement.Changes())
    let after = try await store.snapshot()
    #expect(before.incidents == after.incidents && before.workOrders == after.workOrders)
  }

  @Test func aLateEarlierSightingKeepsTheCase() async throws {
    try await record([Samples.observation(key: "b", seconds: 60)])
    _ = try await settle()
    let first = try await store.snapshot()
    // The incident's own identifier would follow from its earliest sighting, which is another one now.
    try await record([Samples.observation(key: "a", seconds: 0)])
    let changes = try await settle(at: Self.now.advanced(bySeconds: 3600))
    #expect(changes.workOrdersAdded == 0)
    let second = try await store.snapshot()
    #expect(second.workOrders.map(\.caseNumber) == first.workOrders.map(\.caseNumber))
    #expect(second.workOrders.map(\.incidentID) == second.incidents.map(\.id))
    #expect(second.incidents.first?.observationKeys == ["a", "b"])
  }

  @Test func twoCasesThatTurnOutToBeOneAreMergedAndNoneIsLost() async throws {
    let gap = Double(pipeline.fusionRules[.water].gapSeconds)
    let late = Int64(gap * 1.6)
    try await record([
      Samples.observation(key: "a", hazard: .water),
      Samples.observation(key: "c", hazard: .water, seconds: late),
    ])
    _ = try await settle()
    let apart = try await store.snapshot()
    #expect(apart.incidents.count == 2 && apart.workOrders.count == 2)
    // A sighting between the two closes the gap.
    try await record([Samples.observation(key: "b", hazard: .water, seconds: late / 2)])
    _ = try await settle()
    let joined = try await store.snapshot()
    #expect(joined.workOrders.count == 2)
    #expect(joined.workOrders.filter { $0.status == .merged }.count == 1)
    let standing = try #require(joined.workOrders.first { $0.status != .merged })
    let merged = try #require(joined.workOrders.first { $0.status == .merged })
    let life = try CaseFile(stored: try await store.caseEvents(of: merged.caseNumber))
    #expect(life.mergedInto == standing.caseNumber)
    let survivor = try CaseFile(stored: try await store.caseEvents(of: standing.caseNumber))
    #expect(survivor.duplicates == [merged.caseNumber])
    let incident = try #require(joined.incidents.first { $0.id == standing.incidentID })
    #expect(incident.observationKeys == ["a", "b", "c"])
  }

  @Test func confirmationRegistersAWaitingCase() async throws {
    try await record([Samples.observation(key: "a", hazard: .garbage, scoreMillionths: 520_000)])
    _ = try await settle()
    let waiting = try await store.snapshot()
    #expect(waiting.incidents.map(\.state) == [.suspected])
    #expect(waiting.workOrders.map(\.status) == [.collected])
    try await record(
      (1..<8).map { number in
        var observation = Samples.observation(
          key: "k\(number)", hazard: .garbage, source: "node-\(number)",
          kind: number % 2 == 0 ? .ground : .person,
          seconds: Int64(number), scoreMillionths: 950_000)
        observation.frame.sha256 = "\(number)"
        return observation
      })
    _ = try await settle()
    let confirmed = try await store.snapshot()
    #expect(confirmed.incidents.map(\.state) == [.confirmed])
    #expect(confirmed.workOrders.map(\.status) == [.registered])
    #expect(confirmed.workOrders.map(\.caseNumber) == waiting.workOrders.map(\.caseNumber))
  }

  @Test func theOrderOfRunsChangesNoIncident() async throws {
    let seed: UInt64 = 41
    var generator = SeededGenerator(seed: seed)
    let observations = (0..<120).map { number in
      Samples.observation(
        key: "o\(number)", hazard: [.water, .garbage, .fireSmoke][number % 3],
        seconds: Int64.random(in: 0..<7000, using: &generator),
        latitude: 29.29 + Double(Int.random(in: 0..<6, using: &generator)) * 0.002)
    }
    let other = try InspectionStore(path: root.file("other.sqlite").path)
    let witness = Witness(kind: .air, source: "flight-1")
    _ = try await store.record(frames: [], observations: observations, faults: [], of: witness)
    _ = try await settle()
    for part in 0..<6 {
      let some = observations.shuffled(using: &generator).prefix(20 + part * 20)
      _ = try await other.record(frames: [], observations: Array(some), faults: [], of: witness)
      _ = try await Settlement(store: other, pipeline: pipeline, now: Self.now).run()
    }
    _ = try await other.record(frames: [], observations: observations, faults: [], of: witness)
    _ = try await Settlement(store: other, pipeline: pipeline, now: Self.now).run()
    let expected = try await store.snapshot().incidents
    let found = try await other.snapshot()
    let standing = Set(found.workOrders.filter { $0.status != .merged }.map(\.incidentID))
    let groups = found.incidents.filter { standing.contains($0.id) }.map { Set($0.observationKeys) }
    #expect(Set(groups) == Set(expected.map { Set($0.observationKeys) }), "seed \(seed)")
    #expect(groups.count == expected.count, "seed \(seed)")
  }
}
