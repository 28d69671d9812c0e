internal import GRDB
package import InspectionModel

/// One consistent look at what the store holds, in the stable order of exports.
package struct StoreSnapshot: Sendable {
  /// By time and key.
  package var observations: [Observation]
  /// By first sighting and id.
  package var incidents: [Incident]
  /// By case number.
  package var workOrders: [WorkOrder]
  /// By source, subject, code and message.
  package var faults: [Fault]
  /// By kind and name.
  package var sources: [SourceSummary]
  /// By kind, name and analyser.
  package var coverage: [SourceCoverage]
  /// Why incidents became no case, by incident id.
  package var declined: [String: WorkOrder.DecisionReason]
}

extension InspectionStore {
  /// Everything that belongs to the given sources (to all sources where `nil`), read at one instant.
  ///
  /// An incident belongs to a source that saw it.
  package func snapshot(of sources: Set<Witness>? = nil) async throws -> StoreSnapshot {
    try await read { db in
      func wanted(_ witness: Witness) -> Bool { sources?.contains(witness) ?? true }
      let observations = try Self.values(
        Observation.self, "SELECT body FROM observations ORDER BY time_ns, key", in: db
      ) { wanted($0.witness) }
      var incidents = try Self.values(
        Incident.self, "SELECT body FROM incidents ORDER BY first_seen_ns, id", in: db
      ) { $0.witnesses.contains(where: wanted) }
      let members = try Self.members(in: db)
      for index in incidents.indices {
        incidents[index].observationKeys = members[incidents[index].id] ?? []
      }
      let ids = Set(incidents.map(\.id))
      // One that is merged into another has no sightings of its own any more; its case tells of it.
      incidents.removeAll { $0.observationKeys.isEmpty }
      let orders = try Self.values(
        WorkOrder.self, "SELECT body FROM work_orders ORDER BY case_number", in: db
      ) { ids.contains($0.incidentID) }
      return StoreSnapshot(
        observations: observations, incidents: incidents, workOrders: orders,
        faults: try Self.faults(in: db, wanted: wanted),
        sources: try Self.sourceSummaries(in: db).filter { wanted($0.witness) },
        coverage: try Self.values(
          SourceCoverage.self,
          "SELECT body FROM coverage ORDER BY witness_kind, source, parameters_hash", in: db
        ) { wanted($0.witness) },
        declined: try Self.declined(in: db).filter { ids.contains($0.key) })
    }
  }

  /// Keys of the observations of each incident, by time and key.
  private static func members(in db: Database) throws -> [String: [String]] {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT i.incident_id, o.key FROM incident_observations AS i
        JOIN observations AS o ON o.id = i.observation ORDER BY o.time_ns, o.key
        """)
    var members: [String: [String]] = [:]
    while let row = try rows.next() { members[row[0], default: []].append(row[1]) }
    return members
  }

  private static func declined(in db: Database) throws -> [String: WorkOrder.DecisionReason] {
    let rows = try Row.fetchAll(db, sql: "SELECT incident_id, body FROM declined_incidents")
    return try Dictionary(
      uniqueKeysWithValues: rows.map {
        ($0["incident_id"], try StoredJSON.value(WorkOrder.DecisionReason.self, from: $0["body"]))
      })
  }

  private static func values<Value: Decodable>(
    _ type: Value.Type, _ sql: String, in db: Database, keep: (Value) -> Bool
  ) throws -> [Value] {
    let bodies = try String.fetchCursor(db, sql: sql)
    var found: [Value] = []
    while let body = try bodies.next() {
      let value = try StoredJSON.value(type, from: body)
      if keep(value) { found.append(value) }
    }
    return found
  }

  private static func faults(in db: Database, wanted: (Witness) -> Bool) throws -> [Fault] {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT witness_kind, source, body FROM faults ORDER BY witness_kind, source, subject, code, message
        """)
    var found: [Fault] = []
    while let row = try rows.next() {
      guard let kind = WitnessKind(rawValue: row["witness_kind"]),
        wanted(Witness(kind: kind, source: row["source"]))
      else { continue }
      found.append(try StoredJSON.value(Fault.self, from: row["body"]))
    }
    return found
  }

  private static func sourceSummaries(in db: Database) throws -> [SourceSummary] {
    // One frame may have been looked at by several analysers: it counts once, and as read where any could.
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT witness_kind, source, count(*) AS frames, sum(unread) AS unread, min(time_ns) AS first,
          max(time_ns) AS last
        FROM (SELECT witness_kind, source, name, sha256, min(measurement IS NULL) AS unread,
            min(time_ns) AS time_ns
          FROM frames GROUP BY witness_kind, source, name, sha256)
        GROUP BY witness_kind, source ORDER BY witness_kind, source
        """)
    return rows.compactMap { row in
      guard let kind = WitnessKind(rawValue: row["witness_kind"]) else { return nil }
      return SourceSummary(
        witness: Witness(kind: kind, source: row["source"]), frameCount: row["frames"],
        unreadableCount: row["unread"], firstTime: Timestamp(nanoseconds: row["first"]),
        lastTime: Timestamp(nanoseconds: row["last"]))
    }
  }
}
