extension InspectionStore {
  /// Fusion that goes on from where it stood: what is new, what open incidents are made of, and how far it came.
  ///
  /// Everything that was observed before is fused again, once: earlier versions kept incidents only. Until then those
  /// stand as they were.
  static let schemaFusion = [
    """
    CREATE TABLE pending_observations (
      time_ns INTEGER NOT NULL, key TEXT NOT NULL REFERENCES observations (key), PRIMARY KEY (time_ns, key)
    ) WITHOUT ROWID, STRICT
    """,
    """
    CREATE TABLE looks (
      key TEXT PRIMARY KEY NOT NULL, time_ns INTEGER NOT NULL, is_pending INTEGER NOT NULL DEFAULT 1,
      body TEXT NOT NULL
    ) WITHOUT ROWID, STRICT
    """,
    "CREATE INDEX looks_by_time ON looks (time_ns, key)",
    "CREATE INDEX looks_pending ON looks (time_ns, key) WHERE is_pending = 1",
    """
    CREATE TABLE fusion_clusters (
      id TEXT PRIMARY KEY NOT NULL, hazard TEXT NOT NULL, first_seen_ns INTEGER NOT NULL,
      last_seen_ns INTEGER NOT NULL, is_open INTEGER NOT NULL, body TEXT NOT NULL
    ) WITHOUT ROWID, STRICT
    """,
    "CREATE INDEX fusion_clusters_open ON fusion_clusters (hazard, first_seen_ns) WHERE is_open = 1",
    "CREATE INDEX fusion_clusters_by_time ON fusion_clusters (hazard, last_seen_ns)",
    """
    CREATE TABLE fusion_progress (
      id INTEGER PRIMARY KEY CHECK (id = 1), first_live_step INTEGER NOT NULL, newest_ns INTEGER,
      version INTEGER NOT NULL, late INTEGER NOT NULL DEFAULT 0
    ) STRICT
    """,
    """
    CREATE TABLE undecided_incidents (
      known_since_ns INTEGER NOT NULL, first_seen_ns INTEGER NOT NULL,
      id TEXT NOT NULL REFERENCES incidents (id) ON DELETE CASCADE,
      PRIMARY KEY (known_since_ns, first_seen_ns, id)
    ) WITHOUT ROWID, STRICT
    """,
    "CREATE UNIQUE INDEX undecided_incidents_by_id ON undecided_incidents (id)",
    """
    CREATE TABLE incident_links (
      incident_id TEXT NOT NULL, kind TEXT NOT NULL, other_id TEXT NOT NULL, time_ns INTEGER NOT NULL,
      PRIMARY KEY (incident_id, kind, other_id)
    ) WITHOUT ROWID, STRICT
    """,
    """
    CREATE TABLE late_observations (
      key TEXT PRIMARY KEY NOT NULL REFERENCES observations (key), step INTEGER NOT NULL
    ) WITHOUT ROWID, STRICT
    """,
    "CREATE INDEX late_observations_by_step ON late_observations (step)",
    "CREATE TABLE legacy_incidents (id TEXT PRIMARY KEY NOT NULL) WITHOUT ROWID, STRICT",
    "INSERT INTO legacy_incidents SELECT id FROM incidents",
    """
    INSERT INTO pending_observations
    SELECT time_ns, key FROM observations WHERE score >= json_extract(body, '$.threshold')
    """,
  ]
}
