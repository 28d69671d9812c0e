internal import GRDB

extension InspectionStore {
  /// All schema changes in order. A released migration is never edited: a change is a new one.
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("v1") { db in
      for statement in schemaV1 { try db.execute(sql: statement) }
    }
    migrator.registerMigration("v2") { db in
      for statement in schemaV2 { try db.execute(sql: statement) }
    }
    // It only adds, so no foreign key can break: checking each of them would take long in a big store.
    migrator.registerMigration("v3", foreignKeyChecks: .immediate) { db in
      for statement in schemaV3Cases + schemaV3Flow { try db.execute(sql: statement) }
    }
    migrator.registerMigration("v4") { db in
      for statement in schemaFusion { try db.execute(sql: statement) }
    }
    migrator.registerMigration("v5") { db in
      for statement in schemaV5 { try db.execute(sql: statement) }
    }
    migrator.registerMigration("v6", foreignKeyChecks: .immediate) { db in
      for statement in schemaLive { try db.execute(sql: statement) }
    }
    return migrator
  }

  /// Times are nanoseconds since 1970 (UTC). `body` is the whole value as JSON; the other columns serve the
  /// queries. Unique keys make every write repeatable.
  private static let schemaV1 = [
    """
    CREATE TABLE frames (
      witness_kind TEXT NOT NULL, source TEXT NOT NULL, sequence INTEGER NOT NULL, name TEXT NOT NULL,
      sha256 TEXT NOT NULL, time_ns INTEGER NOT NULL, time_source TEXT NOT NULL,
      parameters_hash TEXT NOT NULL, measurement TEXT,
      PRIMARY KEY (witness_kind, source, parameters_hash, name, sha256)
    ) WITHOUT ROWID, STRICT
    """,
    """
    CREATE TABLE observations (
      key TEXT PRIMARY KEY NOT NULL, witness_kind TEXT NOT NULL, source TEXT NOT NULL, hazard TEXT NOT NULL,
      score INTEGER NOT NULL, time_ns INTEGER NOT NULL, frame_sha256 TEXT NOT NULL, body TEXT NOT NULL
    ) WITHOUT ROWID, STRICT
    """,
    "CREATE INDEX observations_by_time ON observations (time_ns, key)",
    "CREATE INDEX observations_by_source ON observations (witness_kind, source, time_ns)",
    """
    CREATE TABLE incidents (
      id TEXT PRIMARY KEY NOT NULL, hazard TEXT NOT NULL, state TEXT NOT NULL,
      first_seen_ns INTEGER NOT NULL, last_seen_ns INTEGER NOT NULL, body TEXT NOT NULL
    ) WITHOUT ROWID, STRICT
    """,
    "CREATE INDEX incidents_by_time ON incidents (first_seen_ns, id)",
    """
    CREATE TABLE incident_observations (
      observation_key TEXT PRIMARY KEY NOT NULL REFERENCES observations (key),
      incident_id TEXT NOT NULL REFERENCES incidents (id)
    ) WITHOUT ROWID, STRICT
    """,
    "CREATE INDEX incident_observations_by_incident ON incident_observations (incident_id)",
    """
    CREATE TABLE work_orders (
      case_number TEXT PRIMARY KEY NOT NULL, incident_id TEXT NOT NULL UNIQUE REFERENCES incidents (id),
      status TEXT NOT NULL, established_ns INTEGER NOT NULL, body TEXT NOT NULL
    ) WITHOUT ROWID, STRICT
    """,
    """
    CREATE TABLE case_serials (
      day TEXT NOT NULL, source_letter TEXT NOT NULL, last INTEGER NOT NULL,
      PRIMARY KEY (day, source_letter)
    ) WITHOUT ROWID, STRICT
    """,
    """
    CREATE TABLE faults (
      witness_kind TEXT NOT NULL, source TEXT NOT NULL, subject TEXT NOT NULL, code TEXT NOT NULL,
      message TEXT NOT NULL, body TEXT NOT NULL,
      PRIMARY KEY (witness_kind, source, subject, code, message)
    ) WITHOUT ROWID, STRICT
    """,
    """
    CREATE TABLE evidence (
      sha256 TEXT PRIMARY KEY NOT NULL, bytes INTEGER NOT NULL, name TEXT NOT NULL
    ) WITHOUT ROWID, STRICT
    """,
  ]

  /// What each source was watched with and where, and why an incident became no case.
  private static let schemaV2 = [
    """
    CREATE TABLE coverage (
      witness_kind TEXT NOT NULL, source TEXT NOT NULL, parameters_hash TEXT NOT NULL, body TEXT NOT NULL,
      PRIMARY KEY (witness_kind, source, parameters_hash)
    ) WITHOUT ROWID, STRICT
    """,
    """
    CREATE TABLE declined_incidents (
      incident_id TEXT PRIMARY KEY NOT NULL REFERENCES incidents (id) ON DELETE CASCADE, body TEXT NOT NULL
    ) WITHOUT ROWID, STRICT
    """,
  ]
}
