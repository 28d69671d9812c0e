import InspectionModel
import InspectionStore
import TestSupport

/// Lists of cases the obvious way: look at every case, then sort.
enum CaseOracle {
  static func cases(_ orders: [WorkOrder], matching query: CaseQuery) -> [WorkOrder] {
    let due = { (order: WorkOrder) in order.deadlines.map(\.due.nanoseconds).min() ?? Int64.max }
    let found = orders.filter { order in
      (query.status.map { order.status == $0 } ?? true)
        && (query.isOpen.map { order.status.isOpen == $0 } ?? true)
        && (query.tier.map { order.tiers.contains($0) } ?? true)
        && (query.townCode.map { (order.town?.code ?? "") == $0 } ?? true)
        && (query.department.map { (order.departmentID ?? order.department) == $0 } ?? true)
        && (query.hazardClass.map { order.hazardClass == $0 } ?? true)
        && (query.overdueAt.map { order.status.isOpen && due(order) < $0.nanoseconds } ?? true)
    }
    switch query.order {
    case .due: return found.sorted { (due($0), $0.caseNumber) < (due($1), $1.caseNumber) }
    case .oldest:
      return found.sorted { ($0.establishedAt, $0.caseNumber) < ($1.establishedAt, $1.caseNumber) }
    case .newest:
      return found.sorted { ($0.establishedAt, $0.caseNumber) > ($1.establishedAt, $1.caseNumber) }
    }
  }

  /// A question of each sort, and some that ask for several properties.
  static let queries: [CaseQuery] = {
    let instant = Samples.observation(key: "o", seconds: 7200).phenomenonTime
    let filters = [
      CaseQuery(), CaseQuery(status: .paused), CaseQuery(status: .evaluated, isOpen: false),
      CaseQuery(isOpen: true), CaseQuery(isOpen: false), CaseQuery(tier: .city),
      CaseQuery(isOpen: true, tier: .townStreet), CaseQuery(townCode: "500116002"), CaseQuery(townCode: ""),
      CaseQuery(department: "D02"), CaseQuery(department: "区消防救援局"), CaseQuery(hazardClass: "fire_smoke"),
      CaseQuery(overdueAt: instant), CaseQuery(status: .handling, overdueAt: instant),
      CaseQuery(
        isOpen: true, tier: .district, townCode: "500116001", department: "D01", hazardClass: "fire_smoke",
        overdueAt: instant),
    ]
    return filters.flatMap { filter in
      CaseQuery.Order.allCases.map {
        var query = filter
        query.order = $0
        return query
      }
    }
  }()
}
