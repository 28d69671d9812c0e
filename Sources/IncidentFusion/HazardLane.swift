package import InspectionModel

/// Fusion of one kind of hazard over time, in steps.
///
/// Steps within the window are live: what arrives late is put into its step, and this step and those after it are
/// folded again. Steps before the window are final: only the incidents that came out of them are kept. So the result
/// follows from the sightings alone and not from their order of arrival, as long as none is later than the window.
/// A step keeps only what it changed: the work is that of the incidents near something new, not of all that are open.
struct HazardLane: Sendable {
  private struct Step: Sendable {
    let index: Int64
    var sightings: [Observation] = []
    var looks: [Look] = []
    var layer: StepLayer
  }

  /// What final steps made of incidents since somebody last asked.
  struct Settled: Sendable {
    /// New or changed, and open.
    var open: [Cluster] = []
    /// Over.
    var closed: [Cluster] = []
    /// Identifiers of those that are one with another.
    var removed: [String] = []
    /// Where the sightings of final steps belong.
    var filings: [Filing] = []
  }

  private let fold: StepFold
  /// Whether the keys of final sightings are handed over as filings instead of being kept.
  private let filesKeys: Bool
  /// Incidents that the final steps left open.
  private var base: ClusterIndex
  /// Incidents that the final steps closed, until somebody takes them.
  private(set) var closed: [Cluster] = []
  private var unsaved: Set<String> = []
  private var filings: [Filing] = []
  private var steps: [Step] = []
  /// Index of the first step that is not final.
  private(set) var firstLive = Int64.min

  init(
    kind: HazardKind, rules: FusionRules, filesKeys: Bool, settled: [Cluster] = [], firstLive: Int64 = .min
  ) {
    fold = StepFold(rules: rules, kind: kind)
    self.filesKeys = filesKeys
    base = ClusterIndex(rules: rules, clusters: settled)
    self.firstLive = firstLive
  }

  /// Open incidents, and those that live steps closed.
  var current: [Cluster] {
    steps.flatMap(\.layer.closed.values) + view(before: steps.count).all
  }

  /// Incidents that final steps left open, by first sighting.
  var settled: [Cluster] { base.clusters.values.sorted(by: Cluster.precedes) }

  /// Takes new sightings and looks, none of which it has already.
  ///
  /// - Returns: the incidents that may have changed, as they were and as they are, by identifier.
  mutating func record(_ sightings: [Observation], _ looks: [Look]) -> (before: [Cluster], after: [Cluster]) {
    let indices =
      sightings.map { liveIndex(of: $0.phenomenonTime) } + looks.map { liveIndex(of: $0.time) }
    guard let first = indices.min() else { return ([], []) }
    let place = position(of: first)
    let old = steps[place...].map(\.layer)
    for observation in sightings {
      steps[insertedStep(liveIndex(of: observation.phenomenonTime))].sightings.append(observation)
    }
    for look in looks { steps[insertedStep(liveIndex(of: look.time))].looks.append(look) }
    refold(from: place)
    let new = steps[place...].map(\.layer)
    let standing = view(before: place)
    let touched = (old + new).reduce(into: Set<String>()) { $0.formUnion($1.touched) }.sorted()
    return (
      touched.compactMap { Self.state(of: $0, after: old, standing) },
      touched.compactMap { Self.state(of: $0, after: new, standing) }
    )
  }

  /// An incident after some layers: also one that they closed.
  private static func state(of id: String, after layers: [StepLayer], _ standing: OpenClusters) -> Cluster? {
    for layer in layers.reversed() {
      if let cluster = layer.open[id] ?? layer.closed[id] { return cluster }
      if layer.gone.contains(id) { return nil }
    }
    return standing[id]
  }

