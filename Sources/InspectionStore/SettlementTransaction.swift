internal import GRDB
package import InspectionModel

/// The one transaction in which observations become incidents and incidents become work orders: all of it
/// happens or none of it. Valid only inside `InspectionStore.settle`.
package struct SettlementTransaction {
  let db: Database

  /// Every observation, in order of time and key.
  package func observations() throws -> [Observation] {
    let bodies = try String.fetchCursor(db, sql: "SELECT body FROM observations ORDER BY time_ns, key")
    var found: [Observation] = []
    while let body = try bodies.next() { found.append(try StoredJSON.value(Observation.self, from: body)) }
    return found
  }

  /// Which incident each observation belongs to so far.
  package func incidentOfObservation() throws -> [String: String] {
    let rows = try Row.fetchCursor(db, sql: "SELECT observation_key, incident_id FROM incident_observations")
    var found: [String: String] = [:]
    while let row = try rows.next() { found[row["observation_key"]] = row["incident_id"] }
    return found
  }

  /// Every incident as last written, by id.
  package func incidents() throws -> [String: Incident] {
    let bodies = try String.fetchCursor(db, sql: "SELECT body FROM incidents")
    var found: [String: Incident] = [:]
    while let body = try bodies.next() {
      let incident = try StoredJSON.value(Incident.self, from: body)
      found[incident.id] = incident
    }
    return found
  }

  /// The work order of each incident that has one.
  package func workOrderOfIncident() throws -> [String: WorkOrder] {
    let rows = try Row.fetchCursor(db, sql: "SELECT incident_id, body FROM work_orders")
    var found: [String: WorkOrder] = [:]
    while let row = try rows.next() {
      found[row["incident_id"]] = try StoredJSON.value(WorkOrder.self, from: row["body"])
    }
    return found
  }

  /// Writes an incident and who belongs to it; 1 where it is new.
  package func put(_ incident: Incident) throws -> Int {
    let isNew =
      try Int.fetchOne(
        db, sql: "SELECT count(*) FROM incidents WHERE id = ?", arguments: [incident.id]) == 0
    try db.execute(
      sql: """
        INSERT INTO incidents (id, hazard, state, first_seen_ns, last_seen_ns, body) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET hazard = excluded.hazard, state = excluded.state,
          first_seen_ns = excluded.first_seen_ns, last_seen_ns = excluded.last_seen_ns, body = excluded.body
        """,
      arguments: [
        incident.id, incident.hazard.rawValue, incident.state.rawValue, incident.firstSeen.nanoseconds,
        incident.lastSeen.nanoseconds, try StoredJSON.text(incident),
      ])
    for key in incident.observationKeys {
      try db.execute(
        sql: """
          INSERT INTO incident_observations (observation_key, incident_id) VALUES (?, ?)
          ON CONFLICT (observation_key) DO UPDATE SET incident_id = excluded.incident_id
          """, arguments: [key, incident.id])
    }
    return isNew ? 1 : 0
  }

  /// The incident of a stored id, as last written.
  package func incident(id: String) throws -> Incident? {
    try String.fetchOne(db, sql: "SELECT body FROM incidents WHERE id = ?", arguments: [id])
      .map { try StoredJSON.value(Incident.self, from: $0) }
  }

  /// The next daily serial of a source letter, from 1.
  ///
  /// - Parameter day: the local day as `YYYYMMDD`.
  package func nextSerial(day: String, sourceLetter: Character) throws -> Int {
    try Int.fetchOne(
      db,
      sql: """
        INSERT INTO case_serials (day, source_letter, last) VALUES (?, ?, 1)
        ON CONFLICT (day, source_letter) DO UPDATE SET last = last + 1 RETURNING last
        """, arguments: [day, String(sourceLetter)])!
  }

  /// Takes out an incident that no observation belongs to any more.
  ///
  /// - Precondition: no work order hangs on it.
  package func removeIncident(id: String) throws {
    try db.execute(sql: "DELETE FROM incidents WHERE id = ?", arguments: [id])
  }

  /// Keeps why an incident became no case; the last reason stands.
  package func putDeclined(_ reason: WorkOrder.DecisionReason, incidentID: String) throws {
    try db.execute(
      sql: """
        INSERT INTO declined_incidents (incident_id, body) VALUES (?, ?)
        ON CONFLICT DO UPDATE SET body = excluded.body
        """, arguments: [incidentID, try StoredJSON.text(reason)])
  }

  /// Forgets that an incident was declined, since it is a case now.
  package func removeDeclined(incidentID: String) throws {
    try db.execute(sql: "DELETE FROM declined_incidents WHERE incident_id = ?", arguments: [incidentID])
  }
}

extension InspectionStore {
  /// Runs the step from observations to work orders as one transaction; other writers wait meanwhile.
  ///
  /// The body reads and writes through the transaction only. What it throws undoes all of it.
  package func settle<Result: Sendable>(
    _ body: @Sendable @escaping (SettlementTransaction) throws -> Result
  ) async throws -> Result {
    try await write { db in try body(SettlementTransaction(db: db)) }
  }
}
