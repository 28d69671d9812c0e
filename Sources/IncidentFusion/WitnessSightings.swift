import InspectionModel

/// Everything that one witness contributes to one incident, as running sums.
struct WitnessSightings: Hashable, Sendable {
  let witness: Witness
  private(set) var peakScore = HazardScore.zero
  /// Number of different frames.
  private(set) var frames = 0
  /// Inverse variances and the weighted offsets, metres east and north of the incident's origin.
  private var weight = 0.0
  private var weightedEast = 0.0
  private var weightedNorth = 0.0
  /// Smallest sigma that the mean of this witness may claim, metres.
  private var sigmaFloorMeters = Double.infinity
  /// Frames of the newest instant: regions of one frame come one after the other in time.
  private var newestTime: Timestamp?
  private var newestFrames: [String] = []

  init(witness: Witness) { self.witness = witness }

  mutating func add(_ observation: Observation, offset: (east: Double, north: Double)?, rules: FusionRules) {
    peakScore = max(peakScore, observation.score)
    if newestTime != observation.phenomenonTime {
      newestTime = observation.phenomenonTime
      newestFrames = []
    }
    if !newestFrames.contains(observation.frame.sha256) {
      newestFrames.append(observation.frame.sha256)
      frames += 1
    }
    guard let offset, let sigma = observation.place?.sigmaMeters else { return }
    let inverse = 1 / (sigma * sigma)
    weight += inverse
    weightedEast += inverse * offset.east
    weightedNorth += inverse * offset.north
    let shared = max(min(rules.sharedBiasSigmaMeters, sigma), rules.sharedErrorShare * sigma)
    sigmaFloorMeters = min(sigmaFloorMeters, shared)
  }

  /// Mean offset and variance (metres, square metres per axis); `nil` without a located sighting.
  ///
  /// The variance is that of independent errors, but never below what all sightings of this witness share.
  var estimate: (east: Double, north: Double, variance: Double)? {
    guard weight > 0 else { return nil }
    let variance = max(1 / weight, sigmaFloorMeters * sigmaFloorMeters)
    return (weightedEast / weight, weightedNorth / weight, variance)
  }

  /// What this witness alone is worth, millionths: its best score, and with n frames (n − 1)/n of the repeat gain
  /// taken off the remaining doubt.
  func confidenceMillionths(repeatGain: HazardScore) -> Int {
    let peak = peakScore.millionths
    let gain = (1_000_000 - peak) * repeatGain.millionths / 1_000_000 * (frames - 1) / frames
    return peak + gain
  }
}
