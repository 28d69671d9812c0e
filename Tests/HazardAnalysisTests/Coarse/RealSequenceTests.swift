import HazardAnalysis
import InspectionModel
import TestSupport
import Testing

/// Real pictures of fixed cameras.
@Suite struct RealSequenceTests {
  private static func watch(_ name: String, framesPerSecond: Int) throws -> [CoarseFindings] {
    var source = CoarseSource()
    return try RealSequence.frames(name).enumerated().map { index, frame in
      source.append(frame, timestamp: Timestamp(milliseconds: Int64(1000 * index / framesPerSecond)))
    }
  }

  @Test(.enabled(if: RealSequence.exists("highway"), "no ../shared/data/sequences/highway"))
  func theHighwayMovesWhereItsCarsAre() throws {
    let findings = try Self.watch("highway", framesPerSecond: 25)
    #expect(findings.count == 51)
    // A white van comes down the left lanes and leaves at frame 12; a pickup comes down the right ones.
    let places: [(frame: Int, u: Double, v: Double)] = [
      (10, 0.55, 0.93), (20, 0.48, 0.67), (30, 0.46, 0.53), (40, 0.71, 0.54), (50, 0.60, 0.77),
    ]
    for place in places {
      #expect(
        findings[place.frame].movingRegions.contains { $0.contains((place.u, place.v)) },
        "frame \(place.frame)")
    }
    #expect(findings[1...].allSatisfy { (1...150).contains($0.motionThousandths) })
    #expect(findings.allSatisfy { $0.events.isEmpty && $0.conditions.isEmpty && $0.flicker != .flames })
  }

  /// Exposure control darkens the whole picture while the white car fills it.
  @Test(.enabled(if: RealSequence.exists("car-detection"), "no ../shared/data/sequences/car-detection"))
  func theCarMovesAndTheGroundAroundItDoesNot() throws {
    let findings = try Self.watch("car-detection", framesPerSecond: 10)
    #expect(findings.count == 120)
    for frame in 52...80 {
      #expect(findings[frame].movingRegions.contains { $0.contains((0.45, 0.25)) || $0.contains((0.4, 0.7)) })
    }
    #expect(findings[1..<40].allSatisfy { $0.motionThousandths < 20 })
    #expect(findings[56..<80].allSatisfy { (20...300).contains($0.motionThousandths) })
    #expect(findings[95...].allSatisfy { $0.motionThousandths < 20 })
    #expect(findings.allSatisfy { $0.events.isEmpty && $0.conditions.isEmpty && $0.flicker != .flames })
  }

  @Test(.enabled(if: RealSequence.exists("forest-fire-1"), "no ../shared/data/sequences/forest-fire-1"))
  func theForestFireFlickers() throws {
    let findings = try Self.watch("forest-fire-1", framesPerSecond: 15)
    #expect(findings.count == 120)
    #expect(findings.flatMap(\.events).map(\.kind) == [.flames])
    #expect(findings[45...].allSatisfy { $0.flicker == .flames })
    // Above the trees the smoke glows; below, the flames themselves.
    #expect(findings.contains { $0.flickerRegions.contains { $0.contains((0.3, 0.75)) } })
    #expect(findings.allSatisfy { $0.conditions.isEmpty })
  }
}
