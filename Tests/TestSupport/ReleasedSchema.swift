/// The schemas that were released, word for word. Never edited: a store of each of them has to open for ever.
package enum ReleasedSchema: Int, CaseIterable, Sendable {
  case v1 = 1
  case v2
  case v4 = 4

  /// What makes an empty store of the first two versions, migrations noted.
  package var creation: [String] {
    ["CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)"]
      + Self.allCases.filter { $0.rawValue <= min(rawValue, 2) }.flatMap { version in
        version.statements + ["INSERT INTO grdb_migrations VALUES ('v\(version.rawValue)')"]
      }
  }

  /// What this version made of a store of the second one.
  package var migration: [String] {
    guard self == .v4 else { return [] }
    return Self.fourth + ["INSERT INTO grdb_migrations VALUES ('v3'), ('v4')"]
  }

  private var statements: [String] {
    switch self {
    case .v1: Self.first
    case .v2: Self.second
    case .v4: Self.fourth
    }
  }

  private static let first = [
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

  private static let second = [
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
