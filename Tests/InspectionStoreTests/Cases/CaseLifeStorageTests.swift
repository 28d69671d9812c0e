import Foundation
import InspectionModel
import InspectionStore
import TestSupport
import Testing

@Suite struct CaseLifeStorageTests {
  let folder: TemporaryFolder
  let store: InspectionStore

  init() throws {
    folder = try TemporaryFolder()
    store = try InspectionStore(path: folder.file("store.sqlite").path)
  }

  static func event(_ caseNumber: String, _ sequence: Int, milliseconds: Int64 = 0) -> StoredCaseEvent {
    StoredCaseEvent(
      caseNumber: caseNumber, sequence: sequence, time: Timestamp(milliseconds: milliseconds),
      body: "{\"n\":\(sequence),\"text\":\"处理\"}")
  }

  @Test func theLifeOfACaseIsOnlyAddedTo() async throws {
    let events = [Self.event("c1", 1), Self.event("c1", 2), Self.event("c2", 1)]
    try await store.appendCaseEvents(events)
    await #expect(throws: StoreError.self) {
      try await store.appendCaseEvents([Self.event("c2", 2), Self.event("c1", 2)])
    }
    #expect(try await store.caseEvents(of: "c1") == Array(events.prefix(2)))
    #expect(try await store.caseEvents(of: "c2") == [events[2]], "the refused call left nothing")
    #expect(try await store.settle { try $0.caseEvents(of: "c1") }.count == 2)
  }

  @Test func eventsOfAPeriodComeByTime() async throws {
    let events = [
      Self.event("b", 1, milliseconds: 5), Self.event("a", 1, milliseconds: 5),
      Self.event("a", 2, milliseconds: 9),
    ]
    try await store.appendCaseEvents(events)
    let found = try await store.caseEvents(from: Timestamp(milliseconds: 5), to: Timestamp(milliseconds: 9))
    #expect(found == [events[1], events[0]])
  }

  @Test func tuningsAndDigestsKeepTheLastValue() async throws {
    try await store.settle { transaction in
      try transaction.putThresholdTuning([1, 2], key: "b")
      try transaction.putThresholdTuning([3], key: "a")
      try transaction.putThresholdTuning([4], key: "b")
      try transaction.putThresholdTuning([5], key: "c")
      try transaction.removeThresholdTuning(key: "c")
      for (hour, text) in [(2, "late"), (1, "early"), (3, "later")] {
        try transaction.putAlarmDigest(text, key: "d\(hour)", time: Timestamp(milliseconds: Int64(hour)))
      }
      try transaction.putAlarmDigest("first", key: "d1", time: Timestamp(milliseconds: 1))
      #expect(try transaction.alarmDigest(as: String.self, key: "d1") == "first")
    }
    let tunings = try await store.thresholdTunings(as: [Int].self)
    #expect(tunings.map(\.key) == ["a", "b"] && tunings.map(\.value) == [[3], [4]])
    let digests = try await store.alarmDigests(
      as: String.self, from: Timestamp(milliseconds: 1), to: Timestamp(milliseconds: 3))
    #expect(digests == ["first", "late"])
  }

  @Test func anObservationIsKeptWithItsIncident() async throws {
    let observation = Samples.observation(key: "k")
    let added = try await store.settle { transaction in
      let first = try transaction.put(observation)
      _ = try transaction.put(
        Samples.incident(id: "i", observations: [observation]), joined: [observation.key])
      return [first, try transaction.put(observation)]
    }
    #expect(added == [1, 0])
    #expect(try await store.snapshot().observations == [observation])
  }

  @Test func openIncidentsAreThoseOfTheHazardSeenSince() async throws {
    let incidents = (0..<6).map { number in
      var incident = Samples.incident(
        id: "i\(number)", observations: [Samples.observation(key: "k", seconds: Int64(number))])
      incident.observationKeys = []
      incident.state = number == 4 ? .resolved : number == 5 ? .suspected : .confirmed
      incident.hazard = number == 3 ? .water : .fireSmoke
      return incident
    }
    try await store.settle { transaction in
      for incident in incidents { _ = try transaction.put(incident, joined: incident.observationKeys) }
    }
    let open = try await store.settle {
      try $0.openIncidents(of: .fireSmoke, lastSeenFrom: incidents[1].lastSeen)
    }
    #expect(open.map(\.id) == ["i1", "i2", "i5"])
  }
}
