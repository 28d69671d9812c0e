extension ReleasedSchema {
  /// The third and fourth schema; they were released together. Never edited.
  static let fourth = cases + flow + fusion

  private static let cases = [
    "ALTER TABLE work_orders ADD COLUMN is_open INTEGER NOT NULL DEFAULT 1",
    "ALTER TABLE work_orders ADD COLUMN due_ns INTEGER NOT NULL DEFAULT 9223372036854775807",
    "ALTER TABLE work_orders ADD COLUMN tiers INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE work_orders ADD COLUMN town_code TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE work_orders ADD COLUMN department TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE work_orders ADD COLUMN hazard_class TEXT NOT NULL DEFAULT ''",
    """
    UPDATE work_orders SET
      is_open = status NOT IN ('checked', 'evaluated', 'merged', 'void'),
      due_ns = coalesce(
        (SELECT min(json_extract(value, '$.due.nanoseconds')) FROM json_each(body, '$.deadlines')),
        9223372036854775807),
      tiers = coalesce((SELECT sum(CASE value WHEN 'town_street' THEN 1 WHEN 'district' THEN 2
        WHEN 'city' THEN 4 ELSE 0 END) FROM json_each(body, '$.tiers')), 0),
      town_code = coalesce(json_extract(body, '$.town.code'), ''),
      department = coalesce(json_extract(body, '$.departmentID'), json_extract(body, '$.department'), ''),
      hazard_class = coalesce(json_extract(body, '$.hazardClass'), '')
    """,
    """
    CREATE INDEX work_orders_by_due ON work_orders
      (due_ns, case_number, established_ns, is_open, status, tiers, town_code, department, hazard_class)
    """,
    """
    CREATE INDEX work_orders_by_established ON work_orders
      (established_ns, case_number, due_ns, is_open, status, tiers, town_code, department, hazard_class)
    """,
    """
    CREATE INDEX work_orders_open ON work_orders
      (due_ns, case_number, established_ns, is_open, status, tiers, town_code, department, hazard_class)
      WHERE is_open = 1
    """,
    """
    CREATE INDEX work_orders_by_status ON work_orders
      (status, due_ns, case_number, established_ns, is_open, tiers, town_code, department, hazard_class)
    """,
    """
    CREATE INDEX work_orders_by_town ON work_orders
      (town_code, due_ns, case_number, established_ns, is_open, status, tiers, department, hazard_class)
    """,
    """
    CREATE INDEX work_orders_by_department ON work_orders
      (department, due_ns, case_number, established_ns, is_open, status, tiers, town_code, hazard_class)
    """,
    """
    CREATE INDEX work_orders_by_class ON work_orders
      (hazard_class, due_ns, case_number, established_ns, is_open, status, tiers, town_code, department)
    """,
    """
    CREATE INDEX incidents_open ON incidents (hazard, last_seen_ns)
      WHERE state IN ('suspected', 'confirmed')
    """,
    "CREATE INDEX incidents_by_hazard ON incidents (hazard, last_seen_ns)",
    """
    CREATE TABLE case_events (
      case_number TEXT NOT NULL, sequence INTEGER NOT NULL, time_ns INTEGER NOT NULL, body TEXT NOT NULL,
      PRIMARY KEY (case_number, sequence)
    ) WITHOUT ROWID, STRICT
    """,
    "CREATE INDEX case_events_by_time ON case_events (time_ns, case_number, sequence)",
    "CREATE TABLE threshold_tunings (key TEXT PRIMARY KEY NOT NULL, body TEXT NOT NULL) WITHOUT ROWID, STRICT",
    """
    CREATE TABLE alarm_digests (
      key TEXT PRIMARY KEY NOT NULL, time_ns INTEGER NOT NULL, body TEXT NOT NULL
    ) WITHOUT ROWID, STRICT
    """,
    "CREATE INDEX alarm_digests_by_time ON alarm_digests (time_ns, key)",
  ]

  private static let flow = [
    """
    CREATE TABLE flow_queues (
      id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, last_token INTEGER NOT NULL DEFAULT 0,
      rows INTEGER NOT NULL DEFAULT 0, bytes INTEGER NOT NULL DEFAULT 0,
      dead_rows INTEGER NOT NULL DEFAULT 0, dead_bytes INTEGER NOT NULL DEFAULT 0
    ) STRICT
    """,
    """
    CREATE TABLE flow_items (
      id INTEGER PRIMARY KEY, queue INTEGER NOT NULL, sort INTEGER NOT NULL, key TEXT NOT NULL,
      ordering TEXT, bytes INTEGER NOT NULL, appended_ns INTEGER NOT NULL,
      attempts INTEGER NOT NULL DEFAULT 0, token INTEGER NOT NULL DEFAULT 0,
      lease_from_ns INTEGER NOT NULL DEFAULT 0, lease_until_ns INTEGER NOT NULL DEFAULT 0, worker TEXT
    ) STRICT
    """,
    "CREATE UNIQUE INDEX flow_items_by_key ON flow_items (queue, key)",
    """
    CREATE INDEX flow_items_waiting ON flow_items (queue, sort, key, ordering, attempts)
      WHERE token = 0
    """,
    """
    CREATE INDEX flow_items_claimed ON flow_items (queue, token, lease_until_ns, lease_from_ns)
      WHERE token > 0
    """,
    """
    CREATE INDEX flow_items_held ON flow_items (queue, ordering, token)
      WHERE token > 0 AND ordering IS NOT NULL
    """,
    "CREATE TABLE flow_payloads (item INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT",
    """
    CREATE TABLE flow_dead_letters (
      id INTEGER PRIMARY KEY, queue INTEGER NOT NULL, key TEXT NOT NULL, sort INTEGER NOT NULL, ordering TEXT,
      body BLOB NOT NULL, bytes INTEGER NOT NULL, attempts INTEGER NOT NULL, reason TEXT NOT NULL,
      appended_ns INTEGER NOT NULL, died_ns INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE UNIQUE INDEX flow_dead_letters_by_key ON flow_dead_letters (queue, key)",
    """
    CREATE TABLE flow_completed (
      queue INTEGER NOT NULL, key TEXT NOT NULL, completed_ns INTEGER NOT NULL, PRIMARY KEY (queue, key)
    ) WITHOUT ROWID, STRICT
    """,
  ]

  private static let fusion = [
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
