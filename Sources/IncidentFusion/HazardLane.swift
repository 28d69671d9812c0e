import InspectionModel

/// All sightings of one kind of hazard in order of time and key, and the tracks that follow from that order alone.
///
/// Joining looks at sightings strictly by (time, key): each goes to the nearest track inside the gate, or opens one.
/// A sighting that arrives late rolls the lane back to a checkpoint before it and replays from there, so the tracks
/// never depend on the order of arrival. Cost: the open tracks per sighting, and a replay as long as the delay.
struct HazardLane: Sendable {
  private struct Checkpoint: Sendable {
    var sightingCount: Int
    var closedCount: Int
    var open: [Track]
  }

  private static let sightingsPerCheckpoint = 256

  private let kind: HazardKind
  private let rules: FusionRules
  private var sightings: [Observation] = []
  /// Tracks that can take no further sighting, in order of closing.
  private var closed: [Track] = []
  /// Tracks that can, in order of opening.
  private var open: [Track] = []
  private var checkpoints = [Checkpoint(sightingCount: 0, closedCount: 0, open: [])]

  init(kind: HazardKind, rules: FusionRules) {
    self.kind = kind
    self.rules = rules
  }

  var tracks: [Track] { closed + open }

  /// Takes new sightings of this kind, none of which it has already.
  ///
  /// - Returns: the tracks that may have changed, as they were and as they are.
  mutating func record(_ new: [Observation]) -> (before: [Track], after: [Track]) {
    let new = new.sorted(by: Self.precedes)
    guard let first = new.first else { return ([], []) }
    let place = sightings.partitioningIndex { Self.precedes(first, $0) }
    guard place < sightings.count else {
      let (before, closedCount) = (open, closed.count)
      for observation in new { join(observation) }
      return (before, closed[closedCount...] + open)
    }
    while let last = checkpoints.last, last.sightingCount > place { checkpoints.removeLast() }
    guard let checkpoint = checkpoints.last else { preconditionFailure("the first checkpoint is empty") }
    let before = Array(closed[checkpoint.closedCount...] + open)
    let replayed = (sightings[checkpoint.sightingCount...] + new).sorted(by: Self.precedes)
    sightings.removeSubrange(checkpoint.sightingCount...)
    closed.removeSubrange(checkpoint.closedCount...)
    open = checkpoint.open
    for observation in replayed { join(observation) }
    return (before, closed[checkpoint.closedCount...] + open)
  }

  private mutating func join(_ observation: Observation) {
    closeTracks(before: observation.phenomenonTime)
    let place = observation.place.flatMap { $0.isUsable ? $0 : nil }
    if let index = nearestTrack(to: observation, place: place) {
      open[index].add(observation, place: place, rules: rules)
    } else {
      open.append(Track(opening: observation, place: place, rules: rules))
    }
    sightings.append(observation)
    if let last = checkpoints.last, sightings.count >= last.sightingCount + Self.sightingsPerCheckpoint {
      checkpoints.append(Checkpoint(sightingCount: sightings.count, closedCount: closed.count, open: open))
    }
  }

  private mutating func closeTracks(before time: Timestamp) {
    let gap = Double(rules[kind].gapSeconds)
    func isOver(_ track: Track) -> Bool { time.seconds(since: track.lastSeen) > gap }
    guard open.contains(where: isOver) else { return }
    closed += open.filter(isOver)
    open.removeAll(where: isOver)
  }

  /// The open track that a sighting belongs to: the nearest inside the gate, the oldest of equals; without a place
  /// the one of the same source.
  private func nearestTrack(to observation: Observation, place: ObservedPlace?) -> Int? {
    guard let place else {
      return open.firstIndex { $0.plane == nil && $0.sightings[0].witness == observation.witness }
    }
    var nearest: (index: Int, distance: Double)?
    let spread = rules[kind].spreadMeters
    for (index, track) in open.enumerated() {
      guard let distance = track.squaredDistance(to: place, spreadMeters: spread),
        distance <= rules.gateSigmas * rules.gateSigmas, distance < nearest?.distance ?? .infinity
      else { continue }
      nearest = (index, distance)
    }
    return nearest?.index
  }

  private static func precedes(_ left: Observation, _ right: Observation) -> Bool {
    (left.phenomenonTime, left.key) < (right.phenomenonTime, right.key)
  }
}

extension ObservedPlace {
  /// Whether the place can be computed with. An impossible position or a sigma outside 1 mm … 1000 km tells
  /// nothing: such a sighting joins by its source.
  fileprivate var isUsable: Bool { position.isPlausible && (0.001...1e6).contains(sigmaMeters) }
}

extension Array {
  /// The first index whose element satisfies a predicate that holds for a suffix of the array only.
  fileprivate func partitioningIndex(where belongsInSuffix: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if belongsInSuffix(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
