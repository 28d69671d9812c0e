import InspectionModel

/// Incidents by identifier, place, witness and last sighting: finding those that something new may concern costs what
/// is found, however many there are.
struct ClusterIndex: Sendable {
  private(set) var clusters: [String: Cluster] = [:]
  private let rules: FusionRules
  private var places = PlaceIndex()
  private var ofWitness: [Witness: Set<String>] = [:]
  private var lastSeen: [Int64: Set<String>] = [:]
  /// Steps in which any incident was last seen, ascending.
  private var lastSteps: [Int64] = []

  init(rules: FusionRules, clusters: some Sequence<Cluster> = EmptyCollection()) {
    self.rules = rules
    for cluster in clusters { insert(cluster) }
  }

  subscript(id: String) -> Cluster? { clusters[id] }

  /// Puts an incident in, or in the place of its earlier self.
  mutating func insert(_ cluster: Cluster) {
    if let old = clusters.updateValue(cluster, forKey: cluster.id) { unlist(old) }
    if let disc = disc(of: cluster) { places.insert(cluster.id, disc) }
    for spot in cluster.spots { ofWitness[spot.witness, default: []].insert(cluster.id) }
    let step = rules.stepIndex(of: cluster.lastSeen)
    if lastSeen[step] == nil { lastSteps.insert(step, at: place(of: step)) }
    lastSeen[step, default: []].insert(cluster.id)
  }

  mutating func remove(_ id: String) {
    if let old = clusters.removeValue(forKey: id) { unlist(old) }
  }

  /// Changes incidents in what the index does not go by.
  mutating func update(_ body: (inout Cluster) -> Void) {
    for id in clusters.keys {
      if let index = clusters.index(forKey: id) { body(&clusters.values[index]) }
    }
  }

  private mutating func unlist(_ cluster: Cluster) {
    if let disc = disc(of: cluster) { places.remove(cluster.id, disc) }
    for spot in cluster.spots {
      ofWitness[spot.witness]?.remove(cluster.id)
      if ofWitness[spot.witness]?.isEmpty ?? false { ofWitness[spot.witness] = nil }
    }
    let step = rules.stepIndex(of: cluster.lastSeen)
    lastSeen[step]?.remove(cluster.id)
    guard lastSeen[step]?.isEmpty ?? false else { return }
    lastSeen[step] = nil
    lastSteps.remove(at: place(of: step))
  }

  /// Where a step is among `lastSteps`, or would be.
  private func place(of step: Int64) -> Int {
    var (low, high) = (0, lastSteps.count)
    while low < high {
      let middle = (low + high) / 2
      if lastSteps[middle] < step { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private func disc(of cluster: Cluster) -> PlaceIndex.Disc? {
    cluster.center.map { center in
      PlaceIndex.Disc(
        latitudeDegrees: center.latitudeDegrees, longitudeDegrees: center.longitudeDegrees,
        radiusMeters: StepFold.reachMeters(
          meanVariance: center.meanVariance, sightingVariance: center.sightingVariance, rules: rules))
    }
  }

  /// Calls `visit` with those that may lie within reach of a disc, and perhaps others.
  func search(_ disc: PlaceIndex.Disc, visit: (String) -> Void) { places.search(disc, visit: visit) }

  /// Those that a witness saw.
  func seen(by witness: Witness) -> Set<String> { ofWitness[witness] ?? [] }

  /// Calls `visit` with all that were last seen before an instant, and perhaps others of its step.
  func search(lastSeenBefore time: Timestamp, visit: (String) -> Void) {
    for step in lastSteps.prefix(while: { $0 <= rules.stepIndex(of: time) }) {
      for id in lastSeen[step] ?? [] { visit(id) }
    }
  }
}
