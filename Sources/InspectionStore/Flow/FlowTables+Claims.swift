internal import Foundation
internal import GRDB
internal import InspectionModel

extension FlowTables {
  /// Claims after which an item is handed out alone.
  static let suspectAttempts = 2

  func claim(from name: String, by worker: String, maximum: Int, leaseMilliseconds: Int, in db: Database)
    throws -> [FlowClaim]
  {
    let entry = try entry(name)
    let now = now().nanoseconds
    try endLeases(of: entry, at: now, in: db)
    let chosen = try candidates(of: entry, maximum: max(0, maximum), in: db)
    guard !chosen.isEmpty else { return [] }
    let token = try nextToken(of: entry, in: db)
    let lease = FlowLease(grantedAt: now, milliseconds: leaseMilliseconds)
    try db.cachedStatement(
      sql: """
        UPDATE flow_items SET token = ?, attempts = attempts + 1, worker = ?, lease_from_ns = ?, lease_until_ns = ?
        WHERE id IN (SELECT value FROM json_each(?))
        """
    ).execute(
      arguments: [token, worker, lease.fromNanoseconds, lease.untilNanoseconds, Self.list(chosen)])
    let rows = try Row.fetchCursor(
      db.cachedStatement(
        sql: """
          SELECT i.key, i.sort, i.ordering, p.body, i.attempts, i.appended_ns, i.id
          FROM flow_items i INDEXED BY flow_items_claimed JOIN flow_payloads p ON p.item = i.id
          WHERE i.queue = ? AND i.token > 0 AND i.token = ? ORDER BY i.sort, i.key
          """), arguments: [entry.id, token])
    var claims: [FlowClaim] = []
    claims.reserveCapacity(chosen.count)
    while let row = try rows.next() {
      let item = FlowItem(key: row[0], sortKey: row[1], orderingKey: row[2], payload: row[3])
      claims.append(
        FlowClaim(
          queue: name, item: item, token: token, attempt: row[4],
          leaseEnds: Timestamp(nanoseconds: lease.untilNanoseconds),
          appendedAt: Timestamp(nanoseconds: row[5]), position: row[6]))
    }
    return claims
  }

  /// Rows to hand out: those that wait, in order, whose ordering key nobody holds; a suspect alone.
  private func candidates(of entry: Entry, maximum: Int, in db: Database) throws -> [Int64] {
    let rows = try Row.fetchCursor(
      db.cachedStatement(
        sql: """
          SELECT id, attempts FROM flow_items INDEXED BY flow_items_waiting
          WHERE queue = ?1 AND token = 0
            AND (ordering IS NULL OR ordering NOT IN (
              SELECT ordering FROM flow_items INDEXED BY flow_items_held
              WHERE queue = ?1 AND token > 0 AND ordering IS NOT NULL))
          ORDER BY sort, key LIMIT ?2
          """), arguments: [entry.id, maximum])
    var chosen: [Int64] = []
    while let row = try rows.next() {
      if row[1] as Int >= Self.suspectAttempts {
        if chosen.isEmpty { chosen.append(row[0]) }
        break
      }
      chosen.append(row[0])
    }
    return chosen
  }

  /// Lets items wait again whose lease ended; those without an attempt left become dead letters.
  private func endLeases(of entry: Entry, at now: Int64, in db: Database) throws {
    let ended = try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT id, attempts, worker FROM flow_items INDEXED BY flow_items_claimed
          WHERE queue = ?1 AND token > 0 AND (lease_until_ns <= ?2 OR lease_from_ns > ?2)
          """), arguments: [entry.id, now])
    guard !ended.isEmpty else { return }
    let isSpent = { (row: Row) in row[1] as Int >= entry.queue.maximumAttempts }
    for row in ended where isSpent(row) {
      let worker = row[2] as String? ?? "nobody"
      let reason = "the lease of \(worker) ended without an answer at attempt \(row[1] as Int)"
      try bury(row[0], reason: reason, of: entry, at: now, in: db)
    }
    try db.cachedStatement(
      sql: """
        UPDATE flow_items SET token = 0, worker = NULL, lease_from_ns = 0, lease_until_ns = 0
        WHERE id IN (SELECT value FROM json_each(?))
        """
    ).execute(arguments: [Self.list(ended.lazy.filter { !isSpent($0) }.map { $0[0] })])
  }

  /// Takes claimed items out.
  ///
  /// - Throws: `FlowError.staleLease` before anything is changed.
  func finish(_ claims: [FlowClaim], in db: Database) throws {
    for batch in ClaimBatch.batches(of: claims) {
      let entry = try entry(batch.queue)
      try verify(batch, of: entry, in: db)
      let list = Self.list(batch.positions)
      if entry.queue.remembersCompletedKeys {
        try db.cachedStatement(
          sql: """
            INSERT INTO flow_completed (queue, key, completed_ns)
            SELECT queue, key, ? FROM flow_items WHERE id IN (SELECT value FROM json_each(?))
            """
        ).execute(arguments: [now().nanoseconds, list])
      }
      let bytes = try Int.fetchOne(
        db.cachedStatement(
          sql: "SELECT sum(bytes) FROM flow_items WHERE id IN (SELECT value FROM json_each(?))"),
        arguments: [list])
      for table in ["flow_items WHERE id", "flow_payloads WHERE item"] {
        try db.cachedStatement(sql: "DELETE FROM \(table) IN (SELECT value FROM json_each(?))")
          .execute(arguments: [list])
      }
      try count(rows: -batch.positions.count, bytes: -(bytes ?? 0), of: entry, in: db)
    }
  }

  func extend(_ claims: [FlowClaim], byMilliseconds milliseconds: Int, in db: Database) throws -> [FlowClaim]
  {
    let lease = FlowLease(grantedAt: now().nanoseconds, milliseconds: milliseconds)
    for batch in ClaimBatch.batches(of: claims) {
      try verify(batch, of: try entry(batch.queue), in: db)
      try db.cachedStatement(
        sql: """
          UPDATE flow_items SET lease_from_ns = ?, lease_until_ns = ?
          WHERE id IN (SELECT value FROM json_each(?))
          """
      ).execute(
        arguments: [lease.fromNanoseconds, lease.untilNanoseconds, Self.list(batch.positions)])
    }
    return claims.map {
      var claim = $0
      claim.leaseEnds = Timestamp(nanoseconds: lease.untilNanoseconds)
      return claim
    }
  }

  /// Whether every item of the batch is still held under its token.
  private func verify(_ batch: ClaimBatch, of entry: Entry, in db: Database) throws {
    let held = try Int.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT count(*) FROM flow_items
          WHERE id IN (SELECT value FROM json_each(?)) AND +queue = ? AND +token = ?
          """), arguments: [Self.list(batch.positions), entry.id, batch.token])
    guard held != batch.positions.count else { return }
    let stale = try batch.claims.filter { try self.held($0, of: entry, in: db) == nil }
    throw FlowError.staleLease(queue: batch.queue, keys: stale.map(\.item.key))
  }

  /// The attempts of an item that is still held under its token.
  func held(_ claim: FlowClaim, of entry: Entry, in db: Database) throws -> Int? {
    try Int.fetchOne(
      db.cachedStatement(
        sql: "SELECT attempts FROM flow_items WHERE id = ? AND +queue = ? AND +token = ?"),
      arguments: [claim.position, entry.id, claim.token])
  }
}
