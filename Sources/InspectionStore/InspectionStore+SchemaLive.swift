extension InspectionStore {
  /// What a live run tells beside observations: the lives of nodes, when sources were watched, people's reports.
  static let schemaLive = [
    """
    CREATE TABLE node_history (
      id INTEGER PRIMARY KEY, node TEXT NOT NULL, time_ns INTEGER NOT NULL, body TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX node_history_by_node ON node_history (node, time_ns)",
    "CREATE INDEX node_history_by_time ON node_history (time_ns)",
    """
    CREATE TABLE watch_intervals (
      source TEXT NOT NULL, from_ns INTEGER NOT NULL, to_ns INTEGER NOT NULL, quality TEXT NOT NULL,
      received INTEGER NOT NULL, looked INTEGER NOT NULL, full_looks INTEGER NOT NULL,
      PRIMARY KEY (source, from_ns)
    ) WITHOUT ROWID, STRICT
    """,
    "CREATE INDEX watch_intervals_by_time ON watch_intervals (to_ns)",
    "CREATE TABLE watched_sources (source TEXT PRIMARY KEY NOT NULL, body TEXT NOT NULL) WITHOUT ROWID, STRICT",
    """
    CREATE TABLE person_reports (
      id TEXT PRIMARY KEY NOT NULL, received_ns INTEGER NOT NULL, is_waiting INTEGER NOT NULL DEFAULT 1,
      body TEXT NOT NULL
    ) STRICT
    """,
    // When a picture was kept: what is older may be given up first.
    "ALTER TABLE evidence ADD COLUMN kept_ns INTEGER NOT NULL DEFAULT 0",
    "CREATE INDEX person_reports_waiting ON person_reports (received_ns, id) WHERE is_waiting = 1",
  ]
}
