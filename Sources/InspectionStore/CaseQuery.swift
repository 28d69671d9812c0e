package import InspectionModel

/// Which cases a list shows and in which order; `nil` leaves a property open.
package struct CaseQuery: Sendable, Equatable {
  /// What comes first; the case number decides between equals.
  package enum Order: String, Sendable, CaseIterable {
    /// What is due soonest; without anything due last.
    case due
    /// What was established first.
    case oldest
    /// What was established last.
    case newest
  }

  package var status: WorkOrder.Status?
  /// Whether somebody still has something to do.
  package var isOpen: Bool?
  /// A tier that holds the case, alone or with others.
  package var tier: GovernanceTier?
  /// Nine digits; empty for cases outside every town.
  package var townCode: String?
  /// Identifier of the lead department such as `D04`, or its name where it has none.
  package var department: String?
  /// Key of the class in the governance file.
  package var hazardClass: String?
  /// Only open cases that were due before this instant.
  package var overdueAt: Timestamp?
  package var order: Order

  package init(
    status: WorkOrder.Status? = nil, isOpen: Bool? = nil, tier: GovernanceTier? = nil,
    townCode: String? = nil, department: String? = nil, hazardClass: String? = nil,
    overdueAt: Timestamp? = nil, order: Order = .due
  ) {
    self.status = status
    self.isOpen = isOpen
    self.tier = tier
    self.townCode = townCode
    self.department = department
    self.hazardClass = hazardClass
    self.overdueAt = overdueAt
    self.order = order
  }
}
