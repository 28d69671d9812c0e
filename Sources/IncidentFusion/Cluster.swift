package import InspectionModel

/// An incident while it is being joined together: its spots, and who looked again and saw nothing.
package struct Cluster: Hashable, Sendable, Decodable {
  /// Identifier of the incident.
  package let id: String
  package let hazard: HazardKind
  /// In order of the first sighting.
  private(set) var spots: [Spot]
  /// How often it came back after it had been taken for gone, counted from 1.
  let episode: Int
  /// The incident that this one was split from.
  let splitFrom: String?
  /// Looks since the last sighting that did not find it, by witness.
  var misses: [Miss] = []
  package let lastSeen: Timestamp
  /// Where it is, from its spots; `nil` for one without place.
  private(set) var center: Center?

  /// Joint place of the spots, kept since every step compares it with what is new.
  struct Center: Hashable, Sendable {
    var latitudeDegrees: Double
    var longitudeDegrees: Double
    /// As in `GroupOutline.Place`, m².
    var errorVariance: Double
    var meanVariance: Double
    var sightingVariance: Double

    var position: GeodeticPosition<CGCS2000> {
      GeodeticPosition(latitudeDegrees: latitudeDegrees, longitudeDegrees: longitudeDegrees)
    }
  }

  /// As stores of the fourth and fifth schema kept it; now it is kept as `bytes`.
  private enum CodingKeys: String, CodingKey {
    case id, hazard, spots, episode, splitFrom, misses, lastSeen
  }

  /// Looks of one witness that did not find the hazard.
  struct Miss: Hashable, Sendable, Decodable {
    let witness: Witness
    var count: Int
    var last: Timestamp
  }

  package var firstSeen: Timestamp { spots[0].firstSeen }
  /// Keys of the joined observations that are not filed; grouped by spot.
  package var observationKeys: [String] { spots.flatMap(\.keys) }

  init(id: String, hazard: HazardKind, spots: [Spot], episode: Int, splitFrom: String?, rules: FusionRules) {
    self.id = id
    self.hazard = hazard
    self.spots = spots
    self.episode = episode
    self.splitFrom = splitFrom
    lastSeen = spots.reduce(spots[0].lastSeen) { max($0, $1.lastSeen) }
    locate(spreadMeters: rules[hazard].spreadMeters)
  }

  /// A cluster as it is kept, without its place.
  init(
    id: String, hazard: HazardKind, spots: [Spot], episode: Int, splitFrom: String?, misses: [Miss],
    lastSeen: Timestamp
  ) {
    self.id = id
    self.hazard = hazard
    self.spots = spots
    self.episode = episode
    self.splitFrom = splitFrom
    self.misses = misses
    self.lastSeen = lastSeen
  }

  /// Computes the place anew: one that was read from a store has none yet.
  mutating func locate(spreadMeters: Double) {
    guard let origin = spots[0].location?.position else { return }
    let plane = LocalPlane(origin: origin)
    guard let place = SpotGroup(spots, plane: plane, spreadMeters: spreadMeters).outline.place else { return }
    let position = plane.position(eastMeters: place.east, northMeters: place.north)
    center = Center(
      latitudeDegrees: position.latitudeDegrees, longitudeDegrees: position.longitudeDegrees,
      errorVariance: place.errorVariance, meanVariance: place.meanVariance,
      sightingVariance: place.sightingVariance)
  }

  /// What steps compare, in their plane.
  func outline(in plane: LocalPlane<CGCS2000>) -> GroupOutline {
    let place = center.map { center in
      let (east, north) = plane.offsetMeters(of: center.position)
      return GroupOutline.Place(
        east: east, north: north, errorVariance: center.errorVariance, meanVariance: center.meanVariance,
        sightingVariance: center.sightingVariance)
    }
    return GroupOutline(firstSeen: firstSeen, lastSeen: lastSeen, place: place)
  }

  /// Hands the keys of its sightings over.
  mutating func file() -> [Filing] {
    spots.indices.compactMap { spots[$0].file() }
  }

  /// Takes notice that final sightings go by names now.
  mutating func follow(_ filed: FiledKeys) {
    for index in spots.indices { spots[index].follow(filed) }
  }

  /// Sightings of another incident that are in this one now.
  func sharedCount(with other: Cluster) -> Int {
    let (keys, names) = (Set(spots.flatMap(\.keys)), Set(spots.flatMap(\.names)))
    return other.spots.reduce(0) { sum, spot in
      let filed = spot.names.contains(where: names.contains) ? spot.filedCount : 0
      return sum + filed + spot.keys.count { keys.contains($0) }
    }
  }

  static func precedes(_ left: Cluster, _ right: Cluster) -> Bool {
    (left.firstSeen, left.id) < (right.firstSeen, right.id)
  }

  /// `I-` and 16 hex digits: FNV-1a of hazard and key of the first sighting, the same in every run.
  static func identifier(hazard: HazardKind, firstKey: String) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in "\(hazard.rawValue)/\(firstKey)".utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    let digits = String(hash, radix: 16)
    return "I-" + String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// Takes notice of a look at the place that did not find the hazard.
  ///
  /// Looks that follow each other closely say the same thing once.
  mutating func miss(by look: Look, rules: FusionRules) {
    guard look.time > lastSeen else { return }
    guard let index = misses.firstIndex(where: { $0.witness == look.witness }) else {
      misses.append(Miss(witness: look.witness, count: 1, last: look.time))
      return
    }
    guard look.time.seconds(since: misses[index].last) >= Double(rules.lookIntervalSeconds) else { return }
    misses[index].count += 1
    misses[index].last = look.time
  }

  /// Whether a look at this place would have shown the hazard.
  func isCovered(by look: Look) -> Bool {
    guard let seen = look.area else { return spots.contains { $0.witness == look.witness } }
    guard let center else { return false }
    let away = LocalPlane(origin: seen.center).distanceMeters(to: center.position)
    return away + center.errorVariance.squareRoot() <= seen.radiusMeters
  }

  /// Part of the confidence that is left after looks that found nothing, millionths.
  private func presenceMillionths(rules: FusionRules) -> Int {
    misses.reduce(1_000_000) { left, miss in
      (0..<min(miss.count, 20)).reduce(left) { left, _ in
        left * (1_000_000 - rules.missWeight.millionths) / 1_000_000
      }
    }
  }

  /// Whether it was looked for often enough without being found.
  func isGone(rules: FusionRules) -> Bool {
    !misses.isEmpty && presenceMillionths(rules: rules) < rules.goneBelow.millionths
  }

  /// The incident that this cluster stands for.
  package func incident(rules: FusionRules) -> Incident {
    let joint = jointConfidence(rules: rules)
    let own = rules[hazard]
    let frames = spots.reduce(0) { $0 + $1.frames }
    let isConfirmed = joint >= own.confirmConfidence && frames >= own.confirmFrames
    let presence = presenceMillionths(rules: rules)
    let best = spots.max { ($0.bestScore, $1.firstSeen) < ($1.bestScore, $0.firstSeen) } ?? spots[0]
    return Incident(
      id: id, hazard: hazard,
      state: isGone(rules: rules) ? .resolved : isConfirmed ? .confirmed : .suspected,
      peakScore: best.bestScore,
      confidence: HazardScore(millionths: joint.millionths * presence / 1_000_000),
      firstSeen: firstSeen, lastSeen: lastSeen, place: place,
      witnesses: witnesses, observationKeys: observationKeys, bestObservationKey: best.bestKey,
      vehicleCount: spots.compactMap(\.vehicleCount).max(), episode: episode, splitFrom: splitFrom,
      knownSince: resultTimes.first, confirmedSince: isConfirmed ? confirmedSince(own.confirmFrames) : nil,
      goneSince: isGone(rules: rules) ? misses.map(\.last).max() : nil)
  }

  private var witnesses: [Witness] {
    Set(spots.map(\.witness)).sorted { ($0.kind.rawValue, $0.source) < ($1.kind.rawValue, $1.source) }
  }

  private var resultTimes: [Timestamp] { spots.flatMap(\.resultTimes).sorted() }

  private func confirmedSince(_ frames: Int) -> Timestamp? {
    let times = resultTimes
    return times.isEmpty ? nil : times[min(frames, times.count) - 1]
  }

  private var place: ObservedPlace? {
    guard let center,
      let sharpest = spots.compactMap(\.location).min(by: { $0.sharpestSigmaMeters < $1.sharpestSigmaMeters })
    else { return nil }
    var position = center.position
    position.altitudeMetersAMSL = sharpest.altitudeMetersAMSL
    return ObservedPlace(
      position: position, sigmaMeters: center.errorVariance.squareRoot(), method: sharpest.method)
  }

  /// Joint confidence by noisy-or: the doubts of independent witnesses multiply.
  ///
  /// Of several witnesses of one kind the strongest counts in full, the others by `sameKindIndependence`. Integers
  /// in a fixed order, so that the result is the same everywhere.
  private func jointConfidence(rules: FusionRules) -> HazardScore {
    var doubt = 1_000_000
    for kind in WitnessKind.allCases {
      let worths = witnesses.filter { $0.kind == kind }.map { witness in
        let own = spots.filter { $0.witness == witness }
        return Spot.confidenceMillionths(
          peak: own.map(\.bestScore).max() ?? .zero, frames: own.reduce(0) { $0 + $1.frames },
          repeatGain: rules.repeatGain)
      }.sorted(by: >)
      for (rank, worth) in worths.enumerated() {
        let counted = rank == 0 ? worth : worth * rules.sameKindIndependence.millionths / 1_000_000
        doubt = (doubt * (1_000_000 - counted) + 500_000) / 1_000_000
      }
    }
    return HazardScore(millionths: 1_000_000 - doubt)
  }
}
