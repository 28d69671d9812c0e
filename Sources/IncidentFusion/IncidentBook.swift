package import InspectionModel

/// Joins observations to incidents: a pure state machine without clock or chance.
///
///     sightings ─► spots ─────────────► groups ──────────────► incidents
///                  one witness, close   spots that chance and   identifiers that last,
///                  together             extent explain          state, confidence, place
///
/// Sightings of one kind of hazard are one incident when they cannot be told apart in space (by their errors and the
/// hazard's extent) and follow each other within the hazard's gap. Time is cut into steps; each step groups the spots
/// of open incidents and of its new sightings anew, so that an incident may be split or joined when more is known.
/// A sighting without a usable place joins by its source. A look at the place that finds nothing takes from the
/// confidence. The same observations give the same incidents in every order of arrival, in one call or many, recorded
/// once or twice, as long as none is later than `FusionRules.windowSeconds`.
///
/// A book that files keys (`filesKeys`) hands those of final steps to whoever keeps the observations, and forgets
/// them: it stays as small as what is open. Who keeps them has to see to it that none is recorded again.
package struct IncidentBook: Sendable {
  package let rules: FusionRules
  private var lanes: [HazardKind: HazardLane] = [:]
  private let filesKeys: Bool
  private var keys = StepKeys()
  private var lookKeys = StepKeys()
  private var finished: [Incident] = []
  /// The newest time that any sighting or look had.
  package private(set) var newest: Timestamp?
  /// Observations that came later than the window allows.
  package private(set) var lateCount = 0
  /// First step that is not final.
  package private(set) var firstLiveStep = Int64.min

  /// A book without any incident.
  package init(rules: FusionRules, filesKeys: Bool = false) {
    self.init(rules: rules, settled: [], firstLiveStep: .min, newest: nil, filesKeys: filesKeys)
  }

  /// A book that goes on from the incidents that final steps left open; what is live has to be recorded again.
  package init(
    rules: FusionRules, settled: [Cluster], firstLiveStep: Int64, newest: Timestamp?, filesKeys: Bool = false
  ) {
    self.rules = rules
    self.filesKeys = filesKeys
    self.firstLiveStep = firstLiveStep
    self.newest = newest
    let settled = settled.map { located($0, rules) }
    for kind in HazardKind.allCases {
      lanes[kind] = HazardLane(
        kind: kind, rules: rules, filesKeys: filesKeys, settled: settled.filter { $0.hazard == kind },
        firstLive: firstLiveStep)
    }
    for key in settled.flatMap(\.observationKeys) { _ = keys.insert(key, step: firstLiveStep) }
  }

  /// Number of different observations taken so far; in a book that files keys, of those that are not final.
  package var observationCount: Int { keys.count }

  /// All incidents by first sighting, then hazard, then identifier; without those that were forgotten.
  package var incidents: [Incident] {
    (finished + HazardKind.allCases.flatMap { lanes[$0]?.current ?? [] }.map { $0.incident(rules: rules) })
      .sorted(by: Self.precedes)
  }

  /// Incidents that final steps left open: with the live observations they are all that a book needs to go on.
  package var settled: [Cluster] { HazardKind.allCases.flatMap { lanes[$0]?.settled ?? [] } }

  /// Takes observations and looks in any order.
  ///
  /// A key that is known already is skipped (a key stands for its content: the first one stays), and so is an
  /// observation whose score lies below its own threshold, since it is no sighting.
  ///
  /// - Returns: what changed, in the order of `incidents`; empty where nothing is new.
  /// - Complexity: incidents near something new, for the steps from the earliest observation on.
  package mutating func record(
    _ observations: some Sequence<Observation>, looks: some Sequence<Look> = EmptyCollection<Look>()
  ) -> [IncidentChange] {
    var new: [HazardKind: [Observation]] = [:]
    var newLooks: [HazardKind: [Look]] = [:]
    for observation in observations where observation.score >= observation.threshold {
      guard keys.insert(observation.key, step: liveStep(of: observation.phenomenonTime)) else { continue }
      new[observation.hazard, default: []].append(observation)
      newest = max(newest ?? observation.phenomenonTime, observation.phenomenonTime)
      if rules.stepIndex(of: observation.phenomenonTime) < firstLiveStep { lateCount += 1 }
    }
    for look in looks where lookKeys.insert(look.key, step: liveStep(of: look.time)) {
      for kind in Set(look.hazards) { newLooks[kind, default: []].append(look) }
      newest = max(newest ?? look.time, look.time)
    }
    var changes: [IncidentChange] = []
    for kind in HazardKind.allCases where new[kind] != nil || newLooks[kind] != nil {
      guard let (before, after) = lanes[kind]?.record(new[kind] ?? [], newLooks[kind] ?? []) else { continue }
      changes += self.changes(from: before, to: after)
    }
    settleOldSteps()
    return changes.sorted { left, right in
      left.incident.id == right.incident.id
        ? left.rank < right.rank : Self.precedes(left.incident, right.incident)
    }
  }

  /// Whether a time lies before the window, so that incidents that are closed may be concerned.
  package func isBeforeWindow(_ time: Timestamp) -> Bool { rules.stepIndex(of: time) < firstLiveStep }

  /// Takes back closed incidents that a sighting from before the window may belong to.
  package mutating func reopen(_ clusters: [Cluster]) {
    let clusters = clusters.map { located($0, rules) }
    for kind in HazardKind.allCases {
      lanes[kind]?.reopen(clusters.filter { $0.hazard == kind })
    }
    for key in clusters.flatMap(\.observationKeys) { _ = keys.insert(key, step: firstLiveStep) }
    let ids = Set(clusters.map(\.id))
    finished.removeAll { ids.contains($0.id) }
  }

  /// What final steps did since the last call: open incidents to be kept, closed ones, which the book forgets.
  package mutating func takeSettled() -> (open: [Cluster], closed: [Cluster], removed: [String]) {
    let settled = HazardKind.allCases.compactMap { lanes[$0]?.takeSettled() }
    let closed = settled.flatMap(\.closed)
    let ids = Set(closed.map(\.id))
    finished.removeAll { ids.contains($0.id) }
    return (settled.flatMap(\.open), closed, settled.flatMap(\.removed))
  }

  /// Where the sightings of steps belong that became final since the last call.
  package mutating func takeFilings() -> [Filing] {
    HazardKind.allCases.flatMap { lanes[$0]?.takeFilings() ?? [] }
  }

  private func liveStep(of time: Timestamp) -> Int64 { max(rules.stepIndex(of: time), firstLiveStep) }

  private mutating func settleOldSteps() {
    guard let newest else { return }
    let index = rules.stepIndex(of: newest.advanced(bySeconds: -Double(rules.windowSeconds)))
    guard index > firstLiveStep else { return }
    firstLiveStep = index
    for kind in HazardKind.allCases {
      let known = lanes[kind]?.closed.count ?? 0
      lanes[kind]?.settle(before: index)
      finished += (lanes[kind]?.closed.dropFirst(known) ?? []).map { $0.incident(rules: rules) }
    }
    guard filesKeys else { return }
    keys.forget(before: index)
    lookKeys.forget(before: index)
  }

  private func changes(from before: [Cluster], to after: [Cluster]) -> [IncidentChange] {
    let known = Dictionary(uniqueKeysWithValues: before.map { ($0.id, $0) })
    let homes = Dictionary(
      before.flatMap { cluster in cluster.spots.flatMap(\.names).map { ($0, cluster.id) } },
      uniquingKeysWith: { first, _ in first })
    let present = Set(after.map(\.id))
    var changes: [IncidentChange] = []
    for cluster in after where known[cluster.id] != cluster {
      let incident = cluster.incident(rules: rules)
      if let old = known[cluster.id] {
        let had = Set(old.observationKeys)
        changes.append(.updated(incident, joined: cluster.observationKeys.filter { !had.contains($0) }))
      } else {
        changes.append(.opened(incident))
      }
      for name in cluster.spots.flatMap(\.names) {
        guard let home = homes[name], home != cluster.id else { continue }
        changes.append(.moved(name: name, to: incident))
      }
    }
    for cluster in before where !present.contains(cluster.id) {
      // Every sighting belongs to some incident: the one that has the most of the lost one's takes over.
      guard
        let successor = after.max(by: {
          ($0.sharedCount(with: cluster), $1.id) < ($1.sharedCount(with: cluster), $0.id)
        })
      else { preconditionFailure("every sighting belongs to an incident") }
      changes.append(.superseded(id: cluster.id, by: successor.incident(rules: rules)))
    }
    return changes
  }

  private static func precedes(_ left: Incident, _ right: Incident) -> Bool {
    (left.firstSeen, left.hazard, left.id) < (right.firstSeen, right.hazard, right.id)
  }
}

/// A cluster as it was read from a store, with its place.
private func located(_ cluster: Cluster, _ rules: FusionRules) -> Cluster {
  var cluster = cluster
  cluster.locate(spreadMeters: rules[cluster.hazard].spreadMeters)
  return cluster
}
