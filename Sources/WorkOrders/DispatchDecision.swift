package import InspectionModel

/// What becomes of an incident.
package enum DispatchDecision: Sendable, Hashable {
  /// A case, on this route.
  case establish(CaseRoute)
  /// No case, and why: kept with the incident, never silent.
  case decline(WorkOrder.DecisionReason)

  package var reason: WorkOrder.DecisionReason {
    switch self {
    case .establish(let route): route.reason
    case .decline(let reason): reason
    }
  }
}

/// Where a case goes and why, before it has a number and a clock.
package struct CaseRoute: Sendable, Hashable {
  package let hazardClass: HazardClass
  /// Steps with their limits: those of the class, or of the rule where it has its own.
  package let steps: [HazardClass.Step]
  package let severity: Severity
  /// Tiers that hold the case at once, lowest first.
  package let tiers: [GovernanceTier]
  package let town: WorkOrder.Town?
  package let reason: WorkOrder.DecisionReason
}
