import Foundation
import InspectionModel
import InspectionSimulator
import Testing

/// `separable` and the looks, against what the written files say, by brute force.
@Suite struct DaySeparabilityTests {
  private struct Truth: Decodable {
    struct Hazard: Decodable {
      var id: String, kind: String, lon: Double, lat: Double, separable: Bool, begins: String, ends: String
      var sigmaM: Double, observationCount: Int

      func meters(to lon: Double, _ lat: Double) -> Double {
        let position = GeodeticPosition<CGCS2000>(latitudeDegrees: self.lat, longitudeDegrees: self.lon)
        return LocalPlane(origin: position).distanceMeters(
          to: GeodeticPosition(latitudeDegrees: lat, longitudeDegrees: lon))
      }
    }
    struct Look: Decodable {
      var hazard: String, missed: Bool
    }
    var hazards: [Hazard]
    var observations: [String: String]
    var looks: [String: Look]
  }

  private struct Line: Decodable {
    struct Place: Decodable {
      var longitudeDeg: Double, latitudeDeg: Double
      var sigmaM: Double?, radiusM: Double?
    }
    var key: String
    var hazard: String?
    var hazards: [String]?
    var phenomenonTime: String
    var place: Place
  }

  private static func read<Value: Decodable>(_ text: some StringProtocol) throws -> Value {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(Value.self, from: Data(text.utf8))
  }

  private static func lines(_ text: String) throws -> [Line] {
    try text.split(separator: "\n").map { try read($0) }
  }

  @Test(arguments: [UInt64(1), 2, 3])
  func separableIsWhatBruteForceFinds(seed: UInt64) throws {
    let day = try SimulatedDay(plan: DaySamples.plan(seed: seed, hazards: 200, observations: 4000))
    let text = DaySamples.text(of: day)
    let truth: Truth = try Self.read(text.truth)
    var squares: [String: [Double]] = [:], known: Set<String> = []
    for line in try Self.lines(text.lines) where known.insert(line.key).inserted {
      let kind = try #require(line.hazard.flatMap(HazardKind.init(rawValue:)))
      let (sigma, spread) = (try #require(line.place.sigmaM), try #require(day.plan.spreadMeters[kind]))
      squares[try #require(truth.observations[line.key]), default: []].append(sigma * sigma + spread * spread)
    }
    #expect(known == Set(truth.observations.keys))
    let sigmaSquared = squares.mapValues { $0.reduce(0, +) / Double($0.count) }
    for hazard in truth.hazards {
      let own = try #require(sigmaSquared[hazard.id]), sigma = own.squareRoot()
      #expect(abs(sigma - hazard.sigmaM) < 0.001)
      #expect(squares[hazard.id]?.count == hazard.observationCount)
      // Times are written alike, so their texts compare as they do; nobody lies within a ten-thousandth of three.
      let isAlone = truth.hazards.allSatisfy { other in
        guard other.id != hazard.id, other.kind == hazard.kind, other.begins < hazard.ends,
          hazard.begins < other.ends
        else { return true }
        let joint = (own + (sigmaSquared[other.id] ?? 0)).squareRoot()
        return hazard.meters(to: other.lon, other.lat) > 3 * joint
      }
      #expect(hazard.separable == isAlone, "seed \(seed) \(hazard.id)")
    }
    let inseparable = truth.hazards.count { !$0.separable }
    #expect((2...30).contains(inseparable), "\(inseparable)")
  }

  /// About 12 of 100 lie 1.5 to 8 sigmas beside another, all others twelve apart.
  @Test func someLieBesideOthersOfTheirKind() throws {
    let day = try SimulatedDay(plan: DaySamples.plan(hazards: 600, observations: 20_000))
    let near = day.hazards.compactMap(\.nearestSigmas)
    #expect((72...144).contains(near.count), "\(near.count)")
    #expect(near.count { $0 < 3 } > 10 && near.count { $0 > 3 && $0 < 8 } > 40)
    let without = try SimulatedDay(plan: DaySamples.plan { $0.neighbourShare = 0 })
    #expect(without.hazards.allSatisfy { $0.nearestSigmas == nil && $0.isSeparable })
  }

  @Test func looksSeeNothingWhereNothingIs() throws {
    let text = try DaySamples.text(
      of: SimulatedDay(plan: DaySamples.plan(hazards: 200, observations: 3000)))
    let truth: Truth = try Self.read(text.truth)
    let looks = try Self.lines(text.looks)
    #expect(looks.count > 150 && looks.count == truth.looks.count)
    var missed = 0
    let lasting = try truth.hazards.map { hazard in
      try #require(Timestamp(iso8601: hazard.begins, assuming: .utc))..<#require(
        Timestamp(iso8601: hazard.ends, assuming: .utc))
    }
    for look in looks {
      let told = try #require(truth.looks[look.key]), hazards = try #require(look.hazards)
      let time = try #require(Timestamp(iso8601: look.phenomenonTime, assuming: .utc))
      let radius = try #require(look.place.radiusM)
      let inside = zip(truth.hazards, lasting).filter { hazard, times in
        times.contains(time) && hazards.contains(hazard.kind)
          && hazard.meters(to: look.place.longitudeDeg, look.place.latitudeDeg) < radius
      }.map(\.0)
      #expect(inside.map(\.id) == (told.missed ? [told.hazard] : []), "\(look.key)")
      missed += told.missed ? 1 : 0
    }
    #expect((1...looks.count / 20).contains(missed))
  }
}
