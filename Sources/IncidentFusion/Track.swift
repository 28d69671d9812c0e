import InspectionModel

/// An incident while it is being joined together: sightings in order of time, kept as running sums.
struct Track: Hashable, Sendable {
  let hazard: HazardKind
  private(set) var keys: [String] = []
  let firstSeen: Timestamp
  private(set) var lastSeen: Timestamp
  /// Sorted by witness, each once.
  private(set) var sightings: [WitnessSightings] = []
  /// Local plane around the first located sighting; `nil` where the track joins by source.
  let plane: LocalPlane<CGCS2000>?
  /// The sighting with the smallest sigma, the first of equals: it lends altitude and method to the estimate.
  private var sharpest: ObservedPlace?
  private var bestScore: HazardScore
  private var bestKey: String
  private var vehicleCount: Int?

  /// - Parameter place: the observation's place where it is usable.
  init(opening observation: Observation, place: ObservedPlace?, rules: FusionRules) {
    hazard = observation.hazard
    firstSeen = observation.phenomenonTime
    lastSeen = observation.phenomenonTime
    plane = place.map { LocalPlane(origin: $0.position) }
    bestScore = observation.score
    bestKey = observation.key
    add(observation, place: place, rules: rules)
  }

  /// Joins a sighting that is not earlier than those already joined.
  mutating func add(_ observation: Observation, place: ObservedPlace?, rules: FusionRules) {
    keys.append(observation.key)
    lastSeen = max(lastSeen, observation.phenomenonTime)
    if observation.score > bestScore { (bestScore, bestKey) = (observation.score, observation.key) }
    if let count = observation.vehicleCount { vehicleCount = max(vehicleCount ?? 0, count) }
    if let place, place.sigmaMeters < sharpest?.sigmaMeters ?? .infinity { sharpest = place }
    let offset = plane.flatMap { plane in place.map { plane.offsetMeters(of: $0.position) } }
    let index = indexOfSightings(by: observation.witness)
    sightings[index].add(observation, offset: offset, rules: rules)
  }

  /// Best offset from the origin (metres east and north) and its variance per axis: the witnesses' means, weighted
  /// by their inverse variance. `nil` for a track without place.
  var estimate: (east: Double, north: Double, variance: Double)? {
    var (weight, east, north) = (0.0, 0.0, 0.0)
    for case let part? in sightings.map(\.estimate) {
      weight += 1 / part.variance
      east += part.east / part.variance
      north += part.north / part.variance
    }
    return weight > 0 ? (east / weight, north / weight, 1 / weight) : nil
  }

  /// Squared distance to a place in joint standard deviations; `nil` for a track without place.
  func squaredDistance(to place: ObservedPlace, spreadMeters: Double) -> Double? {
    guard let plane, let estimate else { return nil }
    let (east, north) = plane.offsetMeters(of: place.position)
    let (x, y) = (east - estimate.east, north - estimate.north)
    let variance = spreadMeters * spreadMeters + place.sigmaMeters * place.sigmaMeters + estimate.variance
    return (x * x + y * y) / variance
  }

  /// The incident that this track stands for.
  func incident(rules: FusionRules) -> Incident {
    let confidence = confidence(rules: rules)
    let own = rules[hazard]
    let frames = sightings.reduce(0) { $0 + $1.frames }
    let confirmed = confidence >= own.confirmConfidence && frames >= own.confirmFrames
    return Incident(
      id: id, hazard: hazard, state: confirmed ? .confirmed : .suspected, peakScore: bestScore,
      confidence: confidence, firstSeen: firstSeen, lastSeen: lastSeen, place: place,
      witnesses: sightings.map(\.witness), observationKeys: keys, bestObservationKey: bestKey,
      vehicleCount: vehicleCount)
  }

  /// `I-` and 16 hex digits: FNV-1a of hazard and key of the earliest sighting, the same in every run.
  var id: String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in "\(hazard.rawValue)/\(keys[0])".utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    let digits = String(hash, radix: 16)
    return "I-" + String(repeating: "0", count: 16 - digits.count) + digits
  }

  private var place: ObservedPlace? {
    guard let plane, let estimate, let sharpest else { return nil }
    var position = plane.position(eastMeters: estimate.east, northMeters: estimate.north)
    position.altitudeMetersAMSL = sharpest.position.altitudeMetersAMSL
    return ObservedPlace(
      position: position, sigmaMeters: estimate.variance.squareRoot(), method: sharpest.method)
  }

  /// Joint confidence by noisy-or: the doubts of independent witnesses multiply.
  ///
  /// Of several witnesses of one kind the strongest counts in full, the others by `sameKindIndependence`. Integers
  /// in a fixed order, so that the result is the same everywhere.
  private func confidence(rules: FusionRules) -> HazardScore {
    var doubt = 1_000_000
    for kind in WitnessKind.allCases {
      let worths = sightings.filter { $0.witness.kind == kind }
        .map { $0.confidenceMillionths(repeatGain: rules.repeatGain) }.sorted(by: >)
      for (rank, worth) in worths.enumerated() {
        let counted = rank == 0 ? worth : worth * rules.sameKindIndependence.millionths / 1_000_000
        doubt = (doubt * (1_000_000 - counted) + 500_000) / 1_000_000
      }
    }
    return HazardScore(millionths: 1_000_000 - doubt)
  }

  private mutating func indexOfSightings(by witness: Witness) -> Int {
    let name = (witness.kind.rawValue, witness.source)
    let index =
      sightings.firstIndex { ($0.witness.kind.rawValue, $0.witness.source) >= name } ?? sightings.count
    if index == sightings.count || sightings[index].witness != witness {
      sightings.insert(WitnessSightings(witness: witness), at: index)
    }
    return index
  }
}
