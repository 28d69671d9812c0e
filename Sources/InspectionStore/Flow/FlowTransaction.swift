/// The transaction of a completion in SQLite: domain rows and further items, all of it or none.
///
/// Valid only inside `StoredFlow.complete`.
package struct FlowTransaction: FlowEffects {
  /// Where domain rows are read and written.
  package let domain: SettlementTransaction
  let tables: FlowTables
  let appended: AppendedQueues

  @discardableResult
  package func append(_ items: [FlowItem], to queue: String) throws -> AppendedItems {
    let result = try tables.append(items, to: queue, in: domain.db)
    if result.added > 0 { appended.names.insert(queue) }
    return result
  }

  /// Queues that the transaction appended to: who waits for them is woken after the commit.
  final class AppendedQueues {
    var names: Set<String> = []
  }
}
