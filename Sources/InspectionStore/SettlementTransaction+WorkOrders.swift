internal import GRDB
package import InspectionModel

extension SettlementTransaction {
  /// Writes a work order; 1 where it is new.
  ///
  /// - Parameter due: what lists sort by and call overdue; the soonest deadline where it is not given.
  package func put(_ order: WorkOrder, due: Timestamp? = nil) throws -> Int {
    let columns = CaseColumns(order, due: due)
    let body = try StoredJSON.text(order)
    let stored = try Row.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT status, is_open, due_ns, tiers, town_code, department, hazard_class
          FROM work_orders WHERE case_number = ?
          """), arguments: [order.caseNumber])
    if let stored, CaseColumns(stored) == columns {
      // Nothing that an index holds has changed: they stay as they are.
      try db.cachedStatement(sql: "UPDATE work_orders SET body = ? WHERE case_number = ?")
        .execute(arguments: [body, order.caseNumber])
      return 0
    }
    try db.cachedStatement(
      sql: """
        INSERT INTO work_orders (case_number, incident_id, established_ns, status, is_open, due_ns, tiers,
          town_code, department, hazard_class, body)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (case_number) DO UPDATE SET status = excluded.status, is_open = excluded.is_open,
          due_ns = excluded.due_ns, tiers = excluded.tiers, town_code = excluded.town_code,
          department = excluded.department, hazard_class = excluded.hazard_class, body = excluded.body
        """
    ).execute(
      arguments: [
        order.caseNumber, order.incidentID, order.establishedAt.nanoseconds, columns.status, columns.isOpen,
        columns.due, columns.tiers, columns.townCode, columns.department, columns.hazardClass, body,
      ])
    return stored == nil ? 1 : 0
  }
}

/// What a case's row restates of its body.
struct CaseColumns: Equatable {
  var status: String
  var isOpen: Bool
  var due: Int64
  var tiers: Int
  var townCode: String
  var department: String
  var hazardClass: String

  init(_ order: WorkOrder, due: Timestamp?) {
    status = order.status.rawValue
    isOpen = order.status.isOpen
    self.due = (due ?? order.deadlines.map(\.due).min())?.nanoseconds ?? .max
    tiers = Set(order.tiers).reduce(0) { $0 | Self.bit(of: $1) }
    townCode = order.town?.code ?? ""
    department = order.departmentID ?? order.department
    hazardClass = order.hazardClass
  }

  init(_ row: Row) {
    status = row[0]
    isOpen = row[1]
    due = row[2]
    tiers = row[3]
    townCode = row[4]
    department = row[5]
    hazardClass = row[6]
  }

  /// The bit of a tier in the column `tiers`.
  static func bit(of tier: GovernanceTier) -> Int {
    switch tier {
    case .townStreet: 1
    case .district: 2
    case .city: 4
    }
  }
}
