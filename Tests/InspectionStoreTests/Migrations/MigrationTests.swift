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
