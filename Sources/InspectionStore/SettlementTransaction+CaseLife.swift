internal import GRDB
package import InspectionModel

/// One entry of a case's life; the store does not read its body.
package struct StoredCaseEvent: Sendable, Equatable {
  package var caseNumber: String
  /// From 1, without gaps.
  package var sequence: Int
  package var time: Timestamp
  /// JSON.
  package var body: String

  package init(caseNumber: String, sequence: Int, time: Timestamp, body: String) {
    self.caseNumber = caseNumber
    self.sequence = sequence
    self.time = time
    self.body = body
  }
}

extension SettlementTransaction {
  /// Keeps an observation and leaves one of the same key as it is; 1 where it is new.
  package func put(_ observation: Observation) throws -> Int {
    try InspectionStore.insert(observation, in: db)
  }

  /// Adds to the life of cases. An entry is never changed: a second one of the same number is an error that undoes
  /// the transaction.
  package func appendCaseEvents(_ events: [StoredCaseEvent]) throws {
    let insertion = try db.cachedStatement(
      sql: "INSERT INTO case_events (case_number, sequence, time_ns, body) VALUES (?, ?, ?, ?)")
    for event in events {
      try insertion.execute(
        arguments: [event.caseNumber, event.sequence, event.time.nanoseconds, event.body])
    }
  }

  /// The life of a case so far, in order.
  package func caseEvents(of caseNumber: String) throws -> [StoredCaseEvent] {
    try InspectionStore.caseEvents(of: caseNumber, in: db)
  }

  /// A case as last written.
  package func workOrder(caseNumber: String) throws -> WorkOrder? {
    try String.fetchOne(
      db.cachedStatement(sql: "SELECT body FROM work_orders WHERE case_number = ?"), arguments: [caseNumber]
    ).map { try StoredJSON.value(WorkOrder.self, from: $0) }
  }

  /// Keeps a threshold's tuning under its key; the last one stands.
  package func putThresholdTuning(_ tuning: some Encodable, key: String) throws {
    try db.cachedStatement(
      sql: """
        INSERT INTO threshold_tunings (key, body) VALUES (?, ?)
        ON CONFLICT DO UPDATE SET body = excluded.body
        """
    ).execute(arguments: [key, try StoredJSON.text(tuning)])
  }

  /// Every tuning in order of the keys.
  package func thresholdTunings<Value: Decodable>(as type: Value.Type) throws -> [(key: String, value: Value)]
  {
    try InspectionStore.thresholdTunings(as: type, in: db)
  }

  /// Forgets a tuning.
  package func removeThresholdTuning(key: String) throws {
    try db.execute(sql: "DELETE FROM threshold_tunings WHERE key = ?", arguments: [key])
  }

  /// Keeps a digest (or the budget's state) under its key; the last one stands.
  ///
  /// - Parameter time: what it is listed by, such as the beginning of its hour.
  package func putAlarmDigest(_ digest: some Encodable, key: String, time: Timestamp) throws {
    try db.cachedStatement(
      sql: """
        INSERT INTO alarm_digests (key, time_ns, body) VALUES (?, ?, ?)
        ON CONFLICT DO UPDATE SET time_ns = excluded.time_ns, body = excluded.body
        """
    ).execute(arguments: [key, time.nanoseconds, try StoredJSON.text(digest)])
  }

  /// A digest by its key.
  package func alarmDigest<Value: Decodable>(as type: Value.Type, key: String) throws -> Value? {
    try String.fetchOne(
      db.cachedStatement(sql: "SELECT body FROM alarm_digests WHERE key = ?"), arguments: [key]
    ).map { try StoredJSON.value(type, from: $0) }
  }

  /// Incidents of a hazard that are open and were last seen at or after an instant, by id.
  package func openIncidents(of hazard: HazardKind, lastSeenFrom: Timestamp) throws -> [Incident] {
    try String.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT body FROM incidents INDEXED BY incidents_open
          WHERE hazard = ? AND last_seen_ns >= ? AND state IN ('suspected', 'confirmed') ORDER BY id
          """), arguments: [hazard.rawValue, lastSeenFrom.nanoseconds]
    ).map { try StoredJSON.value(Incident.self, from: $0) }
  }
}
