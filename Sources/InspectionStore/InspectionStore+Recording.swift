internal import GRDB
package import InspectionModel

extension InspectionStore {
  /// Keeps frames with what was seen in them, in one transaction. What is there already is left as it is.
  ///
  /// - Parameter evidence: pictures that lie in the evidence folder already.
  package func record(
    frames: [StoredFrame], observations: [Observation], faults: [Fault], evidence: [KeptEvidence] = [],
    of witness: Witness
  ) async throws -> AddedRows {
    try await write { db in
      var added = AddedRows()
      for picture in evidence {
        try Self.insert(picture, in: db)
      }
      for frame in frames { added.frames += try Self.insert(frame, in: db) }
      for observation in observations { added.observations += try Self.insert(observation, in: db) }
      for fault in faults { added.faults += try Self.insert(fault, of: witness, in: db) }
      return added
    }
  }

  /// Keeps what a source was watched with and where; a later run with the same analyser replaces it.
  package func putCoverage(_ coverage: SourceCoverage) async throws {
    try await write { db in
      try db.execute(
        sql: """
          INSERT INTO coverage (witness_kind, source, parameters_hash, body) VALUES (?, ?, ?, ?)
          ON CONFLICT DO UPDATE SET body = excluded.body
          """,
        arguments: [
          coverage.witness.kind.rawValue, coverage.witness.source,
          coverage.procedure?.parametersHash ?? "", try StoredJSON.text(coverage),
        ])
    }
  }

  /// The time of keeping is the database's: it serves to give up old pictures first, and nothing else.
  static func insert(_ picture: KeptEvidence, in db: Database) throws {
    try db.cachedStatement(
      sql: """
        INSERT INTO evidence (sha256, bytes, name, kept_ns)
        VALUES (?, ?, ?, CAST(strftime('%s', 'now') AS INTEGER) * 1000000000) ON CONFLICT DO NOTHING
        """
    ).execute(arguments: [picture.sha256, picture.byteCount, picture.name])
  }

  private static func insert(_ frame: StoredFrame, in db: Database) throws -> Int {
    try db.execute(
      sql: """
        INSERT INTO frames (witness_kind, source, sequence, name, sha256, time_ns, time_source,
          parameters_hash, measurement)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
        """,
      arguments: [
        frame.witness.kind.rawValue, frame.witness.source, frame.reference.sequenceNumber,
        frame.reference.name, frame.reference.sha256, frame.timestamp.nanoseconds, frame.timeSource.rawValue,
        frame.parametersHash, frame.measurement,
      ])
    return db.changesCount
  }

  static func insert(_ observation: Observation, in db: Database) throws -> Int {
    try db.cachedStatement(
      sql: """
        INSERT INTO observations (key, witness_kind, source, hazard, score, time_ns, frame_sha256, body)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
        """
    ).execute(
      arguments: [
        observation.key, observation.witness.kind.rawValue, observation.witness.source,
        observation.hazard.rawValue, observation.score.millionths, observation.phenomenonTime.nanoseconds,
        observation.frame.sha256, try StoredJSON.text(observation),
      ])
    guard db.changesCount == 1 else { return 0 }
    if observation.score >= observation.threshold {
      try db.cachedStatement(sql: "INSERT INTO pending_observations (time_ns, key) VALUES (?, ?)")
        .execute(arguments: [observation.phenomenonTime.nanoseconds, observation.key])
    }
    return 1
  }

  /// All looks, by time and key.
  package func looks() async throws -> [Look] {
    try await read { db in
      try String.fetchAll(db, sql: "SELECT body FROM looks ORDER BY time_ns, key")
        .map { try StoredJSON.value(Look.self, from: $0) }
    }
  }

  /// Keeps looks that found nothing, in one transaction; returns how many are new.
  package func record(looks: [Look]) async throws -> Int {
    try await write { db in
      var added = 0
      let insertion = try db.cachedStatement(
        sql: "INSERT INTO looks (key, time_ns, body) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
      for look in looks {
        try insertion.execute(arguments: [look.key, look.time.nanoseconds, try StoredJSON.text(look)])
        added += db.changesCount
      }
      return added
    }
  }

  private static func insert(_ fault: Fault, of witness: Witness, in db: Database) throws -> Int {
    try db.execute(
      sql: """
        INSERT INTO faults (witness_kind, source, subject, code, message, body)
        VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
        """,
      arguments: [
        witness.kind.rawValue, witness.source, fault.subject, fault.code, fault.message,
        try StoredJSON.text(fault),
      ])
    return db.changesCount
  }

  /// Frames of a source that an analyser with these parameters has looked at, keyed by file name and hash.
  package func frames(of witness: Witness, parametersHash: String) async throws -> [String: StoredFrame] {
    try await read { db in
      let rows = try Row.fetchCursor(
        db,
        sql: "SELECT * FROM frames WHERE witness_kind = ? AND source = ? AND parameters_hash = ?",
        arguments: [witness.kind.rawValue, witness.source, parametersHash])
      var found: [String: StoredFrame] = [:]
      while let row = try rows.next() {
        let frame = StoredFrame(
          witness: witness,
          reference: FrameReference(
            name: row["name"], sha256: row["sha256"], sequenceNumber: row["sequence"]),
          timestamp: Timestamp(nanoseconds: row["time_ns"]),
          timeSource: TimeSource(rawValue: row["time_source"]) ?? .nominal,
          measurement: row["measurement"], parametersHash: parametersHash)
        found[frame.resumeKey] = frame
      }
      return found
    }
  }
}

extension StoredFrame {
  /// Names a frame within its source and analyser: the same name with other bytes is another frame.
  package static func resumeKey(name: String, sha256: String) -> String { "\(sha256) \(name)" }

  var resumeKey: String { Self.resumeKey(name: reference.name, sha256: reference.sha256) }
}
