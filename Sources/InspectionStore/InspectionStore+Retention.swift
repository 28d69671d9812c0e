internal import Foundation
internal import GRDB
package import InspectionModel

/// What may be given up when space is short or things are old: evidence of cases that are over, and nothing else.
extension InspectionStore {
  /// Removes evidence that was kept before an instant and belongs to no open case, oldest first; that of an open case,
  /// of a report that waits and of a sighting that is not decided about stays whatever its age.
  ///
  /// - Parameters:
  ///   - limit: pictures that one call removes at most.
  /// - Returns: pictures and bytes that were removed.
  package func removeEvidence(keptBefore time: Timestamp, limit: Int) async throws -> (
    pictures: Int, bytes: Int
  ) {
    let removed = try await write { db in
      let rows = try Row.fetchAll(
        db,
        sql: """
          WITH needed (sha256) AS (
            SELECT o.frame_sha256 FROM work_orders AS w
              JOIN incident_observations AS i ON i.incident_id = w.incident_id
              JOIN observations AS o ON o.id = i.observation WHERE w.is_open = 1
            UNION SELECT t.value FROM work_orders AS w JOIN case_events AS e ON e.case_number = w.case_number,
              json_tree(e.body) AS t WHERE w.is_open = 1 AND t.key = 'sha256' AND t.type = 'text'
            UNION SELECT o.frame_sha256 FROM pending_observations AS p JOIN observations AS o ON o.key = p.key
            UNION SELECT o.frame_sha256 FROM undecided_incidents AS u
              JOIN incident_observations AS i ON i.incident_id = u.id
              JOIN observations AS o ON o.id = i.observation
            UNION SELECT json_extract(body, '$.pictureSHA256') FROM person_reports WHERE is_waiting = 1
          )
          SELECT sha256, bytes FROM evidence WHERE kept_ns < ? AND sha256 NOT IN (
            SELECT sha256 FROM needed WHERE sha256 IS NOT NULL)
          ORDER BY kept_ns, sha256 LIMIT ?
          """, arguments: [time.nanoseconds, limit])
      let removal = try db.cachedStatement(sql: "DELETE FROM evidence WHERE sha256 = ?")
      return try rows.map { row in
        let (sha256, bytes): (String, Int) = (row[0], row[1])
        try removal.execute(arguments: [sha256])
        return (sha256, bytes)
      }
    }
    // After the rows: a picture without a row is waste, a row without its picture would be a lie.
    for (sha256, _) in removed { try evidence.remove(sha256: sha256) }
    return (removed.count, removed.reduce(0) { $0 + $1.1 })
  }

  /// Free bytes of the disk that the store lies on.
  package func freeDiskBytes() throws -> Int {
    let folder = URL(filePath: path).deletingLastPathComponent().path
    let attributes = try FileManager.default.attributesOfFileSystem(forPath: folder.isEmpty ? "." : folder)
    return (attributes[.systemFreeSize] as? NSNumber)?.intValue ?? 0
  }
}
