import InspectionModel

/// What one witness saw at one spot, as running sums: the smallest thing that fusion moves from incident to incident.
struct Spot: Hashable, Sendable, Decodable {
  let witness: Witness
  /// Keys of the joined sightings that are not filed, by time and key where they came one by one.
  private(set) var keys: [String] = []
  /// What its filed sightings are filed under; `nil` before any is.
  private(set) var name: String?
  /// Names of spots that it took in since.
  private(set) var formerNames: [String] = []
  /// Sightings that are filed and no longer in `keys`.
  private(set) var filedCount = 0
  private(set) var firstKey: String
  private(set) var firstSeen: Timestamp
  private(set) var lastSeen: Timestamp
  /// Number of different frames.
  private(set) var frames = 1
  /// `nil` where no sighting of this spot has a usable place.
  private(set) var location: Location?
  private(set) var bestScore: HazardScore
  private(set) var bestKey: String
  private(set) var vehicleCount: Int?
  /// The smallest result times, at most `resultTimesKept`: when it became known.
  private(set) var resultTimes: [Timestamp]
  /// Incident whose identifier follows from this spot's first sighting.
  var rootOf: String?
  /// Hashes of the newest frames: several regions of one frame count once.
  private(set) var newestFrames: [String]

  private enum CodingKeys: String, CodingKey {
    // Only spots of final steps are kept: their keys are filed.
    case witness, name, filedCount, firstKey, firstSeen, lastSeen, frames, location, bestScore, bestKey
    case vehicleCount, resultTimes, rootOf, newestFrames
  }

  static let resultTimesKept = 4
  private static let framesRemembered = 4

  /// Where a spot is: the mean of its sightings, weighted by their inverse variance.
  struct Location: Hashable, Sendable, Decodable {
    var latitudeDegrees: Double
    var longitudeDegrees: Double
    /// Sum of inverse variances, 1/m².
    var weight: Double
    /// Smallest variance that the mean may claim, m²: what all sightings of this witness share is not averaged out.
    var floorVariance: Double
    /// The sighting with the smallest sigma lends altitude and method to estimates.
    var sharpestSigmaMeters: Double
    var altitudeMetersAMSL: Double?
    var method: LocationMethod

    var position: GeodeticPosition<CGCS2000> {
      GeodeticPosition(latitudeDegrees: latitudeDegrees, longitudeDegrees: longitudeDegrees)
    }

    /// Variance of the mean per axis, m².
    var variance: Double { max(1 / weight, floorVariance) }
  }

  /// - Parameter place: the observation's place where it is usable.
  init(_ observation: Observation, place: ObservedPlace?, rules: FusionRules) {
    witness = observation.witness
    keys = [observation.key]
    firstKey = observation.key
    firstSeen = observation.phenomenonTime
    lastSeen = observation.phenomenonTime
    bestScore = observation.score
    bestKey = observation.key
    vehicleCount = observation.vehicleCount
    resultTimes = [observation.resultTime]
    newestFrames = [observation.frame.sha256]
    location = place.map { place in
      let sigma = place.sigmaMeters
      let shared = max(min(rules.sharedBiasSigmaMeters, sigma), rules.sharedErrorShare * sigma)
      return Location(
        latitudeDegrees: place.position.latitudeDegrees, longitudeDegrees: place.position.longitudeDegrees,
        weight: 1 / (sigma * sigma), floorVariance: shared * shared, sharpestSigmaMeters: sigma,
        altitudeMetersAMSL: place.position.altitudeMetersAMSL, method: place.method)
    }
  }

  /// A spot as it is kept.
  init(
    witness: Witness, name: String?, filedCount: Int, firstKey: String, firstSeen: Timestamp,
    lastSeen: Timestamp, frames: Int, location: Location?, bestScore: HazardScore, bestKey: String,
    vehicleCount: Int?, resultTimes: [Timestamp], rootOf: String?, newestFrames: [String]
  ) {
    self.witness = witness
    self.name = name
    self.filedCount = filedCount
    self.firstKey = firstKey
    self.firstSeen = firstSeen
    self.lastSeen = lastSeen
    self.frames = frames
    self.location = location
    self.bestScore = bestScore
    self.bestKey = bestKey
    self.vehicleCount = vehicleCount
    self.resultTimes = resultTimes
    self.rootOf = rootOf
    self.newestFrames = newestFrames
  }

