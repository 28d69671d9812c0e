package import InspectionModel

/// Joins observations to incidents: a pure state machine without clock or chance.
///
/// Sightings of one kind of hazard are one incident when they are close in space (within both errors and the
/// hazard's typical spread) and in time (the hazard's gap limit). A sighting without a usable place joins by its
/// source and never a located incident. The same set of observations gives the same incidents in every order of
/// arrival, in one call or many, recorded once or twice.
package struct IncidentBook: Sendable {
  package let rules: FusionRules
  private var lanes: [HazardKind: HazardLane] = [:]
  private var keys: Set<String> = []

  package init(rules: FusionRules) {
    self.rules = rules
    for kind in HazardKind.allCases { lanes[kind] = HazardLane(kind: kind, rules: rules) }
  }

  /// Number of different observations taken so far.
  package var observationCount: Int { keys.count }

  /// All incidents by first sighting, then hazard, then identifier.
  package var incidents: [Incident] {
    HazardKind.allCases.flatMap { lanes[$0]?.tracks ?? [] }.map { $0.incident(rules: rules) }
      .sorted(by: Self.precedes)
  }

  /// Takes observations in any order.
  ///
  /// A key that is known already is skipped (a key stands for its content: the first one stays), and so is an
  /// observation whose score lies below its own threshold, since it is no sighting.
  ///
  /// - Returns: what changed, in the order of `incidents`; empty where nothing is new. An identifier follows from the
  ///   earliest sighting; if an earlier one arrives later, the old identifier is reported as superseded.
  /// - Complexity: open incidents per observation; a late one replays those that are younger than it.
  package mutating func record(_ observations: some Sequence<Observation>) -> [IncidentChange] {
    var new: [HazardKind: [Observation]] = [:]
    for observation in observations where observation.score >= observation.threshold {
      if keys.insert(observation.key).inserted { new[observation.hazard, default: []].append(observation) }
    }
    var changes: [IncidentChange] = []
    for kind in HazardKind.allCases {
      guard let added = new[kind], let (before, after) = lanes[kind]?.record(added) else { continue }
      changes += self.changes(from: before, to: after)
    }
    return changes.sorted { left, right in
      left.incident.id == right.incident.id
        ? left.supersededID ?? "" < right.supersededID ?? "" : Self.precedes(left.incident, right.incident)
    }
  }

  private func changes(from before: [Track], to after: [Track]) -> [IncidentChange] {
    let known = Dictionary(uniqueKeysWithValues: before.map { ($0.id, $0) })
    let present = Set(after.map(\.id))
    let lost = before.filter { !present.contains($0.id) }
    let lostFirstKeys = Set(lost.map { $0.keys[0] })
    var successors: [String: Incident] = [:]
    var changes: [IncidentChange] = []
    for track in after {
      let old = known[track.id]
      if old == track { continue }
      let incident = track.incident(rules: rules)
      if !lost.isEmpty {
        for key in track.keys where lostFirstKeys.contains(key) { successors[key] = incident }
      }
      changes.append(old == nil ? .opened(incident) : .updated(incident))
    }
    for track in lost {
      guard let incident = successors[track.keys[0]] else {
        preconditionFailure("every sighting belongs to an incident")
      }
      changes.append(.superseded(id: track.id, by: incident))
    }
    return changes
  }

  private static func precedes(_ left: Incident, _ right: Incident) -> Bool {
    (left.firstSeen, left.hazard, left.id) < (right.firstSeen, right.hazard, right.id)
  }
}

extension IncidentChange {
  fileprivate var supersededID: String? {
    if case .superseded(let id, _) = self { id } else { nil }
  }
}
