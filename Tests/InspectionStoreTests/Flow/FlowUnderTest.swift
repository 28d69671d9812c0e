import Foundation
import InspectionModel
import InspectionStore

/// A durable flow of any store as the contract sees it: the effects are counted by name and items of an outbox.
protocol FlowUnderTest: Sendable {
  func append(_ items: [FlowItem], to queue: String) async throws -> AppendedItems
  func claim(from queue: String, by worker: String, maximum: Int, leaseMilliseconds: Int) async throws
    -> [FlowClaim]
  func extend(_ claims: [FlowClaim], byMilliseconds: Int) async throws -> [FlowClaim]
  func release(_ claims: [FlowClaim], reason: String, retryAfterMilliseconds: Int) async throws
    -> ReleasedClaims
  func depth(of queue: String) async throws -> FlowDepth
  func deadLetters(of queue: String, after key: String?, limit: Int) async throws -> [DeadLetter]
  func requeue(deadLetters keys: [String], of queue: String) async throws -> Int
  func forgetCompletedKeys(of queue: String, olderThanMilliseconds: Int) async throws -> Int
  func wakeups(of queue: String) -> AsyncStream<Void>

  /// Completes claims, counts each effect once more, appends to the queue `outbox`, and throws at the end where asked.
  func complete(
    _ claims: [FlowClaim], counting effects: [String], outbox: [FlowItem], failing: (any Error)?
  ) async throws

  /// How often each effect happened.
  func counts(of effects: [String]) async throws -> [Int]

  /// Ends this program's use of the store without a word and comes back as another one.
  func reopened() async throws -> any FlowUnderTest
}

extension FlowUnderTest {
  func complete(_ claims: [FlowClaim], counting effects: [String] = []) async throws {
    try await complete(claims, counting: effects, outbox: [], failing: nil)
  }

  func release(_ claims: [FlowClaim], reason: String = "failed") async throws -> ReleasedClaims {
    try await release(claims, reason: reason, retryAfterMilliseconds: 0)
  }

  func claim(_ queue: String = "work", maximum: Int = 1, leaseMilliseconds: Int = 30_000) async throws
    -> [FlowClaim]
  {
    try await claim(from: queue, by: "worker", maximum: maximum, leaseMilliseconds: leaseMilliseconds)
  }

  /// Keys of what can be claimed now, in order; the items stay claimed.
  func claimedKeys(_ queue: String = "work", maximum: Int = 1000) async throws -> [String] {
    try await claim(queue, maximum: maximum).map(\.item.key)
  }
}

/// The queues of the contract.
enum ContractQueues {
  static let all = [
    FlowQueue(name: "work", maximumRows: 20_000, maximumBytes: 8 << 20),
    FlowQueue(name: "small", maximumRows: 3, maximumBytes: 100),
    FlowQueue(name: "outbox", maximumRows: 1000, maximumBytes: 1 << 20, remembersCompletedKeys: true),
  ]
}
