/// Work that survives: queues whose items are done exactly once, as far as their effects lie in the same store.
///
/// ```
/// append ─► waiting ─ claim ─► claimed ─ complete (effects in the same transaction) ─► gone
///              ▲                  │
///              ├── release ───────┤      after `maximumAttempts` claims ─► dead letter ─ requeue ─► waiting
///              └── lease ends ────┘
/// ```
///
/// - **Delivery** is at least once; `complete` makes it once: whoever holds an older fencing token than the store
///   does can complete nothing, and effects and acknowledgement happen together or not at all.
/// - **Order**: a claim takes the smallest `(sortKey, key)` first. Items that share an ordering key are handed out
///   to one worker at a time; giving one back gives back what was claimed behind it.
/// - **Poison**: an item that was claimed twice without an end is handed out alone, so that one that kills its
///   worker takes no others with it.
/// - **Time** is the store's, never the worker's. A clock that jumps delays an item by two lease lengths at most, and
///   never makes one happen twice.
/// - **Durability**: what returned without an error is durable as far as the store says.
///
/// An outbox is a queue that effects append to: the key is the idempotency key that the outside world gets to see.
package protocol DurableFlow: Sendable {
  /// The transaction in which effects are written together with the acknowledgement.
  associatedtype Effects: FlowEffects

  /// Stores items that are not known yet, all or none of them.
  ///
  /// - Throws: `FlowError.full`, `.invalidItem`, `.unknownQueue`.
  func append(_ items: [FlowItem], to queue: String) async throws -> AppendedItems

  /// Hands out up to `maximum` items, in order, until their lease ends. May give fewer than wait.
  ///
  /// - Parameter worker: who asks, for people to read.
  func claim(from queue: String, by worker: String, maximum: Int, leaseMilliseconds: Int) async throws
    -> [FlowClaim]

  /// Takes claimed items out for good and writes their effects, in one transaction.
  ///
  /// What the closure throws undoes all of it; the claims are held as before. Without claims it is a transaction
  /// like any other.
  /// - Throws: `FlowError.staleLease` where a claim was handed on, before any effect.
  func complete<Result: Sendable>(
    _ claims: [FlowClaim], effects: @Sendable @escaping (Effects) throws -> Result
  ) async throws -> Result

  /// Lets leases end that long from now, all or none of them, and returns the claims as they are then.
  ///
  /// - Throws: `FlowError.staleLease`.
  func extend(_ claims: [FlowClaim], byMilliseconds: Int) async throws -> [FlowClaim]

  /// Gives claimed items back, since they failed. The last permitted attempt makes a dead letter.
  ///
  /// What the same claim handed out behind a waiting item, under its ordering key, goes back too and loses no
  /// attempt.
  /// - Parameters:
  ///   - reason: kept with a dead letter.
  ///   - retryAfterMilliseconds: how long the items, and what is behind them under their ordering keys, stay.
  func release(_ claims: [FlowClaim], reason: String, retryAfterMilliseconds: Int) async throws
    -> ReleasedClaims

  /// What the queue holds, exactly.
  func depth(of queue: String) async throws -> FlowDepth

  /// Dead letters in order of their keys, those behind `key` only.
  func deadLetters(of queue: String, after key: String?, limit: Int) async throws -> [DeadLetter]

  /// Puts dead letters back with all their attempts, all of those found or none, and returns how many.
  ///
  /// - Throws: `FlowError.full`.
  func requeue(deadLetters keys: [String], of queue: String) async throws -> Int

  /// Forgets keys that were completed longer ago than that; returns how many.
  func forgetCompletedKeys(of queue: String, olderThanMilliseconds: Int) async throws -> Int

  /// A hint that something may wait. It may come without reason, and may not come at all: ask now and then, too.
  func wakeups(of queue: String) -> AsyncStream<Void>
}

/// The part of a store's transaction that every store has.
package protocol FlowEffects {
  /// Stores items in the same transaction, as `DurableFlow.append` does.
  @discardableResult func append(_ items: [FlowItem], to queue: String) throws -> AppendedItems
}

extension DurableFlow {
  /// Takes claimed items out that need no effect.
  package func complete(_ claims: [FlowClaim]) async throws { try await complete(claims) { _ in } }

  /// Gives claimed items back to be tried at once.
  package func release(_ claims: [FlowClaim], reason: String) async throws -> ReleasedClaims {
    try await release(claims, reason: reason, retryAfterMilliseconds: 0)
  }
}