  /// Takes in another spot of the same witness, both located or both not.
  mutating func absorb(_ other: Spot) {
    let isEarlier = (other.firstSeen, other.firstKey) < (firstSeen, firstKey)
    keys = isEarlier ? other.keys + keys : keys + other.keys
    let names = (isEarlier ? [other.name, name] : [name, other.name]).compactMap(\.self)
    name = names.first
    formerNames += other.formerNames + names.dropFirst()
    filedCount += other.filedCount
    if isEarlier { (firstSeen, firstKey) = (other.firstSeen, other.firstKey) }
    lastSeen = max(lastSeen, other.lastSeen)
    let known = other.newestFrames.count { newestFrames.contains($0) }
    frames = max(frames + other.frames - known, max(frames, other.frames))
    newestFrames = Array(
      (newestFrames + other.newestFrames.filter { !newestFrames.contains($0) }).suffix(Self.framesRemembered))
    if other.bestScore > bestScore || (other.bestScore == bestScore && isEarlier) {
      (bestScore, bestKey) = (other.bestScore, other.bestKey)
    }
    if let count = other.vehicleCount { vehicleCount = max(vehicleCount ?? 0, count) }
    resultTimes = Array((resultTimes + other.resultTimes).sorted().prefix(Self.resultTimesKept))
    rootOf = rootOf ?? other.rootOf
    if let mine = location, let others = other.location { location = mine.joined(with: others) }
  }

  /// Lets go of keys that are filed now, and goes by the names that their sightings have.
  mutating func follow(_ filed: FiledKeys) {
    let known = names.map { filed.nameOfName[$0] ?? $0 }
    var found = known
    var left: [String] = []
    for key in keys {
      guard let name = filed.nameOfKey[key] else {
        left.append(key)
        continue
      }
      filedCount += 1
      found.append(name)
    }
    keys = left
    var all: [String] = []
    for name in found where !all.contains(name) { all.append(name) }
    name = all.first
    formerNames = Array(all.dropFirst())
  }

  /// All names that its filed sightings are filed under.
  var names: [String] { (name.map { [$0] } ?? []) + formerNames }

  /// Hands its keys over; from now on they go by the spot's name.
  mutating func file() -> Filing? {
    guard !keys.isEmpty || !formerNames.isEmpty else { return nil }
    let filing = Filing(name: name ?? firstKey, keys: keys, formerNames: formerNames)
    name = filing.name
    filedCount += keys.count
    keys = []
    formerNames = []
    return filing
  }

  /// What this witness alone is worth, millionths: its best score, and with n frames (n − 1)/n of the repeat gain
  /// taken off the remaining doubt.
  static func confidenceMillionths(peak: HazardScore, frames: Int, repeatGain: HazardScore) -> Int {
    let peak = peak.millionths
    return peak + (1_000_000 - peak) * repeatGain.millionths / 1_000_000 * (frames - 1) / frames
  }

  static func precedes(_ left: Spot, _ right: Spot) -> Bool {
    (left.firstSeen, left.firstKey) < (right.firstSeen, right.firstKey)
  }
}

extension Spot.Location {
  /// The mean of both, and the sharper one's altitude and method.
  func joined(with other: Spot.Location) -> Spot.Location {
    var joined = other.sharpestSigmaMeters < sharpestSigmaMeters ? other : self
    let sum = weight + other.weight
    let share = other.weight / sum
    joined.latitudeDegrees = latitudeDegrees + (other.latitudeDegrees - latitudeDegrees) * share
    joined.longitudeDegrees = longitudeDegrees + (other.longitudeDegrees - longitudeDegrees) * share
    joined.weight = sum
    joined.floorVariance = min(floorVariance, other.floorVariance)
    return joined
  }
}
