import Foundation
import GRDB
import InspectionModel
import InspectionStore
import TestSupport

/// Kills a program that brings an old store to the newest schema, and checks that nothing is missing afterwards.
struct MigrationStorm {
  let kills: Int
  let seed: UInt64
  /// Cases of the old store.
  let count = 100_000

  func run() async throws -> Bool {
    var random = SeededGenerator(seed: seed)
    let folder = try TemporaryFolder()
    let (template, path) = (folder.file("old.sqlite").path, folder.file("store.sqlite").path)
    try makeOldStore(template)
    try copy(template, to: path)
    let start = ContinuousClock.now
    try InspectionStore(path: path).close()
    let length = wallSeconds(ContinuousClock.now - start)
    var (cut, damaged, missing) = (0, 0, 0)
    for number in 0..<kills {
      try copy(template, to: path)
      let child = try Child(["open", path], output: folder.file("out-\(number)"))
      let span = Int.random(in: 5...Int(length * 1000) + 50, using: &random)
      if child.kill(afterMilliseconds: span) { cut += 1 }
      let store = try InspectionStore(path: path)
      if try CrashStorm.integrity(path) != "ok" { damaged += 1 }
      for query in [CaseQuery(), CaseQuery(isOpen: true, townCode: "500116003")] {
        let expected = query.isOpen == nil ? count : count / 20
        if try await store.caseCount(matching: query) != expected { missing += 1 }
      }
      try store.close()
    }
    Console.say(
      "\(kills) migrations of \(count) cases (\(milliseconds(length)) ms), \(cut) killed before their end: "
        + "\(damaged) damaged, \(missing) with cases missing")
    return cut > 0 && damaged == 0 && missing == 0
  }

  private func copy(_ source: String, to target: String) throws {
    for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: target + suffix) }
    try FileManager.default.copyItem(atPath: source, toPath: target)
  }

  private func makeOldStore(_ path: String) throws {
    let database = try DatabasePool(path: path)
    try database.write { db in
      for statement in ReleasedSchema.v2.creation { try db.execute(sql: statement) }
      let encoder = JSONEncoder()
      for number in 0..<count {
        var incident = Samples.incident(id: "i\(number)", observations: [Samples.observation(key: "k")])
        incident.observationKeys = []
        var order = Samples.workOrder(caseNumber: "c\(padded(number, 6))", incident: incident)
        order.status = number % 20 < 10 ? .evaluated : .handling
        order.town = WorkOrder.Town(code: "50011600\(number % 10)", nameZh: "镇", nameEn: "Town")
        try db.cachedStatement(sql: "INSERT INTO incidents VALUES (?, 'fire_smoke', 'confirmed', 1, 2, '{}')")
          .execute(arguments: [incident.id])
        let body = String(decoding: try encoder.encode(order), as: UTF8.self)
        try db.cachedStatement(sql: "INSERT INTO work_orders VALUES (?, ?, ?, 3, ?)")
          .execute(arguments: [order.caseNumber, incident.id, order.status.rawValue, body])
      }
    }
    try database.close()
  }
}
