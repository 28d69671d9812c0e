extension InspectionStore {
  /// Rows in the order in which they came: keys are hashes, and a table that is sorted by them touches a page for every
  /// row once it is larger than the cache. What an incident is made of names its sightings by spot.
  static let schemaV5 = [
    """
    CREATE TABLE observations_v5 (
      id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, witness_kind TEXT NOT NULL, source TEXT NOT NULL,
      hazard TEXT NOT NULL, score INTEGER NOT NULL, time_ns INTEGER NOT NULL, frame_sha256 TEXT NOT NULL,
      body TEXT NOT NULL
    ) STRICT
    """,
    """
    INSERT INTO observations_v5 (key, witness_kind, source, hazard, score, time_ns, frame_sha256, body)
    SELECT key, witness_kind, source, hazard, score, time_ns, frame_sha256, body FROM observations
    ORDER BY time_ns, key
    """,
    "CREATE TABLE spots_v5 (key TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL) WITHOUT ROWID, STRICT",
    """
    INSERT OR IGNORE INTO spots_v5
    SELECT k.value, json_extract(s.value, '$.firstKey') FROM fusion_clusters AS c,
      json_each(c.body, '$.spots') AS s, json_each(s.value, '$.keys') AS k
    """,
    // `spot`: the observation whose key names the spot; NULL while the step of the sighting is not final.
    """
    CREATE TABLE incident_observations_v5 (
      observation INTEGER PRIMARY KEY REFERENCES observations (id),
      incident_id TEXT NOT NULL REFERENCES incidents (id), spot INTEGER
    ) STRICT
    """,
    """
    INSERT INTO incident_observations_v5
    SELECT o.id, i.incident_id, n.id FROM incident_observations AS i
    JOIN observations_v5 AS o ON o.key = i.observation_key
    LEFT JOIN spots_v5 AS s ON s.key = i.observation_key LEFT JOIN observations_v5 AS n ON n.key = s.name
    ORDER BY o.id
    """,
    // From here on bodies are bytes of the fusion's own; those that are there stay JSON until they are written again.
    """
    CREATE TABLE fusion_clusters_v5 (
      id TEXT PRIMARY KEY NOT NULL, hazard TEXT NOT NULL, first_seen_ns INTEGER NOT NULL,
      last_seen_ns INTEGER NOT NULL, is_open INTEGER NOT NULL, body BLOB NOT NULL
    ) WITHOUT ROWID, STRICT
    """,
    """
    INSERT INTO fusion_clusters_v5
    SELECT id, hazard, first_seen_ns, last_seen_ns, is_open, CAST(json_set(body, '$.spots', (
      SELECT json_group_array(json_set(
        json_remove(s.value, '$.keys'), '$.name', json_extract(s.value, '$.firstKey'),
        '$.filedCount', json_array_length(s.value, '$.keys')))
      FROM json_each(body, '$.spots') AS s)) AS BLOB) FROM fusion_clusters
    """,
    "DROP TABLE spots_v5",
    "DROP TABLE fusion_clusters",
    "ALTER TABLE fusion_clusters_v5 RENAME TO fusion_clusters",
    "CREATE INDEX fusion_clusters_open ON fusion_clusters (hazard, first_seen_ns) WHERE is_open = 1",
    "CREATE INDEX fusion_clusters_by_time ON fusion_clusters (hazard, last_seen_ns)",
    "DROP TABLE incident_observations",
    "DROP TABLE observations",
    "ALTER TABLE observations_v5 RENAME TO observations",
    "ALTER TABLE incident_observations_v5 RENAME TO incident_observations",
    "CREATE INDEX observations_by_time ON observations (time_ns, key)",
    "CREATE INDEX observations_by_source ON observations (witness_kind, source, time_ns)",
    "CREATE INDEX incident_observations_by_incident ON incident_observations (incident_id)",
    "CREATE INDEX incident_observations_by_spot ON incident_observations (spot) WHERE spot IS NOT NULL",
  ]
}
