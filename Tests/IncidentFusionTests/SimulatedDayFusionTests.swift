import IncidentFusion
import InspectionModel
import InspectionSimulator
import TestSupport
import Testing

/// A district's day with known truth: every hazard that can be told apart is one incident.
@Suite struct SimulatedDayFusionTests {
  /// As the district's governance file has them.
  static func rules() -> FusionRules {
    func own(_ spread: Double, _ gapSeconds: Int) -> FusionRules.HazardRules {
      FusionRules.HazardRules(
        spreadMeters: spread, gapSeconds: gapSeconds, confirmConfidence: HazardScore(fraction: 0.8),
        confirmFrames: 2)
    }
    return FusionRules(
      gateSigmas: 4.7, apartSigmas: 2.5, windowSeconds: 7200, stepSeconds: 600,
      missWeight: HazardScore(fraction: 0.5), lookIntervalSeconds: 600,
      goneBelow: HazardScore(fraction: 0.2), sharedBiasSigmaMeters: 2.5, sharedErrorShare: 0.5,
      repeatGain: HazardScore(fraction: 0.1), sameKindIndependence: HazardScore(fraction: 0.5),
      hazards: [
        .fireSmoke: own(15, 7200), .water: own(10, 43_200), .roadDamage: own(3, 2_592_000),
        .garbage: own(5, 259_200), .congestion: own(30, 1800), .darkness: own(20, 43_200),
        .obstruction: own(5, 43_200),
      ])
  }

  static func day(hazards: Int, observations: Int, seed: UInt64) throws -> SimulatedDay {
    let start = try #require(Timestamp(iso8601: "2026-11-24T00:00:00+08:00", assuming: .utc))
    let centers = [(29.29, 106.25), (29.06, 106.11), (29.34, 106.42), (29.21, 106.14), (28.98, 106.37)].map {
      DayPlan.Center(
        position: GeodeticPosition<CGCS2000>(latitudeDegrees: $0.0, longitudeDegrees: $0.1), weight: 1)
    }
    var plan = DayPlan(
      seed: seed, start: start, centers: centers,
      box: DayPlan.Box(south: 28.5, west: 105.8, north: 29.5, east: 106.6))
    (plan.hazardCount, plan.observationCount) = (hazards, observations)
    return try SimulatedDay(plan: plan)
  }

  @Test(arguments: 1..<4 as Range<UInt64>)
  func everySeparableHazardIsOneIncident(seed: UInt64) throws {
    let day = try Self.day(hazards: 100, observations: 1500, seed: seed)
    var book = IncidentBook(rules: Self.rules())
    let observations = day.observations.sorted {
      ($0.phenomenonTime, $0.key) < ($1.phenomenonTime, $1.key)
    }
    for start in stride(from: 0, to: observations.count, by: 100) {
      _ = book.record(observations[start..<min(start + 100, observations.count)])
    }
    // Two sightings at little more than three sigmas from a neighbour may be taken for its own.
    let verdict = FusionVerdict(day: day, incidents: book.incidents)
    #expect(verdict.lost.count <= 1 && verdict.doubled.isEmpty, "seed \(seed): \(verdict.text)")
    #expect(book.lateCount == 0)
  }
}

/// How incidents agree with the truth of a day.
struct FusionVerdict {
  /// Separable hazards that no incident is of.
  var lost: [String] = []
  /// Separable hazards of which there are several incidents.
  var doubled: [String] = []
  /// Other hazards without an incident, or with several.
  var lostOthers = 0
  var doubledOthers = 0
  var separable = 0

  /// An incident is of the hazard that most of its observations belong to.
  init(day: SimulatedDay, incidents: [Incident]) {
    var hazardOfKey: [String: Int] = [:]
    for (observation, hazard) in zip(day.observations, day.hazardIndices) {
      hazardOfKey[observation.key] = hazard
    }
    var counts = Array(repeating: 0, count: day.hazards.count)
    for incident in incidents {
      var votes: [Int: Int] = [:]
      for key in incident.observationKeys { votes[hazardOfKey[key] ?? 0, default: 0] += 1 }
      if let most = votes.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }) { counts[most.key] += 1 }
    }
    for (hazard, count) in zip(day.hazards, counts) {
      if hazard.isSeparable {
        separable += 1
        let words =
          "\(hazard.id) \(hazard.kind.rawValue) n=\(hazard.observationCount) "
          + "nearest=\(hazard.nearestSigmas ?? -1) w=\(hazard.witnesses.count)"
        if count == 0 { lost.append(words) }
        if count > 1 { doubled.append(words) }
      } else {
        if count == 0 { lostOthers += 1 }
        if count > 1 { doubledOthers += 1 }
      }
    }
  }

  var text: String {
    "\(separable) separable, lost \(lost), doubled \(doubled); others lost \(lostOthers), doubled \(doubledOthers)"
  }
}
