import InspectionModel
import InspectionSimulator
import Testing

/// Stated sigmas are honest: errors are spread as they say, shared by a witness up to half of it.
@Suite struct DayErrorTests {
  private struct Miss {
    var observation: Observation
    var east: Double
    var north: Double
    var sigma: Double
    var normalized: [Double] { [east / sigma, north / sigma] }
  }

  private static func misses(_ day: SimulatedDay) throws -> [Miss] {
    try zip(day.hazardIndices, day.observations).map { index, observation in
      let hazard = day.hazards[index], place = try #require(observation.place)
      let spread = try #require(day.plan.spreadMeters[hazard.kind])
      let offset = LocalPlane(origin: hazard.position).offsetMeters(of: place.position)
      let sigma = (place.sigmaMeters * place.sigmaMeters + spread * spread).squareRoot()
      return Miss(observation: observation, east: offset.east, north: offset.north, sigma: sigma)
    }
  }

  /// The sum of n squares of standard normals is n ± 4 sqrt(2 n) in all but one of 16,000 cases.
  @Test(arguments: [UInt64(3), 4, 5])
  func personsErrorsAreNormal(seed: UInt64) throws {
    let day = try SimulatedDay(plan: DaySamples.plan(seed: seed, hazards: 600, observations: 12_000))
    let values = try Self.misses(day).filter { $0.observation.witness.kind == .person }.flatMap(\.normalized)
    let count = Double(values.count)
    #expect(count > 2000)
    #expect(abs(values.reduce(0, +)) < 4 * count.squareRoot())
    #expect(abs(values.reduce(0) { $0 + $1 * $1 } - count) < 4 * (2 * count).squareRoot())
    // Shares of a normal distribution beyond 1, 2 and 3 sigmas.
    for (limit, share) in [(1.0, 0.317_311), (2.0, 0.045_500), (3.0, 0.002_700)] {
      let beyond = Double(values.count { abs($0) > limit })
      #expect(abs(beyond - count * share) < 4 * (count * share).squareRoot(), "\(limit): \(beyond)")
    }
  }

  /// Sightings of one witness share a part: the sum of squares keeps its mean, and varies more.
  @Test(arguments: [WitnessKind.air, .ground])
  func errorsOfRepeatedSightingsAreAsLargeAsStated(kind: WitnessKind) throws {
    var (sum, count) = (0.0, 0.0)
    for seed in UInt64(21)..<24 {
      let day = try SimulatedDay(plan: DaySamples.plan(seed: seed, hazards: 300, observations: 8000))
      for value in try Self.misses(day).filter({ $0.observation.witness.kind == kind }).flatMap(\.normalized)
      {
        sum += value * value
        count += 1
      }
    }
    #expect(count > 5000)
    #expect((0.95...1.05).contains(sum / count), "\(sum / count)")
  }

  /// Without spread, the mean error of a flight is its bias of 2.5 m (or half of what is stated, where that is
  /// less), that of a camera half of what is stated.
  @Test(arguments: [WitnessKind.air, .ground])
  func aWitnessSharesItsBias(kind: WitnessKind) throws {
    var squares: [Double] = []
    for seed in UInt64(31)..<35 {
      let plan = try DaySamples.plan(seed: seed, hazards: 200, observations: 12_000) {
        for kind in HazardKind.allCases { $0.spreadMeters[kind] = 0 }
      }
      let misses = try Self.misses(SimulatedDay(plan: plan)).filter { $0.observation.witness.kind == kind }
      for (_, own) in Dictionary(grouping: misses, by: \.observation.witness) where own.count > 60 {
        let sharedSigmas = own.map { kind == .air ? min(2.5, $0.sigma / 2) : $0.sigma / 2 }
        let shared = sharedSigmas.reduce(0, +) / Double(own.count)
        let (east, north) = own.reduce((0.0, 0.0)) { ($0.0 + $1.east, $0.1 + $1.north) }
        squares += [east, north].map { ($0 / Double(own.count) / shared) * ($0 / Double(own.count) / shared) }
      }
    }
    let (count, sum) = (Double(squares.count), squares.reduce(0, +))
    #expect(count >= 20)
    #expect(abs(sum - count) < 4 * (2 * count).squareRoot() + 0.1 * count, "\(sum) of \(count)")
  }
}
