internal import GRDB
package import InspectionModel

/// What a live run tells beside observations.
extension InspectionStore {
  /// Keeps changes of nodes and what was watched, in one transaction; an interval that is there already grows.
  package func record(history: [NodeHistoryEntry], intervals: [WatchInterval]) async throws {
    guard !history.isEmpty || !intervals.isEmpty else { return }
    try await write { db in
      let entry = try db.cachedStatement(
        sql: "INSERT INTO node_history (node, time_ns, body) VALUES (?, ?, ?)")
      for change in history {
        try entry.execute(arguments: [change.node, change.time.nanoseconds, try StoredJSON.text(change)])
      }
      let watched = try db.cachedStatement(
        sql: """
          INSERT INTO watch_intervals (source, from_ns, to_ns, quality, received, looked, full_looks)
          VALUES (?, ?, ?, ?, ?, ?, ?)
          ON CONFLICT DO UPDATE SET to_ns = excluded.to_ns, received = excluded.received,
            looked = excluded.looked, full_looks = excluded.full_looks
          """)
      for interval in intervals {
        try watched.execute(arguments: [
          interval.source, interval.from.nanoseconds, interval.to.nanoseconds, interval.quality,
          interval.framesReceived, interval.framesLooked, interval.fullLooks,
        ])
      }
    }
  }

  /// Keeps what sources are watched; what is known of one is replaced.
  package func record(sources: [WatchedSource]) async throws {
    try await write { db in
      let statement = try db.cachedStatement(
        sql: """
          INSERT INTO watched_sources (source, body) VALUES (?, ?)
          ON CONFLICT DO UPDATE SET body = excluded.body
          """)
      for source in sources {
        try statement.execute(arguments: [source.source, try StoredJSON.text(source)])
      }
    }
  }

  /// Sources that live runs watched, by name.
  package func watchedSources() async throws -> [WatchedSource] {
    try await read { db in
      try String.fetchAll(db, sql: "SELECT body FROM watched_sources ORDER BY source")
        .map { try StoredJSON.value(WatchedSource.self, from: $0) }
    }
  }

  /// What recorded runs watched, by witness and analyser.
  package func recordedCoverage() async throws -> [SourceCoverage] {
    try await read { db in
      try String.fetchAll(
        db, sql: "SELECT body FROM coverage ORDER BY witness_kind, source, parameters_hash"
      ).map { try StoredJSON.value(SourceCoverage.self, from: $0) }
    }
  }

  /// Changes of a node, or of all nodes, by time.
  package func nodeHistory(of node: String? = nil) async throws -> [NodeHistoryEntry] {
    try await read { db in
      try String.fetchAll(
        db, sql: "SELECT body FROM node_history WHERE ?1 IS NULL OR node = ?1 ORDER BY time_ns, id",
        arguments: [node]
      ).map { try StoredJSON.value(NodeHistoryEntry.self, from: $0) }
    }
  }

  /// When sources were watched between two instants, by source and time.
  package func watchIntervals(from: Timestamp? = nil, to: Timestamp? = nil) async throws -> [WatchInterval] {
    try await read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT source, from_ns, to_ns, quality, received, looked, full_looks FROM watch_intervals
          WHERE to_ns >= ? AND from_ns <= ? ORDER BY source, from_ns
          """, arguments: [from?.nanoseconds ?? .min, to?.nanoseconds ?? .max]
      ).map { row in
        WatchInterval(
          source: row[0], from: Timestamp(nanoseconds: row[1]), to: Timestamp(nanoseconds: row[2]),
          quality: row[3], framesReceived: row[4], framesLooked: row[5], fullLooks: row[6])
      }
    }
  }

  /// Forgets changes of nodes and what was watched before an instant.
  package func forgetNodeHistory(before time: Timestamp) async throws {
    try await write { db in
      try db.execute(sql: "DELETE FROM node_history WHERE time_ns < ?", arguments: [time.nanoseconds])
      try db.execute(sql: "DELETE FROM watch_intervals WHERE to_ns < ?", arguments: [time.nanoseconds])
    }
  }

  /// Keeps a report; `false` where it is there already. Its picture lies in the evidence folder by then.
  package func record(_ report: ReportedSighting, picture: KeptEvidence?) async throws -> Bool {
    try await write { db in
      if let picture { try Self.insert(picture, in: db) }
      try db.execute(
        sql: "INSERT INTO person_reports (id, received_ns, body) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        arguments: [report.id, report.receivedAt.nanoseconds, try StoredJSON.text(report)])
      return db.changesCount == 1
    }
  }

  /// Reports that nobody worked on yet, by arrival.
  package func waitingReports(limit: Int) async throws -> [ReportedSighting] {
    try await read { db in
      try String.fetchAll(
        db,
        sql: "SELECT body FROM person_reports WHERE is_waiting = 1 ORDER BY received_ns, id LIMIT ?",
        arguments: [limit]
      ).map { try StoredJSON.value(ReportedSighting.self, from: $0) }
    }
  }

  /// Keeps what came of a report, and that it was worked on, in one transaction.
  package func complete(_ report: ReportedSighting, observations: [Observation]) async throws -> Int {
    try await write { db in
      try db.execute(sql: "UPDATE person_reports SET is_waiting = 0 WHERE id = ?", arguments: [report.id])
      var added = 0
      for observation in observations { added += try Self.insert(observation, in: db) }
      return added
    }
  }

  /// Observations that are durable and not fused yet.
  package func pendingObservationCount() async throws -> Int {
    try await read { try Int.fetchOne($0, sql: "SELECT count(*) FROM pending_observations") ?? 0 }
  }

  /// How many incidents, cases and reports the store holds.
  package func totals() async throws -> (incidents: Int, workOrders: Int, reports: Int) {
    try await read { db in
      // One that is merged into another has no observations of its own any more.
      let incidents = try Int.fetchOne(
        db,
        sql: """
          SELECT count(*) FROM incidents AS i
          WHERE EXISTS (SELECT 1 FROM incident_observations AS o WHERE o.incident_id = i.id)
          """)
      return (
        incidents ?? 0, try Int.fetchOne(db, sql: "SELECT count(*) FROM work_orders") ?? 0,
        try Int.fetchOne(db, sql: "SELECT count(*) FROM person_reports") ?? 0
      )
    }
  }
}
