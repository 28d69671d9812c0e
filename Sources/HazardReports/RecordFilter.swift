package import InspectionModel

/// Which part of a record is wanted. An empty list means "any".
package struct RecordFilter: Sendable, Hashable {
  /// Wanted from this instant on.
  package var since: Timestamp?
  /// Wanted before this instant.
  package var until: Timestamp?
  package var hazards: [HazardKind]
  package var tiers: [GovernanceTier]
  /// Nine-digit codes of towns and streets.
  package var townCodes: [String]
  package var statuses: [StatusCriterion]

  /// - Precondition: `since` is before `until` where both are given.
  package init(
    since: Timestamp? = nil, until: Timestamp? = nil, hazards: [HazardKind] = [],
    tiers: [GovernanceTier] = [], townCodes: [String] = [], statuses: [StatusCriterion] = []
  ) {
    if let since, let until { precondition(since < until, "a time span has a length") }
    self.since = since
    self.until = until
    self.hazards = hazards
    self.tiers = tiers
    self.townCodes = townCodes
    self.statuses = statuses
  }

  /// Whether nothing is left out.
  package var isEmpty: Bool { self == RecordFilter() }

  /// A state of the case, of the incident, or simply open or closed.
  package enum StatusCriterion: Sendable, Hashable {
    case open
    case closed
    case order(WorkOrder.Status)
    case incident(Incident.State)

    /// The word of the command line; `nil` for a word that is none.
    package init?(word: String) {
      guard let match = Self.all.first(where: { $0.word == word }) else { return nil }
      self = match
    }

    package var word: String {
      switch self {
      case .open: "open"
      case .closed: "closed"
      case .order(let status): status.rawValue
      case .incident(let state): state.rawValue
      }
    }

    /// All criteria in the order in which help lists them.
    package static let all: [StatusCriterion] =
      [.open, .closed] + WorkOrder.Status.allCases.map(StatusCriterion.order)
      + Incident.State.allCases.map(StatusCriterion.incident)

    /// Without an order, an incident is open until it is resolved or dismissed.
    func matches(_ incident: Incident, order: WorkOrder?) -> Bool {
      let isOpen = order?.status.isOpen ?? (incident.state == .suspected || incident.state == .confirmed)
      return switch self {
      case .open: isOpen
      case .closed: !isOpen
      case .order(let status): order?.status == status
      case .incident(let state): incident.state == state
      }
    }
  }

  /// Whether an incident, with the order that stands for it, is wanted. Its time is the span in which it was seen.
  package func matches(_ incident: Incident, order: WorkOrder?) -> Bool {
    if let since, incident.lastSeen < since { return false }
    if let until, incident.firstSeen >= until { return false }
    if !hazards.isEmpty, !hazards.contains(incident.hazard) { return false }
    if !tiers.isEmpty, !(order?.tiers.contains { tiers.contains($0) } ?? false) { return false }
    if !townCodes.isEmpty, !(order?.town.map { townCodes.contains($0.code) } ?? false) { return false }
    return statuses.isEmpty || statuses.contains { $0.matches(incident, order: order) }
  }

  /// Whether an observation that belongs to no incident is wanted: one that has no case cannot match a tier, a town
  /// or a state.
  package func matches(loose observation: Observation) -> Bool {
    if let since, observation.phenomenonTime < since { return false }
    if let until, observation.phenomenonTime >= until { return false }
    guard hazards.isEmpty || hazards.contains(observation.hazard) else { return false }
    return tiers.isEmpty && townCodes.isEmpty && statuses.isEmpty
  }
}

extension InspectionRecord {
  /// The wanted part. An incident that stays keeps all its observations (they are its evidence); coverage and faults
  /// stay whole, since they tell what was looked at.
  package func filtered(by filter: RecordFilter) -> InspectionRecord {
    if filter.isEmpty { return self }
    let kept = incidents.filter { filter.matches($0, order: workOrder(of: $0)) }
    let keptIDs = Set(kept.map(\.id))
    return InspectionRecord(
      run: run,
      observations: observations.filter { observation in
        incidentID(of: observation).map(keptIDs.contains) ?? filter.matches(loose: observation)
      },
      incidents: kept, workOrders: workOrders.filter { keptIDs.contains($0.incidentID) }, faults: faults,
      declined: declined.filter { keptIDs.contains($0.key) }, filter: filter)
  }
}
