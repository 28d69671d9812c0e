import InspectionModel

/// One step of fusion: what the sightings and looks of a few minutes make of the incidents that were open before.
///
/// A pure function: the same incidents, sightings and looks give the same result in whatever order they are given.
struct StepFold {
  let rules: FusionRules
  let kind: HazardKind

  /// Groups up to this many times farther apart than what is one hazard are looked at together.
  private static let neighbourhood = 4.0
  /// Spots of one witness in one incident; more are joined to the nearest.
  private static let spotsOfWitness = 3

  /// - Parameter end: end of the step: incidents not seen for longer than their gap by then are closed.
  /// - Returns: what differs from `open`.
  func fold(_ open: OpenClusters, sightings: [Observation], looks: [Look], end: Timestamp) -> StepLayer {
    let spots = newSpots(sightings)
    let plane = Self.plane(of: spots)
    var changed: [String: Cluster] = [:]
    var gone: Set<String> = []
    for component in components(open, spots, plane) {
      gone.formUnion(component.clusters.map(\.id))
      for cluster in regrouped(component.clusters, component.spots.map { spots[$0] }, plane) {
        changed[cluster.id] = cluster
      }
    }
    gone.subtract(changed.keys)
    for look in looks.sorted(by: { ($0.time, $0.key) < ($1.time, $1.key) }) {
      for cluster in looked(at: look, open, changed, gone) where cluster.isCovered(by: look) {
        var cluster = cluster
        cluster.miss(by: look, rules: rules)
        changed[cluster.id] = cluster
      }
    }
    let gap = Double(rules[kind].gapSeconds)
    let limit = end.advanced(bySeconds: -gap)
    var closed: [String: Cluster] = [:]
    let standing = open.lastSeen(before: limit).filter { changed[$0.id] == nil && !gone.contains($0.id) }
    for cluster in standing + changed.values where end.seconds(since: cluster.lastSeen) > gap {
      closed[cluster.id] = cluster
      changed[cluster.id] = nil
    }
    return StepLayer(
      open: ClusterIndex(rules: rules, clusters: changed.values), closed: closed,
      gone: gone.union(closed.keys))
  }

  /// How far from an incident or a sighting others are looked at together with it, metres: two touch where the sum of
  /// their reaches is at least their distance.
  static func reachMeters(meanVariance: Double, sightingVariance: Double, rules: FusionRules) -> Double {
    let square =
      rules.gateSigmas * rules.gateSigmas * meanVariance
      + rules.apartSigmas * rules.apartSigmas * sightingVariance
    return (neighbourhood * square).squareRoot()
  }

  /// Incidents as they are in this step that a look may cover.
  private func looked(
    at look: Look, _ open: OpenClusters, _ changed: [String: Cluster], _ gone: Set<String>
  ) -> [Cluster] {
    let standing =
      if let area = look.area {
        open.near(
          PlaceIndex.Disc(
            latitudeDegrees: area.center.latitudeDegrees, longitudeDegrees: area.center.longitudeDegrees,
            radiusMeters: area.radiusMeters))
      } else {
        open.seen(by: look.witness)
      }
    return standing.filter { changed[$0.id] == nil && !gone.contains($0.id) } + changed.values
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

  /// Incidents and indices of new spots that have to be looked at together; incidents near which nothing is new are
  /// left as they are.
  private func components(
    _ open: OpenClusters, _ spots: [Spot], _ plane: LocalPlane<CGCS2000>
  ) -> [(clusters: [Cluster], spots: [Int])] {
    let spread = rules[kind].spreadMeters
    let outlines = spots.map { SpotGroup($0, plane: plane, spreadMeters: spread).outline }
    // Nodes of the graph: the spots, and after them the incidents as they are found.
    var parents = Array(spots.indices)
    func root(_ index: Int) -> Int {
      var index = index
      while parents[index] != index { index = parents[index] }
      return index
    }
    func join(_ left: Int, _ right: Int) {
      let (first, second) = (root(left), root(right))
      parents[max(first, second)] = min(first, second)
    }
    var found: [Cluster] = []
    var nodes: [String: Int] = [:]
    for index in spots.indices {
      for cluster in neighbours(of: spots[index], outlines[index], in: open, plane) {
        let node = nodes[cluster.id] ?? parents.count
        if node == parents.count {
          parents.append(node)
          nodes[cluster.id] = node
          found.append(cluster)
        }
        join(index, node)
      }
      for other in 0..<index
      where isNear(outlines[other], outlines[index])
        || (outlines[other].place == nil && outlines[index].place == nil
          && spots[other].witness == spots[index].witness)
      {
        join(other, index)
      }
    }
    var members: [Int: (clusters: [Cluster], spots: [Int])] = [:]
    for index in spots.indices { members[root(index), default: ([], [])].spots.append(index) }
    for (place, cluster) in found.enumerated() {
      members[root(spots.count + place), default: ([], [])].clusters.append(cluster)
    }
    return members.sorted { $0.key < $1.key }.map { _, member in
      (member.clusters.sorted(by: Cluster.precedes), member.spots)
    }
  }

  /// Open incidents that a new spot may belong to, or that may be told apart by it.
  private func neighbours(
    of spot: Spot, _ outline: GroupOutline, in open: OpenClusters, _ plane: LocalPlane<CGCS2000>
  ) -> [Cluster] {
    guard let location = spot.location, let place = outline.place else {
      return open.seen(by: spot.witness).filter { $0.center == nil && $0.spots[0].witness == spot.witness }
    }
    let disc = PlaceIndex.Disc(
      latitudeDegrees: location.latitudeDegrees, longitudeDegrees: location.longitudeDegrees,
      radiusMeters: Self.reachMeters(
        meanVariance: place.meanVariance, sightingVariance: place.sightingVariance, rules: rules))
    return open.near(disc).filter { isNear($0.outline(in: plane), outline) }
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
