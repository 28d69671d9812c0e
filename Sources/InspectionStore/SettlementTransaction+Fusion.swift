internal import Foundation
internal import GRDB
package import InspectionModel

/// How far the fusion of a store has come.
package struct FusionProgress: Sendable, Equatable {
  /// First step of the fusion that is not final; `nil` before the first observation.
  package var firstLiveStep: Int64?
  /// The newest time of any observation or look.
  package var newest: Timestamp?
  /// Observations that came later than the window allows.
  package var lateCount: Int
  /// Counts every change, so that whoever keeps a copy in memory sees that another went on meanwhile.
  package var version: Int

  package init(firstLiveStep: Int64? = nil, newest: Timestamp? = nil, lateCount: Int = 0, version: Int = 0) {
    self.firstLiveStep = firstLiveStep
    self.newest = newest
    self.lateCount = lateCount
    self.version = version
  }
}

/// What the fusion reads and writes.
extension SettlementTransaction {
  /// Up to `limit` observations that were not fused yet, by time and key; they count as fused with this transaction.
  package func takePendingObservations(limit: Int) throws -> [Observation] {
    let rows = try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT p.time_ns, p.key, o.body FROM
            (SELECT time_ns, key FROM pending_observations ORDER BY time_ns, key LIMIT ?) AS p
          JOIN observations AS o ON o.key = p.key ORDER BY p.time_ns, p.key
          """), arguments: [limit])
    guard let last = rows.last else { return [] }
    try db.cachedStatement(sql: "DELETE FROM pending_observations WHERE (time_ns, key) <= (?, ?)")
      .execute(arguments: [last[0] as Int64, last[1] as String])
    return try rows.map { try StoredJSON.value(Observation.self, from: $0[2]) }
  }

  /// Looks up to an instant that were not taken notice of yet; all of them where there is no instant.
  package func takePendingLooks(upTo time: Timestamp?) throws -> [Look] {
    let limit = time?.nanoseconds ?? .max
    let bodies = try String.fetchAll(
      db.cachedStatement(
        sql: "SELECT body FROM looks WHERE is_pending = 1 AND time_ns <= ? ORDER BY time_ns, key"),
      arguments: [limit])
    guard !bodies.isEmpty else { return [] }
    try db.cachedStatement(sql: "UPDATE looks SET is_pending = 0 WHERE is_pending = 1 AND time_ns <= ?")
      .execute(arguments: [limit])
    return try bodies.map { try StoredJSON.value(Look.self, from: $0) }
  }

  /// Fused observations and looks from an instant on: what a fusion that goes on has to see again.
  package func fused(from time: Timestamp) throws -> (observations: [Observation], looks: [Look]) {
    let observations = try String.fetchAll(
      db,
      sql: """
        SELECT body FROM observations AS o WHERE time_ns >= ?
          AND EXISTS (SELECT 1 FROM incident_observations AS i WHERE i.observation = o.id)
          AND NOT EXISTS (SELECT 1 FROM pending_observations AS p WHERE p.time_ns = o.time_ns AND p.key = o.key)
        ORDER BY time_ns, key
        """, arguments: [time.nanoseconds]
    ).map { try StoredJSON.value(Observation.self, from: $0) }
    let looks = try String.fetchAll(
      db, sql: "SELECT body FROM looks WHERE is_pending = 0 AND time_ns >= ? ORDER BY time_ns, key",
      arguments: [time.nanoseconds]
    ).map { try StoredJSON.value(Look.self, from: $0) }
    return (observations, looks)
  }

  package func fusionProgress() throws -> FusionProgress {
    let row = try Row.fetchOne(
      db.cachedStatement(sql: "SELECT first_live_step, newest_ns, late, version FROM fusion_progress"))
    guard let row else { return FusionProgress() }
    return FusionProgress(
      firstLiveStep: row[0] == Int64.min ? nil : row[0],
      newest: (row[1] as Int64?).map(Timestamp.init(nanoseconds:)), lateCount: row[2], version: row[3])
  }

  package func putFusionProgress(_ progress: FusionProgress) throws {
    try db.cachedStatement(
      sql: """
        INSERT INTO fusion_progress (id, first_live_step, newest_ns, late, version) VALUES (1, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET first_live_step = excluded.first_live_step,
          newest_ns = excluded.newest_ns, late = excluded.late, version = excluded.version
        """
    ).execute(
      arguments: [
        progress.firstLiveStep ?? .min, progress.newest?.nanoseconds, progress.lateCount, progress.version,
      ])
  }

  /// Keeps what a final incident is made of.
  ///
  /// - Parameter body: the fusion's own bytes.
  package func putCluster(
    _ body: [UInt8], id: String, hazard: HazardKind, firstSeen: Timestamp, lastSeen: Timestamp, isOpen: Bool
  ) throws {
    try db.cachedStatement(
      sql: """
        INSERT INTO fusion_clusters (id, hazard, first_seen_ns, last_seen_ns, is_open, body)
        VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET first_seen_ns = excluded.first_seen_ns,
          last_seen_ns = excluded.last_seen_ns, is_open = excluded.is_open, body = excluded.body
        """
    ).execute(
      arguments: [
        id, hazard.rawValue, firstSeen.nanoseconds, lastSeen.nanoseconds, isOpen, Data(body),
      ])
  }

  package func removeCluster(id: String) throws {
    try db.cachedStatement(sql: "DELETE FROM fusion_clusters WHERE id = ?").execute(arguments: [id])
  }

  /// Bodies of final incidents that may take further sightings, by identifier.
  package func openClusters() throws -> [[UInt8]] {
    try Data.fetchAll(db, sql: "SELECT body FROM fusion_clusters WHERE is_open = 1 ORDER BY id").map {
      [UInt8]($0)
    }
  }

  /// Bodies of closed incidents of a hazard that were seen between two instants, by identifier.
  package func closedClusters(hazard: HazardKind, from: Timestamp, to: Timestamp) throws -> [[UInt8]] {
    try Data.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT body FROM fusion_clusters INDEXED BY fusion_clusters_by_time
          WHERE hazard = ? AND last_seen_ns >= ? AND first_seen_ns <= ? AND is_open = 0 ORDER BY id
          """), arguments: [hazard.rawValue, from.nanoseconds, to.nanoseconds]
    ).map { [UInt8]($0) }
  }

  /// Remembers that two incidents were one, or one was two.
  ///
  /// - Parameter kind: constant word such as `merged_into`, `split_from`.
  package func putLink(of incidentID: String, _ kind: String, to otherID: String, at time: Timestamp) throws {
    try db.cachedStatement(
      sql: """
        INSERT INTO incident_links (incident_id, kind, other_id, time_ns) VALUES (?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET time_ns = excluded.time_ns
        """
    ).execute(arguments: [incidentID, kind, otherID, time.nanoseconds])
  }

  /// Incidents that changed since somebody decided about them, by when they became known, first sighting and id.
  package func undecidedIncidents(limit: Int) throws -> [Incident] {
    try String.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT i.body FROM (SELECT * FROM undecided_incidents
            ORDER BY known_since_ns, first_seen_ns, id LIMIT ?) AS u
          JOIN incidents AS i ON i.id = u.id ORDER BY u.known_since_ns, u.first_seen_ns, u.id
          """), arguments: [limit]
    ).map { try StoredJSON.value(Incident.self, from: $0) }
  }

  /// A decision was made about an incident.
  package func removeUndecided(id: String) throws {
    try db.cachedStatement(sql: "DELETE FROM undecided_incidents WHERE id = ?").execute(arguments: [id])
  }

  /// Keys of an incident's observations, by time and key.
  package func observationKeys(of incidentID: String) throws -> [String] {
    try String.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT o.key FROM incident_observations AS i JOIN observations AS o ON o.id = i.observation
          WHERE i.incident_id = ? ORDER BY o.time_ns, o.key
          """), arguments: [incidentID])
  }

  /// How many observations an incident has.
  package func memberCount(of incidentID: String) throws -> Int {
    try Int.fetchOne(
      db.cachedStatement(sql: "SELECT count(*) FROM incident_observations WHERE incident_id = ?"),
      arguments: [incidentID]) ?? 0
  }

  /// Puts sightings of final steps under the name of their spot, and those of other spots that are one with it now.
  ///
  /// - Parameter name: key of the observation that names the spot.
  package func fileObservations(_ keys: [String], under name: String, formerNames: [String]) throws {
    let spot = try Int64.fetchOne(
      db.cachedStatement(sql: "SELECT id FROM observations WHERE key = ?"), arguments: [name])
    let filing = try db.cachedStatement(
      sql: """
        UPDATE incident_observations SET spot = ?
        WHERE observation = (SELECT id FROM observations WHERE key = ?)
        """)
    for key in keys { try filing.execute(arguments: [spot, key]) }
    let renaming = try db.cachedStatement(
      sql: """
        UPDATE incident_observations SET spot = ? WHERE spot = (SELECT id FROM observations WHERE key = ?)
        """)
    for former in formerNames { try renaming.execute(arguments: [spot, former]) }
  }

  /// Puts all sightings of a spot into another incident.
  package func moveSpot(_ name: String, toIncident id: String) throws {
    try db.cachedStatement(
      sql: """
        UPDATE incident_observations SET incident_id = ?
        WHERE spot = (SELECT id FROM observations WHERE key = ?)
        """
    ).execute(arguments: [id, name])
  }

  /// An observation by its key.
  package func observation(key: String) throws -> Observation? {
    try String.fetchOne(
      db.cachedStatement(sql: "SELECT body FROM observations WHERE key = ?"), arguments: [key]
    ).map { try StoredJSON.value(Observation.self, from: $0) }
  }

  /// The incident that an observation belongs to.
  package func incidentID(ofObservation key: String) throws -> String? {
    try String.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT i.incident_id FROM observations AS o JOIN incident_observations AS i ON i.observation = o.id
          WHERE o.key = ?
          """), arguments: [key])
  }

  /// Incidents of a store of an earlier version that the fusion has not met again; forgotten with this call.
  package func takeLegacyIncidents() throws -> [Incident] {
    let bodies = try String.fetchAll(
      db,
      sql: """
        SELECT i.body FROM legacy_incidents AS l JOIN incidents AS i ON i.id = l.id
        WHERE NOT EXISTS (SELECT 1 FROM incident_observations AS o WHERE o.incident_id = l.id) ORDER BY i.id
        """)
    try db.execute(sql: "DELETE FROM legacy_incidents")
    return try bodies.map { try StoredJSON.value(Incident.self, from: $0) }
  }
}
