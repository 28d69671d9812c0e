import Foundation
import GRDB
import InspectionModel
import InspectionStore
import TestSupport
import Testing

/// What a store of an earlier version holds, and whether a later one still knows it.
struct OldStore {
  let observations: [Observation]
  let incidents: [Incident]
  let orders: [WorkOrder]
  let reason = WorkOrder.DecisionReason(rule: "none", zh: "无", en: "none")

  init(caseCount: Int) {
    observations = (0...caseCount).map { Samples.observation(key: "o\($0)", seconds: Int64($0)) }
    incidents = observations.enumerated().map { Samples.incident(id: "i\($0)", observations: [$1]) }
    orders = incidents.dropLast().enumerated().map { number, incident in
      var order = Samples.workOrder(caseNumber: "500116-20261124-U-\(padded(number, 6))", incident: incident)
      order.status = WorkOrder.Status.allCases[number % WorkOrder.Status.allCases.count]
      order.tiers = [[.townStreet], [.townStreet, .district], [.district, .city]][number % 3]
      order.departmentID = number % 4 == 0 ? nil : "D0\(number % 4)"
      order.town =
        number % 5 == 0 ? nil : WorkOrder.Town(code: "50011600\(number % 5)", nameZh: "镇", nameEn: "T")
      order.deadlines = (0..<number % 3).reversed().map { step in
        WorkOrder.Deadline(
          step: "s\(step)", nameZh: "步", nameEn: "step",
          due: order.establishedAt.advanced(byNanoseconds: Int64(step + 1) * 3_600_000_000_007), limitZh: "1",
          limitEn: "1")
      }
      return order
    }
  }

  static func text(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  /// Writes the rows as the version did.
  func write(to db: Database, version: ReleasedSchema) throws {
    for value in observations {
      try db.execute(
        sql: "INSERT INTO observations VALUES (?, 'air', 'flight-1', ?, ?, ?, ?, ?)",
        arguments: [
          value.key, value.hazard.rawValue, value.score.millionths, value.phenomenonTime.nanoseconds,
          value.frame.sha256, try Self.text(value),
        ])
    }
    for value in incidents {
      try db.execute(
        sql: "INSERT INTO incidents VALUES (?, ?, ?, ?, ?, ?)",
        arguments: [
          value.id, value.hazard.rawValue, value.state.rawValue, value.firstSeen.nanoseconds,
          value.lastSeen.nanoseconds, try Self.text(value),
        ])
      try db.execute(
        sql: "INSERT INTO incident_observations VALUES (?, ?)",
        arguments: [value.observationKeys[0], value.id])
    }
    for value in orders {
      try db.execute(
        sql: "INSERT INTO work_orders VALUES (?, ?, ?, ?, ?)",
        arguments: [
          value.caseNumber, value.incidentID, value.status.rawValue, value.establishedAt.nanoseconds,
          try Self.text(value),
        ])
    }
    try db.execute(sql: "INSERT INTO case_serials VALUES ('20261124', 'U', ?)", arguments: [orders.count])
    try db.execute(sql: "INSERT INTO evidence VALUES ('abc', 7, 'p.jpg')")
    let fault = Fault(code: "frame_truncated", subject: "3.jpg", place: .byte(9), message: "cut")
    try db.execute(
      sql: "INSERT INTO faults VALUES ('air', 'flight-1', '3.jpg', 'frame_truncated', 'cut', ?)",
      arguments: [try Self.text(fault)])
    try db.execute(
      sql: "INSERT INTO frames VALUES ('air', 'flight-1', 1, '1.jpg', 'f', 5, 'exif', 'p', '{}')")
    guard version.rawValue >= 2 else { return }
    try db.execute(
      sql: "INSERT INTO declined_incidents VALUES (?, ?)",
      arguments: [incidents.last!.id, try Self.text(reason)])
  }

  /// Whether a store of today knows everything, and its lists as well.
  func check(_ store: InspectionStore, version: ReleasedSchema) async throws {
    let snapshot = try await store.snapshot()
    #expect(snapshot.observations == observations)
    #expect(snapshot.incidents == incidents)
    #expect(snapshot.workOrders == orders)
    #expect(snapshot.faults.map(\.code) == ["frame_truncated"] && snapshot.sources.map(\.frameCount) == [1])
    #expect(snapshot.declined == (version == .v1 ? [:] : [incidents.last!.id: reason]))
    let serial = try await store.settle { try $0.nextSerial(day: "20261124", sourceLetter: "U") }
    #expect(serial == orders.count + 1)
    for query in CaseOracle.queries {
      let found = try await store.cases(matching: query, limit: orders.count + 1).cases.map(\.caseNumber)
      #expect(found == CaseOracle.cases(orders, matching: query).map(\.caseNumber), "\(query)")
    }
  }
}

extension ReleasedSchema {
  /// Makes a store of this version.
  func make(at path: String, fill: (Database) throws -> Void) throws {
    let database = try DatabasePool(path: path)
    try database.write { db in
      for statement in creation { try db.execute(sql: statement) }
      try fill(db)
      for statement in migration { try db.execute(sql: statement) }
    }
    try database.close()
  }
}
