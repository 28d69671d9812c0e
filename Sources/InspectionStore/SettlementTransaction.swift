internal import GRDB
package import InspectionModel

/// The one transaction in which observations become incidents and incidents become work orders: all of it
/// happens or none of it. Valid only inside `InspectionStore.settle`.
package struct SettlementTransaction {
  let db: Database

  /// Writes an incident; 1 where it is new.
  ///
  /// - Parameter joined: observations that belong to it from now on. Those that it had stay.
  package func put(_ incident: Incident, joined: [String]) throws -> Int {
    let isNew =
      try Int.fetchOne(
        db.cachedStatement(sql: "SELECT count(*) FROM incidents WHERE id = ?"), arguments: [incident.id]) == 0
    // Who belongs to it lies in rows of its own: an incident that is seen for weeks does not grow with every write.
    var body = incident
    body.observationKeys = []
    try db.cachedStatement(
      sql: """
        INSERT INTO incidents (id, hazard, state, first_seen_ns, last_seen_ns, body) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET hazard = excluded.hazard, state = excluded.state,
          first_seen_ns = excluded.first_seen_ns, last_seen_ns = excluded.last_seen_ns, body = excluded.body
        """
    ).execute(
      arguments: [
        incident.id, incident.hazard.rawValue, incident.state.rawValue, incident.firstSeen.nanoseconds,
        incident.lastSeen.nanoseconds, try StoredJSON.text(body),
      ])
    let membership = try db.cachedStatement(
      sql: """
        INSERT INTO incident_observations (observation, incident_id)
        VALUES ((SELECT id FROM observations WHERE key = ?), ?)
        ON CONFLICT (observation) DO UPDATE SET incident_id = excluded.incident_id
        """)
    for key in joined { try membership.execute(arguments: [key, incident.id]) }
    return isNew ? 1 : 0
  }

  /// Nobody has decided about an incident yet.
  package func putUndecided(_ incident: Incident) throws {
    let known = incident.knownSince ?? incident.firstSeen
    try db.cachedStatement(
      sql: """
        INSERT INTO undecided_incidents (known_since_ns, first_seen_ns, id) VALUES (?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET known_since_ns = excluded.known_since_ns,
          first_seen_ns = excluded.first_seen_ns
        """
    ).execute(arguments: [known.nanoseconds, incident.firstSeen.nanoseconds, incident.id])
  }

  /// The case that hangs on an incident.
  package func workOrder(ofIncident id: String) throws -> WorkOrder? {
    try String.fetchOne(
      db.cachedStatement(sql: "SELECT body FROM work_orders WHERE incident_id = ?"), arguments: [id]
    ).map { try StoredJSON.value(WorkOrder.self, from: $0) }
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
