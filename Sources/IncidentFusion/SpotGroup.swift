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
  private(set) var outline: GroupOutline
  private let spreadMeters: Double
  private var parts: [Part] = []
  /// Frames of all spots.
  private var frames = 0

  /// - Parameter plane: the same for all groups that are compared.
  init(_ spot: Spot, plane: LocalPlane<CGCS2000>, spreadMeters: Double) {
    spots = [spot]
    outline = GroupOutline(firstSeen: spot.firstSeen, lastSeen: spot.lastSeen, place: nil)
    frames = spot.frames
    self.spreadMeters = spreadMeters
    guard let location = spot.location else { return }
    let (east, north) = plane.offsetMeters(of: location.position)
    parts = [
      Part(
        witness: spot.witness, weight: location.weight, weightedEast: location.weight * east,
        weightedNorth: location.weight * north, floorVariance: location.floorVariance)
    ]
    outline.place = jointPlace
  }

  /// - Precondition: at least one spot; all are located, or none is and all are of one witness.
  init(_ spots: [Spot], plane: LocalPlane<CGCS2000>, spreadMeters: Double) {
    precondition(!spots.isEmpty, "a group has spots")
    self.init(spots[0], plane: plane, spreadMeters: spreadMeters)
    for spot in spots.dropFirst() {
      add(SpotGroup(spot, plane: plane, spreadMeters: spreadMeters))
    }
    outline.place = jointPlace
  }

  /// Both groups as one.
  func joined(with other: SpotGroup) -> SpotGroup {
    var joined = self
    joined.add(other)
    joined.outline.place = joined.jointPlace
    return joined
  }

  private mutating func add(_ other: SpotGroup) {
    spots += other.spots
    outline.firstSeen = min(outline.firstSeen, other.outline.firstSeen)
    outline.lastSeen = max(outline.lastSeen, other.outline.lastSeen)
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
  private var jointPlace: GroupOutline.Place? {
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
    return GroupOutline.Place(
      east: east / weight, north: north / weight, errorVariance: 1 / weight,
      // However often it is seen: witnesses look at the same side of a wide hazard again and again.
      meanVariance: 1 / weight + spread / Double(min(frames, 4)),
      sightingVariance: Double(frames) / raw + spread)
  }
}
