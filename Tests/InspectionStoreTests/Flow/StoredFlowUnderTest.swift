import Foundation
import InspectionModel
import InspectionStore
import TestSupport

/// The durable flow of SQLite in a file.
struct StoredFlowUnderTest: FlowUnderTest {
  let folder: TemporaryFolder
  let clock: ManualClock
  let store: InspectionStore
  let flow: StoredFlow

  init(clock: ManualClock, folder: TemporaryFolder) async throws {
    self.clock = clock
    self.folder = folder
    store = try InspectionStore(path: folder.file("flow.sqlite").path)
    flow = try await StoredFlow(store: store, queues: ContractQueues.all, now: { clock.now })
  }

  func append(_ items: [FlowItem], to queue: String) async throws -> AppendedItems {
    try await flow.append(items, to: queue)
  }

  func claim(from queue: String, by worker: String, maximum: Int, leaseMilliseconds: Int) async throws
    -> [FlowClaim]
  {
    try await flow.claim(
      from: queue, by: worker, maximum: maximum, leaseMilliseconds: leaseMilliseconds)
  }

  func extend(_ claims: [FlowClaim], byMilliseconds: Int) async throws -> [FlowClaim] {
    try await flow.extend(claims, byMilliseconds: byMilliseconds)
  }

  func release(_ claims: [FlowClaim], reason: String, retryAfterMilliseconds: Int) async throws
    -> ReleasedClaims
  {
    try await flow.release(claims, reason: reason, retryAfterMilliseconds: retryAfterMilliseconds)
  }

  func depth(of queue: String) async throws -> FlowDepth { try await flow.depth(of: queue) }

  func deadLetters(of queue: String, after key: String?, limit: Int) async throws -> [DeadLetter] {
    try await flow.deadLetters(of: queue, after: key, limit: limit)
  }

  func requeue(deadLetters keys: [String], of queue: String) async throws -> Int {
    try await flow.requeue(deadLetters: keys, of: queue)
  }

  func forgetCompletedKeys(of queue: String, olderThanMilliseconds: Int) async throws -> Int {
    try await flow.forgetCompletedKeys(of: queue, olderThanMilliseconds: olderThanMilliseconds)
  }

  func wakeups(of queue: String) -> AsyncStream<Void> { flow.wakeups(of: queue) }

  func complete(
    _ claims: [FlowClaim], counting effects: [String], outbox: [FlowItem], failing: (any Error)?
  ) async throws {
    try await flow.complete(claims) { transaction in
      for effect in effects { _ = try transaction.domain.nextSerial(day: effect, sourceLetter: "E") }
      if !outbox.isEmpty { try transaction.append(outbox, to: "outbox") }
      if let failing { throw failing }
    }
  }

  private struct Counts: Error { var counts: [Int] }

  func counts(of effects: [String]) async throws -> [Int] {
    // Counting is itself an effect here: it is undone.
    do {
      try await flow.complete([]) { transaction in
        throw Counts(
          counts: try effects.map { try transaction.domain.nextSerial(day: $0, sourceLetter: "E") - 1 })
      }
    } catch let counts as Counts {
      return counts.counts
    }
    return []
  }

  func reopened() async throws -> any FlowUnderTest {
    try await StoredFlowUnderTest(clock: clock, folder: folder)
  }
}
