internal import Foundation
internal import GRDB
internal import InspectionModel

/// The statements of a durable flow in SQLite; each method runs inside a write transaction of its caller.
///
/// An item is a narrow row of `flow_items`, its payload lies in `flow_payloads`; both go with the completion. An item
/// with token 0 waits, any other is claimed by whoever knows the token, until its lease ends.
struct FlowTables: Sendable {
  /// A queue and its number in the tables.
  struct Entry: Sendable {
    var id: Int64
    var queue: FlowQueue
  }

  /// By name.
  let entries: [String: Entry]
  let now: @Sendable () -> Timestamp

  /// Gives every queue a number, the same for every program that opens the store.
  static func entries(of queues: [FlowQueue], in db: Database) throws -> [String: Entry] {
    var entries: [String: Entry] = [:]
    for queue in queues {
      try db.execute(
        sql: "INSERT INTO flow_queues (name) VALUES (?) ON CONFLICT DO NOTHING", arguments: [queue.name])
      let id = try Int64.fetchOne(
        db, sql: "SELECT id FROM flow_queues WHERE name = ?", arguments: [queue.name])
      entries[queue.name] = Entry(id: id ?? 0, queue: queue)
    }
    return entries
  }

  func entry(_ name: String) throws(FlowError) -> Entry {
    guard let entry = entries[name] else { throw .unknownQueue(name) }
    return entry
  }

  func append(_ items: [FlowItem], to name: String, in db: Database) throws -> AppendedItems {
    let entry = try entry(name)
    for item in items { try item.validate() }
    var result = AppendedItems(added: 0, duplicates: [])
    // Effects that catch the refusal go on: nothing of this call may stay behind.
    try db.inSavepoint {
      let time = now().nanoseconds
      var bytes = 0
      for item in items {
        if try insert(item, into: entry, at: time, in: db) {
          result.added += 1
          bytes += item.byteCount
        } else {
          result.duplicates.append(item.key)
        }
      }
      if result.added > 0 { try count(rows: result.added, bytes: bytes, bounded: true, of: entry, in: db) }
      return .commit
    }
    return result
  }

  private func insert(_ item: FlowItem, into entry: Entry, at time: Int64, in db: Database) throws -> Bool {
    let insertion = try db.cachedStatement(
      sql: """
        INSERT INTO flow_items (queue, sort, key, ordering, bytes, appended_ns)
        SELECT ?1, ?2, ?3, ?4, ?5, ?6
        WHERE NOT EXISTS (SELECT 1 FROM flow_dead_letters WHERE queue = ?1 AND key = ?3)
          AND NOT EXISTS (SELECT 1 FROM flow_completed WHERE queue = ?1 AND key = ?3)
        ON CONFLICT (queue, key) DO NOTHING
        """)
    try insertion.execute(
      arguments: [entry.id, item.sortKey, item.key, item.orderingKey, item.byteCount, time])
    guard db.changesCount == 1 else { return false }
    try db.cachedStatement(sql: "INSERT INTO flow_payloads (item, body) VALUES (?, ?)")
      .execute(arguments: [db.lastInsertedRowID, item.payload])
    return true
  }

  /// Adds to the exact counts of a queue.
  ///
  /// - Throws: `FlowError.full` where they would pass the bound.
  func count(rows: Int, bytes: Int, bounded: Bool = false, of entry: Entry, in db: Database) throws {
    let statement = try db.cachedStatement(
      sql: "UPDATE flow_queues SET rows = rows + ?, bytes = bytes + ? WHERE id = ? RETURNING rows, bytes")
    let counts = try Row.fetchOne(statement, arguments: [rows, bytes, entry.id])
    let queue = entry.queue
    if bounded, let rows = counts?["rows"] as Int?, let bytes = counts?["bytes"] as Int?,
      rows > queue.maximumRows || bytes > queue.maximumBytes
    {
      throw FlowError.full(
        queue: queue.name, rows: rows, bytes: bytes, maximumRows: queue.maximumRows,
        maximumBytes: queue.maximumBytes)
    }
  }

  /// The next fencing token of a queue.
  func nextToken(of entry: Entry, in db: Database) throws -> Int64 {
    try Int64.fetchOne(
      db.cachedStatement(
        sql: "UPDATE flow_queues SET last_token = last_token + 1 WHERE id = ? RETURNING last_token"),
      arguments: [entry.id]) ?? 0
  }

  func depth(of name: String, in db: Database) throws -> FlowDepth {
    let entry = try entry(name)
    let row = try Row.fetchOne(
      db, sql: "SELECT rows, bytes, dead_rows, dead_bytes FROM flow_queues WHERE id = ?",
      arguments: [entry.id])
    guard let row else { return FlowDepth() }
    return FlowDepth(
      rows: row["rows"], bytes: row["bytes"], deadRows: row["dead_rows"], deadBytes: row["dead_bytes"])
  }

  /// Numbers as a JSON array: one statement for a whole batch.
  static func list(_ numbers: some Sequence<Int64>) -> String {
    "[" + numbers.map(String.init).joined(separator: ",") + "]"
  }
}
