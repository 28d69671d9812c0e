internal import GRDB
internal import InspectionModel

/// A list's question in SQL. The index is named, not left to the planner: a page costs the same on every store.
package struct CaseSelection: Sendable {
  /// Reads one index only: case number and place in the list.
  package let innerSQL: String
  let pageSQL: String
  let countSQL: String
  let arguments: StatementArguments

  /// - Parameter token: the last case of the page before; `nil` for the first page.
  package init(_ query: CaseQuery, after token: CasePageToken?) {
    var conditions: [String] = []
    var arguments = StatementArguments()
    func add(_ condition: String, _ argument: (any DatabaseValueConvertible)? = nil) {
      conditions.append(condition)
      if let argument { arguments += [argument] }
    }
    if let status = query.status { add("status = ?", status.rawValue) }
    if query.isOpen == true || query.overdueAt != nil { add("is_open = 1") }
    if query.isOpen == false { add("is_open = 0") }
    if let tier = query.tier { add("tiers & ? != 0", CaseColumns.bit(of: tier)) }
    if let townCode = query.townCode { add("town_code = ?", townCode) }
    if let department = query.department { add("department = ?", department) }
    if let hazardClass = query.hazardClass { add("hazard_class = ?", hazardClass) }
    if let overdueAt = query.overdueAt { add("due_ns < ?", overdueAt.nanoseconds) }
    let (column, direction) = Self.sorting(query.order)
    if let token {
      conditions.append("(\(column), case_number) \(direction == "DESC" ? "<" : ">") (?, ?)")
      arguments += [token.value, token.caseNumber]
    }
    let filter = conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND ")
    let source = "work_orders INDEXED BY work_orders_\(Self.index(for: query)) \(filter)"
    innerSQL = """
      SELECT case_number, \(column) AS place FROM \(source)
      ORDER BY \(column) \(direction), case_number \(direction) LIMIT ?
      """
    // Bodies are read of the page's cases alone.
    pageSQL = """
      SELECT w.body, p.place, p.case_number FROM (\(innerSQL)) AS p
      CROSS JOIN work_orders AS w ON w.case_number = p.case_number
      ORDER BY p.place \(direction), p.case_number \(direction)
      """
    countSQL = "SELECT count(*) FROM \(source)"
    self.arguments = arguments
  }

  private static func sorting(_ order: CaseQuery.Order) -> (column: String, direction: String) {
    switch order {
    case .due: ("due_ns", "ASC")
    case .oldest: ("established_ns", "ASC")
    case .newest: ("established_ns", "DESC")
    }
  }

  /// The index that leaves the fewest cases to look at; each holds every column of the filter.
  private static func index(for query: CaseQuery) -> String {
    if query.townCode != nil { return "by_town" }
    if query.department != nil { return "by_department" }
    if query.hazardClass != nil { return "by_class" }
    if query.isOpen == true || query.overdueAt != nil { return "open" }
    // Most cases are in one of the last states: sorting all of them would take longer than passing over the others.
    let isRare = query.status != .checked && query.status != .evaluated
    if query.status != nil, isRare || query.order == .due { return "by_status" }
    if query.order == .due { return "by_due" }
    return "by_established"
  }
}
