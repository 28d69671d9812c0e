internal import GRDB
internal import InspectionModel

extension FlowTables {
  func release(_ claims: [FlowClaim], reason: String, retryAfterMilliseconds: Int, in db: Database) throws
    -> ReleasedClaims
  {
    var released = ReleasedClaims()
    let now = now().nanoseconds
    for batch in ClaimBatch.batches(of: claims) {
      let entry = try entry(batch.queue)
      // Who waits out a pause is held by a token that nobody knows: what is behind it waits, too.
      let pause = retryAfterMilliseconds > 0
      let hold = pause ? FlowLease(grantedAt: now, milliseconds: retryAfterMilliseconds) : nil
      var holdToken: Int64?
      var waiting: [FlowClaim] = []
      for claim in batch.claims {
        guard let attempts = try held(claim, of: entry, in: db) else {
          released.stale.append(claim.item.key)
          continue
        }
        if attempts >= entry.queue.maximumAttempts {
          try bury(claim.position, reason: reason, of: entry, at: now, in: db)
          released.dead.append(claim.item.key)
          continue
        }
        if pause, holdToken == nil { holdToken = try nextToken(of: entry, in: db) }
        try db.cachedStatement(
          sql: """
            UPDATE flow_items SET token = ?, worker = NULL, lease_from_ns = ?, lease_until_ns = ? WHERE id = ?
            """
        ).execute(
          arguments: [
            holdToken ?? 0, hold?.fromNanoseconds ?? 0, hold?.untilNanoseconds ?? 0, claim.position,
          ])
        waiting.append(claim)
      }
      for claim in waiting { try sweep(behind: claim, of: entry, in: db) }
      released.waiting += waiting.map(\.item.key)
    }
    return released
  }

  /// Gives back what the same claim handed out behind an item under its ordering key: it may not overtake.
  private func sweep(behind claim: FlowClaim, of entry: Entry, in db: Database) throws {
    guard let ordering = claim.item.orderingKey else { return }
    try db.cachedStatement(
      sql: """
        UPDATE flow_items INDEXED BY flow_items_held
        SET token = 0, attempts = attempts - 1, worker = NULL, lease_from_ns = 0, lease_until_ns = 0
        WHERE queue = ? AND token > 0 AND token = ? AND ordering IS NOT NULL AND ordering = ?
          AND (sort, key) > (?, ?)
        """
    ).execute(arguments: [entry.id, claim.token, ordering, claim.item.sortKey, claim.item.key])
  }

  /// Makes an item a dead letter.
  func bury(_ position: Int64, reason: String, of entry: Entry, at now: Int64, in db: Database) throws {
    let bytes =
      try Int.fetchOne(
        db.cachedStatement(
          sql: """
            INSERT INTO flow_dead_letters
              (queue, key, sort, ordering, body, bytes, attempts, reason, appended_ns, died_ns)
            SELECT i.queue, i.key, i.sort, i.ordering, p.body, i.bytes, i.attempts, ?, i.appended_ns, ?
            FROM flow_items i JOIN flow_payloads p ON p.item = i.id WHERE i.id = ?
            RETURNING bytes
            """), arguments: [reason, now, position]) ?? 0
    try db.cachedStatement(sql: "DELETE FROM flow_items WHERE id = ?").execute(arguments: [position])
    try db.cachedStatement(sql: "DELETE FROM flow_payloads WHERE item = ?").execute(arguments: [position])
    try count(rows: -1, bytes: -bytes, of: entry, in: db)
    try countDead(rows: 1, bytes: bytes, of: entry, in: db)
  }

  private func countDead(rows: Int, bytes: Int, of entry: Entry, in db: Database) throws {
    try db.cachedStatement(
      sql: "UPDATE flow_queues SET dead_rows = dead_rows + ?, dead_bytes = dead_bytes + ? WHERE id = ?"
    ).execute(arguments: [rows, bytes, entry.id])
  }

  func deadLetters(of name: String, after key: String?, limit: Int, in db: Database) throws -> [DeadLetter] {
    let entry = try entry(name)
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT key, sort, ordering, body, attempts, reason, appended_ns, died_ns FROM flow_dead_letters
        WHERE queue = ? AND key > ? ORDER BY key LIMIT ?
        """, arguments: [entry.id, key ?? "", limit])
    return rows.map { row in
      DeadLetter(
        queue: name,
        item: FlowItem(key: row[0], sortKey: row[1], orderingKey: row[2], payload: row[3]),
        attempts: row[4], reason: row[5], appendedAt: Timestamp(nanoseconds: row[6]),
        diedAt: Timestamp(nanoseconds: row[7]))
    }
  }

  func requeue(deadLetters keys: [String], of name: String, in db: Database) throws -> Int {
    let entry = try entry(name)
    var (rows, bytes) = (0, 0)
    for key in keys {
      let row = try Row.fetchOne(
        db.cachedStatement(
          sql: """
            INSERT INTO flow_items (queue, sort, key, ordering, bytes, appended_ns)
            SELECT queue, sort, key, ordering, bytes, appended_ns FROM flow_dead_letters
            WHERE queue = ? AND key = ? RETURNING id, bytes
            """), arguments: [entry.id, key])
      guard let row else { continue }
      try db.cachedStatement(
        sql: """
          INSERT INTO flow_payloads (item, body)
          SELECT ?, body FROM flow_dead_letters WHERE queue = ? AND key = ?
          """
      ).execute(arguments: [row[0] as Int64, entry.id, key])
      try db.cachedStatement(sql: "DELETE FROM flow_dead_letters WHERE queue = ? AND key = ?")
        .execute(arguments: [entry.id, key])
      rows += 1
      bytes += row[1] as Int
    }
    guard rows > 0 else { return 0 }
    try count(rows: rows, bytes: bytes, bounded: true, of: entry, in: db)
    try countDead(rows: -rows, bytes: -bytes, of: entry, in: db)
    return rows
  }

  func forgetCompletedKeys(of name: String, olderThanMilliseconds: Int, in db: Database) throws -> Int {
    let entry = try entry(name)
    let limit = now().advanced(byNanoseconds: -Int64(olderThanMilliseconds) * 1_000_000)
    try db.execute(
      sql: "DELETE FROM flow_completed WHERE queue = ? AND completed_ns < ?",
      arguments: [entry.id, limit.nanoseconds])
    return db.changesCount
  }
}
