import InspectionModel

/// One step of fusion: what the sightings and looks of a few minutes make of the incidents that were open before.
///
/// A pure function: the same incidents, sightings and looks give the same result in whatever order they are given.
struct StepFold {
  let rules: FusionRules
  let kind: HazardKind

  /// Incidents after a step.
  struct Outcome: Sendable {
    /// Those that can take further sightings, by first sighting and id.
    var open: [Cluster]
    /// Those whose gap has passed during the step.
    var closed: [Cluster]
  }

  /// Groups up to this many times farther apart than what is one hazard are looked at together.
  private static let neighbourhood = 4.0
  /// Spots of one witness in one incident; more are joined to the nearest.
  private static let spotsOfWitness = 3

  /// - Parameter end: end of the step: incidents not seen for longer than their gap by then are closed.
  func fold(_ open: [Cluster], sightings: [Observation], looks: [Look], end: Timestamp) -> Outcome {
    let spots = newSpots(sightings)
    let plane = Self.plane(of: spots)
    let (components, untouched) = components(open, spots, plane)
    var clusters = untouched.map { open[$0] }
    for component in components {
      clusters += regrouped(component.clusters.map { open[$0] }, component.spots.map { spots[$0] }, plane)
    }
    for look in looks.sorted(by: { ($0.time, $0.key) < ($1.time, $1.key) }) {
      for index in clusters.indices
      where clusters[index].isCovered(by: look) {
        clusters[index].miss(by: look, rules: rules)
      }
    }
    clusters.sort { ($0.firstSeen, $0.id) < ($1.firstSeen, $1.id) }
    let gap = Double(rules[kind].gapSeconds)
    func isOver(_ cluster: Cluster) -> Bool { end.seconds(since: cluster.lastSeen) > gap }
    return Outcome(open: clusters.filter { !isOver($0) }, closed: clusters.filter(isOver))
  }

  /// Sightings as spots; those of one witness that lie close together are one spot from the beginning.
  private func newSpots(_ sightings: [Observation]) -> [Spot] {
    var spots: [Spot] = []
    var ofWitness: [Witness: [Int]] = [:]
    let ordered = sightings.sorted { ($0.phenomenonTime, $0.key) < ($1.phenomenonTime, $1.key) }
    for observation in ordered {
      let place = observation.place.flatMap { $0.isUsable ? $0 : nil }
      let spot = Spot(observation, place: place, rules: rules)
      let own = ofWitness[spot.witness] ?? []
      if let index = own.first(where: { isOneSpot(spots[$0].location, spots[$0].lastSeen, spot) }) {
        spots[index].absorb(spot)
      } else {
        ofWitness[spot.witness, default: []].append(spots.count)
        spots.append(spot)
      }
    }
    return spots
  }

  /// Whether a sighting says no more than a spot of the same witness: it lies within half of a typical deviation.
  private func isOneSpot(_ location: Spot.Location?, _ lastSeen: Timestamp, _ sighting: Spot) -> Bool {
    guard sighting.firstSeen.seconds(since: lastSeen) <= Double(rules[kind].gapSeconds) else { return false }
    guard let left = location, let right = sighting.location else {
      return location == nil && sighting.location == nil
    }
    let (east, north) = LocalPlane(origin: left.position).offsetMeters(of: right.position)
    let spread = rules[kind].spreadMeters
    return (east * east + north * north) * 4 <= 1 / right.weight + spread * spread
  }

  /// Indices of incidents and new spots that have to be looked at together, and of incidents near which nothing is new.
  private func components(
    _ open: [Cluster], _ spots: [Spot], _ plane: LocalPlane<CGCS2000>
  ) -> (touched: [(clusters: [Int], spots: [Int])], untouched: [Int]) {
    let spread = rules[kind].spreadMeters
    let outlines =
      open.map { $0.outline(in: plane) }
      + spots.map { SpotGroup($0, plane: plane, spreadMeters: spread).outline }
    let witnesses = open.map(\.spots[0].witness) + spots.map(\.witness)
    var parents = Array(outlines.indices)
    func root(_ index: Int) -> Int {
      var index = index
      while parents[index] != index { index = parents[index] }
      return index
    }
    for right in outlines.indices.dropFirst(open.count) {
      for left in 0..<right {
        guard
          isNear(outlines[left], outlines[right])
            || (outlines[left].place == nil && outlines[right].place == nil
              && witnesses[left] == witnesses[right])
        else { continue }
        let (first, second) = (root(left), root(right))
        parents[max(first, second)] = min(first, second)
      }
    }
    // Most incidents are far from everything new: only the others are gathered.
    var members: [Int: (clusters: [Int], spots: [Int])] = [:]
    for index in spots.indices { members[root(open.count + index), default: ([], [])].spots.append(index) }
    var untouched: [Int] = []
    for index in open.indices {
      let root = root(index)
      if members[root] == nil { untouched.append(index) } else { members[root]?.clusters.append(index) }
    }
    return (members.sorted { $0.key < $1.key }.map(\.value), untouched)
  }

