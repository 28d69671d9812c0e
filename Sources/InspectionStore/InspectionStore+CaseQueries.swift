internal import GRDB
package import InspectionModel

extension InspectionStore {
  /// A page of a list of cases.
  ///
  /// The place in the list is a key, not a count: a page costs the same wherever it is, and nothing is shown twice
  /// because something was written meanwhile.
  /// - Throws: `bad_page_token` where the token comes from another order.
  package func cases(matching query: CaseQuery, after token: CasePageToken? = nil, limit: Int = 50)
    async throws -> CasePage
  {
    if let token, token.order != query.order {
      throw StoreError(
        .badPageToken, subject: path,
        message: "expected a token of the order \(query.order.rawValue), found \(token.order.rawValue)")
    }
    let selection = CaseSelection(query, after: token)
    return try await read { db in
      let rows = try Row.fetchAll(
        db.cachedStatement(sql: selection.pageSQL), arguments: selection.arguments + [limit])
      let cases = try rows.map { try StoredJSON.value(WorkOrder.self, from: $0[0]) }
      let next = rows.count < limit ? nil : rows.last
      return CasePage(
        cases: cases,
        next: next.map { CasePageToken(order: query.order, value: $0[1], caseNumber: $0[2]) })
    }
  }

  /// How many cases match.
  package func caseCount(matching query: CaseQuery) async throws -> Int {
    let selection = CaseSelection(query, after: nil)
    return try await read { db in
      try Int.fetchOne(db.cachedStatement(sql: selection.countSQL), arguments: selection.arguments) ?? 0
    }
  }

  /// A case as last written.
  package func workOrder(caseNumber: String) async throws -> WorkOrder? {
    try await read { db in
      try String.fetchOne(
        db, sql: "SELECT body FROM work_orders WHERE case_number = ?", arguments: [caseNumber]
      ).map { try StoredJSON.value(WorkOrder.self, from: $0) }
    }
  }

  /// Adds to the life of cases; an entry of a number that is there already is an error.
  package func appendCaseEvents(_ events: [StoredCaseEvent]) async throws {
    try await settle { try $0.appendCaseEvents(events) }
  }

  /// The life of a case in order.
  package func caseEvents(of caseNumber: String) async throws -> [StoredCaseEvent] {
    try await read { db in try Self.caseEvents(of: caseNumber, in: db) }
  }

  /// What happened to cases from an instant to another (excluded), by time, case and number.
  package func caseEvents(from: Timestamp, to: Timestamp) async throws -> [StoredCaseEvent] {
    try await read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT case_number, sequence, time_ns, body FROM case_events
          WHERE time_ns >= ? AND time_ns < ? ORDER BY time_ns, case_number, sequence
          """, arguments: [from.nanoseconds, to.nanoseconds]
      ).map(Self.caseEvent)
    }
  }

  /// Every threshold's tuning in order of the keys.
  package func thresholdTunings<Value: Decodable & Sendable>(as type: Value.Type) async throws
    -> [(key: String, value: Value)]
  {
    try await read { db in try Self.thresholdTunings(as: type, in: db) }
  }

  /// Digests from an instant to another (excluded), by time and key.
  package func alarmDigests<Value: Decodable & Sendable>(
    as type: Value.Type, from: Timestamp, to: Timestamp
  ) async throws -> [Value] {
    try await read { db in
      try String.fetchAll(
        db, sql: "SELECT body FROM alarm_digests WHERE time_ns >= ? AND time_ns < ? ORDER BY time_ns, key",
        arguments: [from.nanoseconds, to.nanoseconds]
      ).map { try StoredJSON.value(type, from: $0) }
    }
  }

  static func thresholdTunings<Value: Decodable>(as type: Value.Type, in db: Database) throws
    -> [(key: String, value: Value)]
  {
    try Row.fetchAll(db, sql: "SELECT key, body FROM threshold_tunings ORDER BY key").map {
      ($0[0], try StoredJSON.value(type, from: $0[1]))
    }
  }

  static func caseEvents(of caseNumber: String, in db: Database) throws -> [StoredCaseEvent] {
    try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT case_number, sequence, time_ns, body FROM case_events WHERE case_number = ? ORDER BY sequence
          """), arguments: [caseNumber]
    ).map(caseEvent)
  }

  private static func caseEvent(_ row: Row) -> StoredCaseEvent {
    StoredCaseEvent(
      caseNumber: row[0], sequence: row[1], time: Timestamp(nanoseconds: row[2]), body: row[3])
  }
}
