internal import GRDB
package import InspectionModel

/// The durable flow of an `InspectionStore`: SQLite, durable on this host when a call returns.
///
/// Two processes may share it; wakeups reach only those of the same `StoredFlow`.
package final class StoredFlow: DurableFlow {
  package typealias Effects = FlowTransaction

  private let store: InspectionStore
  private let tables: FlowTables
  private let wakeups = FlowWakeups()

  /// - Parameters:
  ///   - queues: every queue that is used through this flow.
  ///   - now: the store's clock; asked inside the transaction.
  /// - Throws: `StoreError`.
  package init(
    store: InspectionStore, queues: [FlowQueue], now: @Sendable @escaping () -> Timestamp
  ) async throws {
    self.store = store
    let entries = try await store.write { db in try FlowTables.entries(of: queues, in: db) }
    tables = FlowTables(entries: entries, now: now)
  }

  package func append(_ items: [FlowItem], to queue: String) async throws -> AppendedItems {
    guard !items.isEmpty else { return AppendedItems(added: 0, duplicates: []) }
    let result = try await store.write { [tables] db in try tables.append(items, to: queue, in: db) }
    if result.added > 0 { wakeups.wake(queue) }
    return result
  }

  package func claim(from queue: String, by worker: String, maximum: Int, leaseMilliseconds: Int)
    async throws -> [FlowClaim]
  {
    try await store.write { [tables] db in
      try tables.claim(
        from: queue, by: worker, maximum: maximum, leaseMilliseconds: leaseMilliseconds, in: db)
    }
  }

  package func complete<Result: Sendable>(
    _ claims: [FlowClaim], effects: @Sendable @escaping (FlowTransaction) throws -> Result
  ) async throws -> Result {
    let (result, appended) = try await store.write { [tables] db in
      try tables.finish(claims, in: db)
      let appended = FlowTransaction.AppendedQueues()
      let result = try effects(
        FlowTransaction(domain: SettlementTransaction(db: db), tables: tables, appended: appended))
      return (result, appended.names)
    }
    // What was behind the completed items under their ordering keys may be claimed now.
    for queue in appended.union(claims.map(\.queue)) { wakeups.wake(queue) }
    return result
  }

  package func extend(_ claims: [FlowClaim], byMilliseconds milliseconds: Int) async throws -> [FlowClaim] {
    try await store.write { [tables] db in try tables.extend(claims, byMilliseconds: milliseconds, in: db) }
  }

  package func release(_ claims: [FlowClaim], reason: String, retryAfterMilliseconds: Int) async throws
    -> ReleasedClaims
  {
    let released = try await store.write { [tables] db in
      try tables.release(claims, reason: reason, retryAfterMilliseconds: retryAfterMilliseconds, in: db)
    }
    for queue in Set(claims.map(\.queue)) { wakeups.wake(queue) }
    return released
  }

  package func depth(of queue: String) async throws -> FlowDepth {
    try await store.read { [tables] db in try tables.depth(of: queue, in: db) }
  }

  package func deadLetters(of queue: String, after key: String?, limit: Int) async throws -> [DeadLetter] {
    try await store.read { [tables] db in
      try tables.deadLetters(of: queue, after: key, limit: limit, in: db)
    }
  }

  package func requeue(deadLetters keys: [String], of queue: String) async throws -> Int {
    let count = try await store.write { [tables] db in
      try tables.requeue(deadLetters: keys, of: queue, in: db)
    }
    if count > 0 { wakeups.wake(queue) }
    return count
  }

  package func forgetCompletedKeys(of queue: String, olderThanMilliseconds: Int) async throws -> Int {
    try await store.write { [tables] db in
      try tables.forgetCompletedKeys(of: queue, olderThanMilliseconds: olderThanMilliseconds, in: db)
    }
  }

  package func wakeups(of queue: String) -> AsyncStream<Void> { wakeups.stream(of: queue) }
}
