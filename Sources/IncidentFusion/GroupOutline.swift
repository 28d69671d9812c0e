import InspectionModel

/// What is compared of a group of spots: numbers only, so that many can be compared quickly.
struct GroupOutline: Sendable {
  var firstSeen: Timestamp
  var lastSeen: Timestamp
  /// `nil` for a group without place: it is that of one witness.
  var place: Place?

  /// Joint place of a group.
  struct Place: Sendable {
    /// Metres from the origin of the plane.
    var east: Double
    var north: Double
    /// Of the mean, per axis, from the witnesses' errors alone, m².
    var errorVariance: Double
    /// Of the mean, with the hazard's own extent, m².
    var meanVariance: Double
    /// Of one typical sighting, with the hazard's own extent, m².
    var sightingVariance: Double
  }

  /// How far apart two places are, as a share of what still makes them one hazard: up to 1 they are one; `nil` where
  /// one has no place.
  ///
  /// Two groups are told apart when their means differ by more than chance explains (`gateSigmas` of the means) *and*
  /// by more than sightings of one hazard scatter anyway (`apartSigmas`): with many sightings the means are so sure
  /// that the halves of one hazard would differ "significantly".
  func separation(from other: GroupOutline, rules: FusionRules) -> Double? {
    guard let mine = place, let others = other.place else { return nil }
    let (east, north) = (mine.east - others.east, mine.north - others.north)
    let reach =
      rules.gateSigmas * rules.gateSigmas * (mine.meanVariance + others.meanVariance)
      + rules.apartSigmas * rules.apartSigmas * max(mine.sightingVariance, others.sightingVariance)
    return (east * east + north * north) / reach
  }

  /// Whether the times of both lie within the gap that one incident may have.
  func isWithinGap(of other: GroupOutline, gapSeconds: Int) -> Bool {
    let gap = max(firstSeen.seconds(since: other.lastSeen), other.firstSeen.seconds(since: lastSeen))
    return gap <= Double(gapSeconds)
  }
}
