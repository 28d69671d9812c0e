import Foundation
import InspectionModel
import InspectionStore
import Synchronization

/// The flow in memory, through the same door.
struct MemoryFlowUnderTest: FlowUnderTest {
  let flow: MemoryFlow
  let listeners = Listeners()

  final class Listeners: Sendable {
    let continuations = Mutex<[(queue: String, continuation: AsyncStream<Void>.Continuation)]>([])

    func wake(_ queue: String) {
      for (name, continuation) in continuations.withLock({ $0 }) where name == queue { continuation.yield() }
    }
  }

  init(clock: ManualClock) { flow = MemoryFlow(queues: ContractQueues.all, clock: clock) }

  func append(_ items: [FlowItem], to queue: String) async throws -> AppendedItems {
    let result = try await flow.transaction { try $0.append(items, to: queue) }
    listeners.wake(queue)
    return result
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

  func depth(of queue: String) async throws -> FlowDepth { await flow.depth(of: queue) }

  func deadLetters(of queue: String, after key: String?, limit: Int) async throws -> [DeadLetter] {
    await flow.deadLetters(of: queue, after: key, limit: limit)
  }

  func requeue(deadLetters keys: [String], of queue: String) async throws -> Int {
    try await flow.requeue(deadLetters: keys, of: queue)
  }

  func forgetCompletedKeys(of queue: String, olderThanMilliseconds: Int) async throws -> Int {
    await flow.forgetCompletedKeys(of: queue, olderThanMilliseconds: olderThanMilliseconds)
  }

  func wakeups(of queue: String) -> AsyncStream<Void> {
    let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    listeners.continuations.withLock { $0.append((queue, continuation)) }
    return stream
  }

  func complete(
    _ claims: [FlowClaim], counting effects: [String], outbox: [FlowItem], failing: (any Error)?
  ) async throws {
    try await flow.complete(claims) { flow in
      for effect in effects { flow.state.effects[effect, default: 0] += 1 }
      _ = try flow.append(outbox, to: "outbox")
      if let failing { throw failing }
    }
    for queue in Set(claims.map(\.queue)).union(outbox.isEmpty ? [] : ["outbox"]) { listeners.wake(queue) }
  }

  func counts(of effects: [String]) async throws -> [Int] {
    let counts = await flow.state.effects
    return effects.map { counts[$0, default: 0] }
  }

  func reopened() async throws -> any FlowUnderTest { self }
}
