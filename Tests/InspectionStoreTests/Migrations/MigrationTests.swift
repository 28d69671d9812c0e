import Foundation
import GRDB
import InspectionModel
import InspectionStore
import TestSupport
import Testing

@Suite struct MigrationTests {
  @Test(arguments: ReleasedSchema.allCases) func aStoreOfEachVersionOpensWithEverything(
    version: ReleasedSchema
  )
    async throws
  {
    let folder = try TemporaryFolder()
    let path = folder.file("old.sqlite").path
    let old = OldStore(caseCount: 40)
    try version.make(at: path) { try old.write(to: $0, version: version) }
    let store = try InspectionStore.existing(path: path)
    try await old.check(store, version: version)
    let flow = try await StoredFlow(
      store: store, queues: ContractQueues.all, now: { Timestamp(nanoseconds: 0) })
    #expect(try await flow.append([.sample("a")], to: "work").added == 1)
    try store.close()
    #expect(try StoreFile.integrity(of: path) == "ok")
  }

  /// The fourth version kept the keys of an incident's sightings in the incident's body.
  @Test func keysOfFusedIncidentsBecomeSpotsOfRows() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("old.sqlite").path
    let old = OldStore(caseCount: 4)
    try ReleasedSchema.v4.make(at: path) { try old.write(to: $0, version: .v4) }
    let queue = try DatabaseQueue(path: path)
    try queue.write { db in
      try db.execute(sql: "UPDATE incident_observations SET incident_id = 'i1' WHERE observation_key = 'o2'")
      let body = #"""
        {"id":"i1","spots":[{"firstKey":"o2","keys":["o1","o2"],"weight":0.1},{"firstKey":"o3","keys":["o3"]}]}
        """#
      try db.execute(
        sql: "INSERT INTO fusion_clusters VALUES ('i1', 'water', 1, 2, 1, ?)", arguments: [body])
    }
    try queue.close()
    try InspectionStore.existing(path: path).close()
    let migrated = try DatabaseQueue(path: path)
    try migrated.read { db in
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT o.key, i.incident_id, s.key FROM incident_observations AS i
          JOIN observations AS o ON o.id = i.observation LEFT JOIN observations AS s ON s.id = i.spot
          ORDER BY o.key
          """)
      let found = rows.map { "\($0[0] as String) \($0[1] as String) \($0[2] as String? ?? "-")" }
      #expect(found == ["o0 i0 -", "o1 i1 o2", "o2 i1 o2", "o3 i3 o3", "o4 i4 -"])
      let body = try String.fetchOne(db, sql: "SELECT CAST(body AS TEXT) FROM fusion_clusters")
      #expect(
        body == #"""
          {"id":"i1","spots":[{"firstKey":"o2","weight":0.1,"name":"o2","filedCount":2},{"firstKey":"o3","name":"o3","filedCount":1}]}
          """#)
    }
    try migrated.close()
  }

  @Test func aStoreOfALaterVersionIsRefused() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("new.sqlite").path
    try InspectionStore(path: path).close()
    let database = try DatabaseQueue(path: path)
    try database.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('v99')") }
    try database.close()
    #expect { try InspectionStore(path: path) } throws: { ($0 as? StoreError)?.code == .tooNew }
  }

  @Test func twoProgramsMayOpenAnOldStoreAtOnce() async throws {
    let folder = try TemporaryFolder()
    let path = folder.file("old.sqlite").path
    let old = OldStore(caseCount: 40)
    try ReleasedSchema.v2.make(at: path) { try old.write(to: $0, version: .v2) }
    let stores = try await withThrowingTaskGroup(of: InspectionStore.self) { group in
      for _ in 0..<4 { group.addTask { try InspectionStore.existing(path: path) } }
      return try await group.reduce(into: [InspectionStore]()) { $0.append($1) }
    }
    #expect(try await stores[3].snapshot().workOrders == old.orders)
  }
}

/// A store's file as SQLite itself sees it.
enum StoreFile {
  static func integrity(of path: String) throws -> String {
    var configuration = Configuration()
    configuration.busyMode = .timeout(10)
    let database = try DatabaseQueue(path: path, configuration: configuration)
    let verdict = try database.read {
      try String.fetchAll($0, sql: "PRAGMA integrity_check").joined(separator: "\n")
    }
    try database.close()
    return verdict
  }
}
