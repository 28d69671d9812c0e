package import InspectionModel

/// A class of cases: what it is called, who leads, by when, and how bad it is.
package struct HazardClass: Sendable, Hashable {
  /// A step with a limit.
  package struct Step: Sendable, Hashable {
    /// `dispatch`, `onSite`, `respond`, `barrier`, `repair` …
    package var key: String
    package var name: BilingualText
    package var limit: WorkLimit

    package init(key: String, name: BilingualText, limit: WorkLimit) {
      self.key = key
      self.name = name
      self.limit = limit
    }
  }

  /// Raises severity, and the tiers where it names some, from a score, a confidence and a vehicle count on.
  package struct SeverityStep: Sendable, Hashable {
    package var severity: Severity
    package var peakScore: HazardScore
    package var confidence: HazardScore
    package var vehicleCount: Int?
    package var tiers: [GovernanceTier]?

    package init(
      severity: Severity, peakScore: HazardScore, confidence: HazardScore, vehicleCount: Int?,
      tiers: [GovernanceTier]?
    ) {
      self.severity = severity
      self.peakScore = peakScore
      self.confidence = confidence
      self.vehicleCount = vehicleCount
      self.tiers = tiers
    }
  }

  /// A supporting unit: a department of the list, or the town or street where the case lies.
  package enum SupportingUnit: Sendable, Hashable {
    case department(id: String)
    case localTown
  }

  /// Fields of a CAP 1.2 message.
  package struct AlertFields: Sendable, Hashable {
    package var category: String
    package var urgency: String

    package init(category: String, urgency: String) {
      self.category = category
      self.urgency = urgency
    }
  }

  /// Key of the class, such as `waterlogging`.
  package var key: String
  package var name: BilingualText
  /// Five digits.
  package var code: String
  /// Whether the code is the district's own, not one of GB/T 47678.5.
  package var isLocalExtension: Bool
  /// Other codes that a person may choose after a look.
  package var relatedCodes: [String]
  package var leadDepartmentID: String
  /// How the lead is named on the case where that is more than the department, such as `权属单位/区城市管理局`.
  package var leadName: BilingualText?
  package var supporting: [SupportingUnit]
  /// Tiers that hold a case at once, lowest first.
  package var tiers: [GovernanceTier]
  package var steps: [Step]
  package var severity: Severity
  package var severitySteps: [SeverityStep]
  package var alert: AlertFields
  /// Life safety: the clock of a case never stops and is never extended.
  package var neverPauses: Bool

  package init(
    key: String, name: BilingualText, code: String, isLocalExtension: Bool, relatedCodes: [String],
    leadDepartmentID: String, leadName: BilingualText?, supporting: [SupportingUnit], tiers: [GovernanceTier],
    steps: [Step], severity: Severity, severitySteps: [SeverityStep], alert: AlertFields,
    neverPauses: Bool = false
  ) {
    self.key = key
    self.name = name
    self.code = code
    self.isLocalExtension = isLocalExtension
    self.relatedCodes = relatedCodes
    self.leadDepartmentID = leadDepartmentID
    self.leadName = leadName
    self.supporting = supporting
    self.tiers = tiers
    self.steps = steps
    self.severity = severity
    self.severitySteps = severitySteps
    self.alert = alert
    self.neverPauses = neverPauses
  }
}
