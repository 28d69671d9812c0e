import IncidentFusion
import InspectionModel
import TestSupport

/// Short ways to write observations and rules.
enum Sighting {
  static let start = Timestamp(iso8601: "2026-11-24T08:00:00+08:00", assuming: .utc)!
  static let origin = LocalPlane(
    origin: GeodeticPosition<CGCS2000>(latitudeDegrees: 29.29, longitudeDegrees: 106.25))

  /// An observation `seconds` after the start, metres east and north of the origin; no place without `sigma`.
  static func make(
    _ key: String, hazard: HazardKind = .water, kind: WitnessKind = .air, source: String = "flight-1",
    score: Double = 0.8, seconds: Double = 0, east: Double = 0, north: Double = 0, sigma: Double? = 4,
    frame: String? = nil, vehicles: Int? = nil, threshold: Double = 0.5
  ) -> Observation {
    Observation(
      key: key, witness: Witness(kind: kind, source: source), hazard: hazard,
      score: HazardScore(fraction: score), phenomenonTime: start.advanced(bySeconds: seconds),
      timeSource: .exif, resultTime: start,
      place: sigma.map {
        ObservedPlace(
          position: origin.position(eastMeters: east, northMeters: north), sigmaMeters: $0,
          method: .projected)
      },
      placeRemark: nil, region: .whole, vehicleCount: vehicles,
      frame: FrameReference(name: key, sha256: frame ?? key, sequenceNumber: 0),
      procedure: AnalysisProcedure(name: "test", version: "1", parametersHash: "0"),
      threshold: HazardScore(fraction: threshold))
  }

  /// Gate 4.5 and 2.5, spread 10 m, gap 600 s, window one day in steps of 10 min, confirmed from 0.8 and two frames.
  static func rules(
    gateSigmas: Double = 4.5, sharedBias: Double = 2.5, spread: Double = 10, gapSeconds: Int = 600,
    windowSeconds: Int = 86_400
  ) -> FusionRules {
    let own = FusionRules.HazardRules(
      spreadMeters: spread, gapSeconds: gapSeconds, confirmConfidence: HazardScore(fraction: 0.8),
      confirmFrames: 2)
    return FusionRules(
      gateSigmas: gateSigmas, apartSigmas: 2.5, windowSeconds: windowSeconds, stepSeconds: 600,
      missWeight: HazardScore(fraction: 0.5), lookIntervalSeconds: 300, goneBelow: HazardScore(fraction: 0.2),
      sharedBiasSigmaMeters: sharedBias, sharedErrorShare: 0.5,
      repeatGain: HazardScore(fraction: 0.1), sameKindIndependence: HazardScore(fraction: 0.5),
      hazards: Dictionary(uniqueKeysWithValues: HazardKind.allCases.map { ($0, own) }))
  }

  /// Sum of twelve uniform numbers: normal enough, and the same everywhere.
  static func normal(_ generator: inout SeededGenerator) -> Double {
    (0..<12).reduce(-6.0) { sum, _ in sum + Double.random(in: 0..<1, using: &generator) }
  }

  static func incidents(_ observations: [Observation], rules: FusionRules = rules()) -> [Incident] {
    var book = IncidentBook(rules: rules)
    _ = book.record(observations)
    return book.incidents
  }

  /// A lively day: several kinds, places, witnesses, equal times, missing and broken places, doubtful scores.
  static func day(count: Int, seed: UInt64) -> [Observation] {
    var generator = SeededGenerator(seed: seed)
    let hazards: [HazardKind] = [.water, .fireSmoke, .congestion]
    return (0..<count).map { index in
      let site = Double(Int.random(in: 0..<5, using: &generator)) * 60
      let sigmas: [Double?] = [nil, 0, .nan, 3, 8, 8, 15, 15]
      return make(
        "\(seed)-\(index)", hazard: hazards.randomElement(using: &generator) ?? .water,
        kind: WitnessKind.allCases.randomElement(using: &generator) ?? .air,
        source: "s\(Int.random(in: 0..<3, using: &generator))",
        score: Double(Int.random(in: 40...100, using: &generator)) / 100,
        seconds: Double(Int.random(in: 0..<60, using: &generator) * 120),
        east: site + Double.random(in: -15...15, using: &generator),
        north: Double.random(in: -15...15, using: &generator),
        sigma: sigmas.randomElement(using: &generator) ?? nil,
        frame: "f\(Int.random(in: 0..<80, using: &generator))",
        vehicles: Bool.random(using: &generator) ? Int.random(in: 0..<90, using: &generator) : nil)
    }
  }
}
