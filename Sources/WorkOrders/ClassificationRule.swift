package import InspectionModel

/// Says what a seen hazard is as a case: the first rule of the file whose conditions hold decides.
package struct ClassificationRule: Sendable, Hashable {
  /// Light or dark, by the night hours of the file.
  package enum TimeOfDay: String, Sendable, Hashable, CaseIterable {
    case day, night
  }

  /// What a rule says that the hazard is.
  package enum Outcome: Sendable, Hashable {
    /// A case of that class.
    case hazardClass(String)
    /// No case.
    case noCase
  }

  /// Identifier that every decision states.
  package var id: String
  package var hazard: HazardKind
  /// The whole sighting lies in the day, or part of it in the night; `nil` at any time.
  package var timeOfDay: TimeOfDay?
  /// The place lies in an area of that kind on file; `nil` anywhere.
  package var areaKind: String?
  package var outcome: Outcome
  /// Limits instead of those of the class.
  package var steps: [HazardClass.Step]?
  /// Why, in words for people.
  package var reason: BilingualText

  package init(
    id: String, hazard: HazardKind, timeOfDay: TimeOfDay?, areaKind: String?, outcome: Outcome,
    steps: [HazardClass.Step]?, reason: BilingualText
  ) {
    self.id = id
    self.hazard = hazard
    self.timeOfDay = timeOfDay
    self.areaKind = areaKind
    self.outcome = outcome
    self.steps = steps
    self.reason = reason
  }
}
