internal import GRDB
package import InspectionModel

/// Observations that came later than the fusion's window, and cases whose incident became another.
extension SettlementTransaction {
  /// Remembers in which step observations were fused that belong to an earlier one.
  package func putLate(_ keys: [String], step: Int64) throws {
    let insertion = try db.cachedStatement(
      sql: "INSERT INTO late_observations (key, step) VALUES (?, ?) ON CONFLICT DO NOTHING")
    for key in keys { try insertion.execute(arguments: [key, step]) }
  }

  /// Late observations that were fused in a step or after it, by time and key.
  package func lateObservations(from step: Int64) throws -> [Observation] {
    try String.fetchAll(
      db,
      sql: """
        SELECT o.body FROM late_observations AS l JOIN observations AS o ON o.key = l.key
        WHERE l.step >= ? ORDER BY o.time_ns, o.key
        """, arguments: [step]
    ).map { try StoredJSON.value(Observation.self, from: $0) }
  }

  /// Hangs the case of one incident on another that has none.
  package func moveCase(fromIncident id: String, to otherID: String) throws {
    try db.cachedStatement(sql: "UPDATE work_orders SET incident_id = ? WHERE incident_id = ?")
      .execute(arguments: [otherID, id])
  }
}