  /// Makes all steps before one final.
  mutating func settle(before index: Int64) {
    guard index > firstLive else { return }
    firstLive = index
    let finalCount = steps.prefix { $0.index < index }.count
    guard finalCount > 0 else { return }
    var fates: [String: Cluster?] = [:]
    var over: [Cluster] = []
    for step in steps.prefix(finalCount) {
      for id in step.layer.gone { fates[id] = .some(nil) }
      for (id, cluster) in step.layer.open.clusters { fates[id] = cluster }
      over += step.layer.closed.values.sorted(by: Cluster.precedes)
    }
    steps.removeFirst(finalCount)
    let known = filings.count
    for (id, fate) in fates.sorted(by: { $0.key < $1.key }) {
      unsaved.insert(id)
      if let cluster = fate { base.insert(filed(cluster)) } else { base.remove(id) }
    }
    closed += over.map { filed($0) }
    guard filings.count > known else { return }
    // Live steps go on from incidents that no longer hold their final keys.
    let names = FiledKeys(filings[known...])
    for index in steps.indices {
      steps[index].layer.open.update { $0.follow(names) }
      for id in steps[index].layer.closed.keys { steps[index].layer.closed[id]?.follow(names) }
    }
  }

  private mutating func filed(_ cluster: Cluster) -> Cluster {
    guard filesKeys else { return cluster }
    var cluster = cluster
    filings += cluster.file()
    return cluster
  }

  /// What final steps did since the last call.
  mutating func takeSettled() -> Settled {
    let over = Set(closed.map(\.id))
    let settled = Settled(
      open: unsaved.compactMap { base[$0] }.sorted(by: Cluster.precedes), closed: closed,
      removed: unsaved.filter { base[$0] == nil && !over.contains($0) }.sorted(), filings: takeFilings())
    unsaved = []
    closed = []
    return settled
  }

  /// Where the sightings of steps belong that became final since the last call.
  mutating func takeFilings() -> [Filing] {
    let taken = filings
    filings = []
    return taken
  }

  /// Takes back incidents that were closed, since something later than the window may belong to them.
  mutating func reopen(_ clusters: [Cluster]) {
    let touched = steps.reduce(into: Set<String>()) { $0.formUnion($1.layer.touched) }
    for cluster in clusters where base[cluster.id] == nil && !touched.contains(cluster.id) {
      base.insert(cluster)
    }
    refold(from: 0)
  }

  private func liveIndex(of time: Timestamp) -> Int64 { max(fold.rules.stepIndex(of: time), firstLive) }

  private func view(before place: Int) -> OpenClusters {
    OpenClusters(base: base, layers: steps[..<place].map(\.layer))
  }

  /// Where a step with that index is, or would be.
  private func position(of index: Int64) -> Int {
    var (low, high) = (0, steps.count)
    while low < high {
      let middle = (low + high) / 2
      if steps[middle].index < index { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private mutating func insertedStep(_ index: Int64) -> Int {
    let place = position(of: index)
    if place == steps.count || steps[place].index != index {
      steps.insert(Step(index: index, layer: StepLayer(open: ClusterIndex(rules: fold.rules))), at: place)
    }
    return place
  }

  private mutating func refold(from place: Int) {
    for index in steps.indices.dropFirst(place) {
      let step = steps[index]
      steps[index].layer = fold.fold(
        view(before: index), sightings: step.sightings, looks: step.looks,
        end: fold.rules.stepStart(step.index + 1))
    }
  }
}

extension FusionRules {
  /// Number of the step that an instant lies in.
  package func stepIndex(of time: Timestamp) -> Int64 {
    let length = Int64(stepSeconds) * 1_000_000_000
    let (quotient, remainder) = time.nanoseconds.quotientAndRemainder(dividingBy: length)
    return remainder < 0 ? quotient - 1 : quotient
  }

  /// The instant at which a step begins.
  package func stepStart(_ index: Int64) -> Timestamp {
    let (product, overflow) = index.multipliedReportingOverflow(by: Int64(stepSeconds) * 1_000_000_000)
    return Timestamp(nanoseconds: overflow ? (index < 0 ? .min : .max) : product)
  }
}
