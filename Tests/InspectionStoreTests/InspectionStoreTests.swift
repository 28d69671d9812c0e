import Foundation
import InspectionModel
import InspectionStore
import TestSupport
import Testing

@Suite struct InspectionStoreTests {
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("store.sqlite").path
  }

  static let witness = Witness(kind: .air, source: "flight-1")

  static func frame(_ number: Int, measurement: String? = "{}") -> StoredFrame {
    StoredFrame(
      witness: witness,
      reference: FrameReference(name: "\(number).jpg", sha256: "\(number)", sequenceNumber: number),
      timestamp: Timestamp(milliseconds: Int64(number) * 1000), timeSource: .exif, measurement: measurement,
      parametersHash: "p1")
  }

  @Test func writingTwiceAddsNothing() async throws {
    let store = try InspectionStore(path: path)
    let observations = [Samples.observation(key: "a"), Samples.observation(key: "b", seconds: 1)]
    let faults = [Fault(code: "frame_truncated", subject: "3.jpg", place: .byte(9), message: "cut")]
    let frames = (0..<3).map { Self.frame($0) }
    let first = try await store.record(
      frames: frames, observations: observations, faults: faults, of: Self.witness)
    #expect(first.total == 6)
    let second = try await store.record(
      frames: frames, observations: observations, faults: faults, of: Self.witness)
    #expect(second.total == 0)
    let snapshot = try await store.snapshot()
    #expect(snapshot.observations == observations && snapshot.faults == faults)
    #expect(snapshot.sources.map(\.frameCount) == [3])
  }

  @Test func aReopenedStoreKnowsWhatWasWritten() async throws {
    do {
      let store = try InspectionStore(path: path)
      _ = try await store.record(
        frames: [Self.frame(1, measurement: nil), Self.frame(2)],
        observations: [Samples.observation(key: "é\n\"")],
        faults: [], of: Self.witness)
      try store.close()
    }
    let store = try InspectionStore.existing(path: path)
    let frames = try await store.frames(of: Self.witness, parametersHash: "p1")
    #expect(frames[StoredFrame.resumeKey(name: "2.jpg", sha256: "2")] == Self.frame(2))
    #expect(try await store.frames(of: Self.witness, parametersHash: "p2").isEmpty)
    let snapshot = try await store.snapshot()
    #expect(snapshot.observations == [Samples.observation(key: "é\n\"")])
    #expect(snapshot.sources.map(\.unreadableCount) == [1])
  }

  @Test func aClosedStoreIsOneFile() async throws {
    let store = try InspectionStore(path: path)
    let observations = (0..<200).map { Samples.observation(key: "k\($0)", seconds: Int64($0)) }
    _ = try await store.record(frames: [], observations: observations, faults: [], of: Self.witness)
    _ = try await store.snapshot()
    try store.close()
    let copy = folder.file("copy.sqlite")
    try FileManager.default.copyItem(atPath: path, toPath: copy.path)
    #expect(try await InspectionStore.existing(path: copy.path).snapshot().observations == observations)
  }

  @Test func settlingIsAllOrNothing() async throws {
    struct Stop: Error {}
    let store = try InspectionStore(path: path)
    let observation = Samples.observation(key: "a")
    _ = try await store.record(frames: [], observations: [observation], faults: [], of: Self.witness)
    let incident = Samples.incident(id: "i1", observations: [observation])
    await #expect(throws: Stop.self) {
      try await store.settle { transaction in
        _ = try transaction.put(incident, joined: incident.observationKeys)
        _ = try transaction.nextSerial(day: "20261124", sourceLetter: "U")
        throw Stop()
      }
    }
    #expect(try await store.snapshot().incidents.isEmpty)
    let serial = try await store.settle { transaction in
      #expect(try transaction.put(incident, joined: incident.observationKeys) == 1)
      #expect(try transaction.put(incident, joined: incident.observationKeys) == 0)
      #expect(try transaction.put(Samples.workOrder(caseNumber: "c1", incident: incident)) == 1)
      return try transaction.nextSerial(day: "20261124", sourceLetter: "U")
    }
    #expect(serial == 1, "the undone transaction used no serial")
    #expect(try await store.snapshot().workOrders.map(\.caseNumber) == ["c1"])
  }

  @Test func aSecondOrderForAnIncidentIsRefused() async throws {
    let store = try InspectionStore(path: path)
    let observation = Samples.observation(key: "a")
    _ = try await store.record(frames: [], observations: [observation], faults: [], of: Self.witness)
    let incident = Samples.incident(id: "i1", observations: [observation])
    await #expect(throws: StoreError.self) {
      try await store.settle { transaction in
        _ = try transaction.put(incident, joined: incident.observationKeys)
        _ = try transaction.put(Samples.workOrder(caseNumber: "c1", incident: incident))
        _ = try transaction.put(Samples.workOrder(caseNumber: "c2", incident: incident))
      }
    }
    #expect(try await store.snapshot().workOrders.isEmpty)
  }

  @Test func serialsAreDistinctUnderConcurrency() async throws {
    let store = try InspectionStore(path: path)
    let other = try InspectionStore(path: path)
    let serials = try await withThrowingTaskGroup(of: Int.self) { group in
      for number in 0..<40 {
        group.addTask {
          try await (number % 2 == 0 ? store : other).settle {
            try $0.nextSerial(day: "20261124", sourceLetter: "N")
          }
        }
      }
      return try await group.reduce(into: [Int]()) { $0.append($1) }
    }
    #expect(serials.sorted() == Array(1...40))
  }

  @Test func aFileThatIsNoStoreIsRefused() throws {
    try Data("this is no database, but long enough to look at".utf8).write(to: URL(filePath: path))
    #expect(throws: StoreError.self) { try InspectionStore(path: path) }
    #expect(throws: StoreError.self) { try InspectionStore.existing(path: folder.file("absent").path) }
  }
}
