package import InspectionModel

/// Everything that a district decides for itself: classes, departments, limits, towns, calendar; from
/// `Pipelines/governance/<district>.yaml`.
package struct Governance: Sendable, Hashable {
  /// A department of the district, with its identifier such as `D04`.
  package struct Department: Sendable, Hashable {
    package var id: String
    package var name: BilingualText

    package init(id: String, name: BilingualText) {
      self.id = id
      self.name = name
    }
  }

  /// A town or street with the point that stands for it.
  package struct TownSeat: Sendable, Hashable {
    package var town: WorkOrder.Town
    package var position: GeodeticPosition<CGCS2000>
    /// How far the point may be from the seat, metres.
    package var errorMeters: Double
    /// Its border; `nil` where the file has none.
    package var area: GroundArea?

    package init(
      town: WorkOrder.Town, position: GeodeticPosition<CGCS2000>, errorMeters: Double, area: GroundArea?
    ) {
      self.town = town
      self.position = position
      self.errorMeters = errorMeters
      self.area = area
    }
  }

  /// An area of a kind that classification rules ask for, such as a watercourse.
  package struct KnownArea: Sendable, Hashable {
    package var kind: String
    package var name: BilingualText
    package var area: GroundArea

    package init(kind: String, name: BilingualText, area: GroundArea) {
      self.kind = kind
      self.name = name
      self.area = area
    }
  }

  /// What happens when a share of a limit has passed.
  package struct EscalationStep: Sendable, Hashable {
    /// What changes, apart from people being told.
    package enum Effect: Sendable, Hashable {
      case tell
      /// The tier looks after those that hold the case.
      case supervise(GovernanceTier)
      /// The tier holds the case itself and sends it to the department.
      case takeOver(GovernanceTier)
    }

    /// Percent of the limit.
    package var percent: Int
    package var action: BilingualText
    package var effect: Effect

    package init(percent: Int, action: BilingualText, effect: Effect = .tell) {
      self.percent = percent
      self.action = action
      self.effect = effect
    }
  }

  /// Six digits, such as `500116`.
  package var divisionCode: String
  package var name: BilingualText
  package var area: GroundArea
  package var towns: [TownSeat]
  package var departments: [Department]
  package var knownAreas: [KnownArea]
  package var classes: [HazardClass]
  /// In the order of the file.
  package var rules: [ClassificationRule]
  package var night: ClockSpan
  package var calendar: WorkingCalendar
  package var escalation: [EscalationStep]
  /// Credits that exports repeat, such as the source of the towns' points.
  package var attributions: [String]
  package var caseRules: CaseRules
  /// In the order of the file.
  package var campaigns: [Campaign]

  /// - Precondition: departments and classes that are referred to exist, identifiers are unique, and every kind of
  ///   hazard ends at a rule without conditions (the reader of the file has checked all this with line numbers).
  package init(
    divisionCode: String, name: BilingualText, area: GroundArea, towns: [TownSeat], departments: [Department],
    knownAreas: [KnownArea], classes: [HazardClass], rules: [ClassificationRule], night: ClockSpan,
    calendar: WorkingCalendar, escalation: [EscalationStep], attributions: [String],
    caseRules: CaseRules, campaigns: [Campaign]
  ) {
    self.divisionCode = divisionCode
    self.name = name
    self.area = area
    self.towns = towns
    self.departments = departments
    self.knownAreas = knownAreas
    self.classes = classes
    self.rules = rules
    self.night = night
    self.calendar = calendar
    self.escalation = escalation
    self.attributions = attributions
    self.caseRules = caseRules
    self.campaigns = campaigns
    precondition(Set(departments.map(\.id)).count == departments.count, "department ids are unique")
    precondition(Set(classes.map(\.key)).count == classes.count, "class keys are unique")
    precondition(Set(rules.map(\.id)).count == rules.count, "rule ids are unique")
    precondition(classes.allSatisfy(hasItsDepartments), "every department of a class exists")
    for rule in rules {
      guard case .hazardClass(let key) = rule.outcome else { continue }
      precondition(hazardClass(key) != nil, "the class of a rule exists")
    }
    let inLists = Set(caseRules.pushDown.values.joined()).union(campaigns.flatMap(\.classes))
    precondition(inLists.allSatisfy { hazardClass($0) != nil }, "the classes of lists and campaigns exist")
    for kind in HazardKind.allCases {
      let last = rules.last { $0.hazard == kind }
      precondition(
        last != nil && last?.timeOfDay == nil && last?.areaKind == nil,
        "the last rule of every hazard has no conditions")
    }
  }

  package func hazardClass(_ key: String) -> HazardClass? { classes.first { $0.key == key } }

  package func department(_ id: String) -> Department? { departments.first { $0.id == id } }

  private func hasItsDepartments(_ hazardClass: HazardClass) -> Bool {
    department(hazardClass.leadDepartmentID) != nil
      && hazardClass.supporting.allSatisfy {
        if case .department(let id) = $0 { department(id) != nil } else { true }
      }
  }
}
