package import InspectionModel

/// Something that a tier is to be told at once, if its budget allows.
package struct AlarmNotice: Sendable, Hashable, Codable {
  package var caseNumber: String
  /// Event of the case that it tells of.
  package var sequence: Int
  package var tier: GovernanceTier
  package var time: Timestamp
  package var hazardClass: String
  package var nameZh: String
  package var nameEn: String
  package var severity: Severity
  package var town: WorkOrder.Town?
  /// Whether it passes whatever the budget says.
  package var isEmergency: Bool
  /// What happened.
  package var reason: WorkOrder.DecisionReason

  package init(
    caseNumber: String, sequence: Int, tier: GovernanceTier, time: Timestamp, hazardClass: String,
    nameZh: String, nameEn: String, severity: Severity, town: WorkOrder.Town?, isEmergency: Bool,
    reason: WorkOrder.DecisionReason
  ) {
    self.caseNumber = caseNumber
    self.sequence = sequence
    self.tier = tier
    self.time = time
    self.hazardClass = hazardClass
    self.nameZh = nameZh
    self.nameEn = nameEn
    self.severity = severity
    self.town = town
    self.isEmergency = isEmergency
    self.reason = reason
  }

  /// The same for the same event and tier, whoever offers it how often: `500116-20261124-N-000001#3@district`.
  package var key: String { "\(caseNumber)#\(sequence)@\(tier.rawValue)" }
}