  private func isNear(_ left: GroupOutline, _ right: GroupOutline) -> Bool {
    guard let separation = left.separation(from: right, rules: rules), separation <= Self.neighbourhood else {
      return false
    }
    return left.isWithinGap(of: right, gapSeconds: rules[kind].gapSeconds)
  }

  /// The plane in which a step's places are compared, around one of them (to a tenth of a degree).
  private static func plane(of spots: [Spot]) -> LocalPlane<CGCS2000> {
    let place = spots.lazy.compactMap(\.location).first
    return LocalPlane(
      origin: GeodeticPosition(
        latitudeDegrees: ((place?.latitudeDegrees ?? 0) * 10).rounded() / 10,
        longitudeDegrees: ((place?.longitudeDegrees ?? 0) * 10).rounded() / 10))
  }

  /// Groups spots anew and gives the groups their identifiers.
  ///
  /// An incident goes on where its first sighting is; the earliest of several that turn out to be one takes over the
  /// others; a group without any of their first sightings is a new incident.
  private func regrouped(_ old: [Cluster], _ new: [Spot], _ plane: LocalPlane<CGCS2000>) -> [Cluster] {
    let groups = Agglomeration(rules: rules, kind: kind, plane: plane).groups(of: old.flatMap(\.spots) + new)
    let newKeys = Set(new.map(\.firstKey))
    let homes = Dictionary(
      old.flatMap { cluster in cluster.spots.map { ($0.firstKey, cluster) } },
      uniquingKeysWith: { first, _ in first })
    return groups.map { group in
      let owners = group.compactMap { spot in old.first { $0.id == spot.rootOf } }
      let owner = owners.min { ($0.firstSeen, $0.id) < ($1.firstSeen, $1.id) }
      let isSeenAgain = group.contains { newKeys.contains($0.firstKey) }
      var spots = group
      let id: String
      if let owner {
        id = owner.id
      } else {
        id = Cluster.identifier(hazard: kind, firstKey: spots[0].firstKey)
      }
      for index in spots.indices {
        spots[index].rootOf =
          owner == nil ? (index == 0 ? id : nil) : (spots[index].rootOf == id ? id : nil)
      }
      let cameBack = isSeenAgain && owner.map { $0.isGone(rules: rules) } ?? false
      let origin = owner == nil ? group.lazy.compactMap { homes[$0.firstKey]?.id }.first : owner?.splitFrom
      var cluster = Cluster(
        id: id, hazard: kind, spots: compacted(spots), episode: (owner?.episode ?? 1) + (cameBack ? 1 : 0),
        splitFrom: origin, rules: rules)
      if !isSeenAgain { cluster.misses = owner?.misses ?? [] }
      return cluster
    }
  }

  /// At most `spotsOfWitness` spots of each witness: the nearest two are joined until they are few enough.
  private func compacted(_ spots: [Spot]) -> [Spot] {
    var kept: [Spot] = []
    for witness in Set(spots.map(\.witness)) {
      var own = spots.filter { $0.witness == witness }
      while own.count > Self.spotsOfWitness {
        let (left, right) = nearestPair(own)
        own[left].absorb(own[right])
        own.remove(at: right)
      }
      kept += own
    }
    return kept.sorted(by: Spot.precedes)
  }

  private func nearestPair(_ spots: [Spot]) -> (Int, Int) {
    var best = (left: 0, right: 1, distance: Double.infinity)
    for left in spots.indices {
      for right in spots.indices.dropFirst(left + 1) {
        guard let one = spots[left].location, let other = spots[right].location else { continue }
        let (east, north) = LocalPlane(origin: one.position).offsetMeters(of: other.position)
        let distance = (east * east + north * north) / (1 / one.weight + 1 / other.weight)
        if distance < best.distance { best = (left, right, distance) }
      }
    }
    return (best.left, best.right)
  }
}

extension ObservedPlace {
  /// Whether the place can be computed with. An impossible position or a sigma outside 1 mm … 500 m tells nothing
  /// that could be compared: such a sighting joins by its source.
  fileprivate var isUsable: Bool { position.isPlausible && (0.001...500).contains(sigmaMeters) }
}
