package import InspectionModel

/// What the district lays down for the life of a case: the list of what may be pushed down, closing by picture,
/// tuning of thresholds, the budget of alarms.
package struct CaseRules: Sendable, Hashable {
  /// When an after-picture shows the same place.
  package struct Closing: Sendable, Hashable {
    /// Joint standard deviations of the two positions that may lie between them.
    package var gateSigmas: Double
    /// How far a hazard itself may spread, metres; added to the errors of the positions.
    package var spreadMeters: Double

    package init(gateSigmas: Double, spreadMeters: Double) {
      self.gateSigmas = gateSigmas
      self.spreadMeters = spreadMeters
    }
  }

  /// How "not a hazard" raises the threshold of one camera for one hazard at one time of the day.
  package struct Tuning: Sendable, Hashable {
    /// Raise per decision.
    package var step: HazardScore
    /// Highest raise.
    package var maximum: HazardScore
    /// Thresholds are never raised beyond this score.
    package var ceiling: HazardScore
    /// Fewer decisions than this raise nothing.
    package var minimumDecisions: Int
    /// Length of a band of the day, hours; divides 24.
    package var bandHours: Int

    /// - Precondition: a band divides the day.
    package init(
      step: HazardScore, maximum: HazardScore, ceiling: HazardScore, minimumDecisions: Int, bandHours: Int
    ) {
      precondition((1...24).contains(bandHours) && 24 % bandHours == 0, "a band of hours divides the day")
      self.step = step
      self.maximum = maximum
      self.ceiling = ceiling
      self.minimumDecisions = minimumDecisions
      self.bandHours = bandHours
    }
  }

  /// How many notices a tier takes in an hour.
  package struct Alarms: Sendable, Hashable {
    /// Notices per hour of the clock; a tier that is missing takes any number.
    package var perHour: [GovernanceTier: Int]
    /// From this severity on a notice always passes, as do those of classes whose clock never pauses.
    package var alwaysFrom: Severity

    package init(perHour: [GovernanceTier: Int], alwaysFrom: Severity) {
      self.perHour = perHour
      self.alwaysFrom = alwaysFrom
    }
  }

  /// 分级分类库: keys of the classes that a tier may push down.
  package var pushDown: [GovernanceTier: Set<String>]
  package var closing: Closing
  package var tuning: Tuning
  package var alarms: Alarms

  package init(
    pushDown: [GovernanceTier: Set<String>], closing: Closing, tuning: Tuning, alarms: Alarms
  ) {
    self.pushDown = pushDown
    self.closing = closing
    self.tuning = tuning
    self.alarms = alarms
  }
}
