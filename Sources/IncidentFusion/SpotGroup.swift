import InspectionModel

/// Spots that may be one incident, with what is needed to compare groups: the joint place and how surely it is known.
struct SpotGroup: Sendable {
  /// What one witness adds: sums over its spots; offsets in metres from the origin of the plane.
  private struct Part: Sendable {
    let witness: Witness
    var weight: Double
    var weightedEast: Double
    var weightedNorth: Double
    var floorVariance: Double
  }

  private(set) var spots: [Spot]
  private(set) var firstSeen: Timestamp
  private(set) var lastSeen: Timestamp
  private(set) var place: Place?
  private let spreadMeters: Double
  private var parts: [Part] = []
  /// Frames of all spots.
  private var frames = 0

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

  /// - Parameter plane: the same for all groups that are compared.
  init(_ spot: Spot, plane: LocalPlane<CGCS2000>, spreadMeters: Double) {
    spots = [spot]
    firstSeen = spot.firstSeen
    lastSeen = spot.lastSeen
    frames = spot.frames
    self.spreadMeters = spreadMeters
    guard let location = spot.location else { return }
    let (east, north) = plane.offsetMeters(of: location.position)
    parts = [
      Part(
        witness: spot.witness, weight: location.weight, weightedEast: location.weight * east,
        weightedNorth: location.weight * north, floorVariance: location.floorVariance)
    ]
    place = jointPlace
  }

  /// - Precondition: at least one spot; all are located, or none is and all are of one witness.
  init(_ spots: [Spot], plane: LocalPlane<CGCS2000>, spreadMeters: Double) {
    precondition(!spots.isEmpty, "a group has spots")
    self.init(spots[0], plane: plane, spreadMeters: spreadMeters)
    for spot in spots.dropFirst() {
      add(SpotGroup(spot, plane: plane, spreadMeters: spreadMeters))
    }
    place = jointPlace
  }

  /// Both groups as one.
  func joined(with other: SpotGroup) -> SpotGroup {
    var joined = self
    joined.add(other)
    joined.place = joined.jointPlace
    return joined
  }

  private mutating func add(_ other: SpotGroup) {
    spots += other.spots
    firstSeen = min(firstSeen, other.firstSeen)
    lastSeen = max(lastSeen, other.lastSeen)
    frames += other.frames
    for part in other.parts {
      guard let index = parts.firstIndex(where: { $0.witness == part.witness }) else {
        parts.append(part)
        continue
      }
      parts[index].weight += part.weight
      parts[index].weightedEast += part.weightedEast
      parts[index].weightedNorth += part.weightedNorth
      parts[index].floorVariance = min(parts[index].floorVariance, part.floorVariance)
    }
  }

  /// Sightings of one witness share part of their error, so each witness's mean has a floor; the means of witnesses
  /// are weighted by their inverse variance.
  private var jointPlace: Place? {
    guard !parts.isEmpty else { return nil }
    var (weight, east, north, raw) = (0.0, 0.0, 0.0, 0.0)
    for part in parts {
      let inverse = 1 / max(1 / part.weight, part.floorVariance)
      weight += inverse
      east += part.weightedEast / part.weight * inverse
      north += part.weightedNorth / part.weight * inverse
      raw += part.weight
    }
    let spread = spreadMeters * spreadMeters
    return Place(
      east: east / weight, north: north / weight, errorVariance: 1 / weight,
      // However often it is seen: witnesses look at the same side of a wide hazard again and again.
      meanVariance: 1 / weight + spread / Double(min(frames, 4)),
      sightingVariance: Double(frames) / raw + spread)
  }

  /// How far apart two groups are, as a share of what still makes them one hazard: up to 1 they are one; `nil` where
  /// they never are (one has a place, the other none; or neither, of different witnesses).
  ///
  /// Two groups are told apart when their means differ by more than chance explains (`gateSigmas` of the means) *and*
  /// by more than sightings of one hazard scatter anyway (`apartSigmas`): with many sightings the means are so sure
  /// that the halves of one hazard would differ "significantly".
  func separation(from other: SpotGroup, rules: FusionRules) -> Double? {
    guard let mine = place, let others = other.place else {
      return place == nil && other.place == nil && spots[0].witness == other.spots[0].witness ? 0 : nil
    }
    let (east, north) = (mine.east - others.east, mine.north - others.north)
    let reach =
      rules.gateSigmas * rules.gateSigmas * (mine.meanVariance + others.meanVariance)
      + rules.apartSigmas * rules.apartSigmas * (mine.sightingVariance + others.sightingVariance) / 2
    return (east * east + north * north) / reach
  }

  /// Whether the times of both lie within the gap that one incident may have.
  func isWithinGap(of other: SpotGroup, gapSeconds: Int) -> Bool {
    let gap = max(firstSeen.seconds(since: other.lastSeen), other.firstSeen.seconds(since: lastSeen))
    return gap <= Double(gapSeconds)
  }
}
