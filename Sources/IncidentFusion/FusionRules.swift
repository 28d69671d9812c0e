package import InspectionModel

/// How sightings join to incidents and when an incident counts as confirmed; from the governance file.
package struct FusionRules: Sendable, Hashable {
  /// What holds for one kind of hazard.
  package struct HazardRules: Sendable, Hashable {
    /// How far from its centre one hazard of this kind is typically seen, metres (one standard deviation per
    /// axis): a fire front is wide, a pothole is not.
    package var spreadMeters: Double
    /// A hazard not seen for longer than this is over; a later sighting is a new incident.
    package var gapSeconds: Int
    /// Joint confidence from which an incident is confirmed.
    package var confirmConfidence: HazardScore
    /// Number of different frames (over all witnesses) that a confirmed incident needs at least.
    package var confirmFrames: Int

    package init(spreadMeters: Double, gapSeconds: Int, confirmConfidence: HazardScore, confirmFrames: Int) {
      self.spreadMeters = spreadMeters
      self.gapSeconds = gapSeconds
      self.confirmConfidence = confirmConfidence
      self.confirmFrames = confirmFrames
    }
  }

  /// Two groups of sightings may be two hazards only where their means differ by more than this many joint standard
  /// deviations of the means.
  package var gateSigmas: Double
  /// … and only where they differ, beyond that, by this many standard deviations of a typical sighting.
  package var apartSigmas: Double
  /// Sightings that come in at most this much later than newer ones are taken in their place, whatever the order of
  /// arrival; what comes later still is joined to what stands by then.
  package var windowSeconds: Int
  /// Sightings are joined in steps of this length; the window is a multiple of it.
  package var stepSeconds: Int
  /// Part of the confidence (0…1) that one look takes which does not find the hazard.
  package var missWeight: HazardScore
  /// Looks of one witness that are closer to each other count once.
  package var lookIntervalSeconds: Int
  /// A hazard of which less than this part of its confidence is left counts as gone.
  package var goneBelow: HazardScore
  /// Satellite positioning error that all sightings of one witness have in common, metres per axis.
  package var sharedBiasSigmaMeters: Double
  /// Part of a sighting's sigma (0…1) that further sightings of the same witness do not remove: mounting angle,
  /// terrain and lens are wrong in the same way every time.
  package var sharedErrorShare: Double
  /// The most that repeated sightings by one witness take away from the remaining doubt.
  package var repeatGain: HazardScore
  /// How much a further witness of the same kind counts: they share the analyser and its mistakes.
  package var sameKindIndependence: HazardScore
  private let hazards: [HazardKind: HazardRules]

  /// - Precondition: `hazards` has an entry for every kind; distances and times are positive, the share lies in
  ///   0…1.
  package init(
    gateSigmas: Double, apartSigmas: Double, windowSeconds: Int, stepSeconds: Int, missWeight: HazardScore,
    lookIntervalSeconds: Int, goneBelow: HazardScore, sharedBiasSigmaMeters: Double, sharedErrorShare: Double,
    repeatGain: HazardScore,
    sameKindIndependence: HazardScore, hazards: [HazardKind: HazardRules]
  ) {
    precondition(stepSeconds > 0 && windowSeconds >= stepSeconds, "the window holds at least one step")
    precondition(apartSigmas >= 0 && lookIntervalSeconds >= 0, "fusion rules are not negative")
    precondition(gateSigmas > 0 && sharedBiasSigmaMeters > 0, "fusion rules need positive sigmas")
    precondition((0...1).contains(sharedErrorShare), "the shared part of an error lies in 0…1")
    for kind in HazardKind.allCases {
      guard let rules = hazards[kind] else { preconditionFailure("no fusion rules for \(kind.rawValue)") }
      precondition(
        rules.spreadMeters > 0 && rules.gapSeconds > 0 && rules.confirmFrames > 0,
        "fusion rules of a hazard are positive")
    }
    self.gateSigmas = gateSigmas
    self.apartSigmas = apartSigmas
    self.windowSeconds = windowSeconds
    self.stepSeconds = stepSeconds
    self.missWeight = missWeight
    self.lookIntervalSeconds = lookIntervalSeconds
    self.goneBelow = goneBelow
    self.sharedBiasSigmaMeters = sharedBiasSigmaMeters
    self.sharedErrorShare = sharedErrorShare
    self.repeatGain = repeatGain
    self.sameKindIndependence = sameKindIndependence
    self.hazards = hazards
  }

  /// The rules of one kind of hazard.
  package subscript(kind: HazardKind) -> HazardRules {
    guard let rules = hazards[kind] else { preconditionFailure("no fusion rules for \(kind.rawValue)") }
    return rules
  }
}
