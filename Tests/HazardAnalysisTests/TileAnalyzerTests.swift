import FrameMemory
import HazardAnalysis
import ImageCodecs
import InspectionModel
import TestSupport
import Testing

@Suite struct TileAnalyzerTests {
  static let judged: [HazardKind] = [.congestion, .darkness, .fireSmoke, .garbage, .roadDamage, .water]

  @Test func judgesSixHazards() {
    #expect(TileAnalyzer().thresholds.hazards == Self.judged)
    #expect(TileAnalyzer().thresholds.entries.allSatisfy { $0.score == HazardThresholds.usual })
  }

  @Test(arguments: [(1, 1), (8, 8), (183, 120), (480, 361)])
  func aBlackPictureIsDarkAndNothingElse(width: Int, height: Int) {
    for chroma in [ChromaLayout.grey, .ycbcr420] {
      let frame = DrawnFrames.grey(width, height, luma: 0, chroma: chroma)
      let measurement = TileAnalyzer().measure(frame, wantsHeatMaps: true)
      #expect(measurement.hazards.filter(\.isSeen).map(\.hazard) == [.darkness])
      #expect(measurement[.darkness]!.score.millionths > 990_000)
      for hazard in Self.judged where hazard != .darkness && hazard != .congestion {
        #expect(measurement[hazard]!.score == .zero, "\(hazard)")
      }
      #expect(measurement.vehicleCount == 0)
      #expect(measurement.heatMaps.allSatisfy { $0.samples.allSatisfy { $0 == 0 } })
      #expect(measurement.quality.meanLuma == 0 && measurement.quality.contrast == 0)
    }
  }

  /// More light never makes a picture darker.
  @Test func darknessFallsWithTheLitPart() {
    let scores = stride(from: 0, through: 320, by: 8).map { lit in
      let frame = DrawnFrames.frame(320, 240, .grey) { x, _ in (x < lit ? 120 : 10, 128, 128) }
      return TileAnalyzer().measure(frame)[.darkness]!.score
    }
    for (before, after) in zip(scores, scores.dropFirst()) { #expect(after <= before) }
    // Half sure where nine tenths of the samples are dark.
    #expect(scores[4] == HazardScore(millionths: 500_000))
    #expect(scores.first! > HazardThresholds.usual && scores.last! < HazardScore(millionths: 1000))
  }

  @Test func congestionFollowsTheVehicleCount() {
    for (name, frame) in AnalyzerContractTests.frames {
      let measurement = TileAnalyzer().measure(frame)
      #expect(measurement[.congestion]!.isSeen == (measurement.vehicleCount! >= 12), "\(name)")
    }
  }

  @Test func thresholdsDecideWhatIsSeenButNotTheScore() {
    let eager = TileAnalyzer(thresholds: [.water: HazardScore(millionths: 1)])
    let strict = TileAnalyzer(thresholds: [.water: HazardScore(millionths: 1_000_000)])
    #expect(eager.procedure != strict.procedure && eager.procedure != TileAnalyzer().procedure)
    var seen = 0
    for (name, frame) in AnalyzerContractTests.frames {
      let (low, high) = (eager.measure(frame)[.water]!, strict.measure(frame)[.water]!)
      #expect(low.score == high.score, "\(name)")
      #expect(!high.isSeen && high.regions.isEmpty, "\(name)")
      if low.isSeen { seen += 1 }
    }
    #expect(seen > 10)
  }

  @Test func aThresholdOfAHazardThatIsNotJudgedIsIgnored() {
    let analyzer = TileAnalyzer(thresholds: [.obstruction: .zero])
    #expect(
      analyzer.thresholds == TileAnalyzer().thresholds && analyzer.procedure == TileAnalyzer().procedure)
  }

  /// Where the grid has no longer last tiles, map cells are tiles: regions follow from the map by hand.
  @Test func regionsAreTheTouchingHotCellsOfTheMap() {
    var compared = 0
    let low = HazardScore(millionths: 20_000)
    let analyzer = TileAnalyzer(
      thresholds: [.fireSmoke: low, .garbage: low, .roadDamage: low, .water: low])
    for seed in 1...40 as ClosedRange<UInt64> {
      let frame = DrawnFrames.patches(160, 96, chroma: .ycbcr420, seed: seed)
      let measurement = analyzer.measure(frame, wantsHeatMaps: true)
      for map in measurement.heatMaps where map.hazard != .congestion && measurement[map.hazard]!.isSeen {
        var blocks = Self.blocks(map)
        let largest = blocks.map(\.count).max() ?? 0
        blocks.removeAll { $0.count * 8 < largest }
        let expected = Set(
          blocks.map { block in
            let columns = block.map { $0 % map.widthPixels }, rows = block.map { $0 / map.widthPixels }
            return NormalizedBox(
              x: Double(columns.min()!) * 8 / 160, y: Double(rows.min()!) * 8 / 96,
              width: Double((columns.max()! - columns.min()! + 1) * 8) / 160,
              height: Double((rows.max()! - rows.min()! + 1) * 8) / 96)
          })
        let found = Set(measurement[map.hazard]!.regions.map(\.box))
        if blocks.count <= 8 {
          #expect(found == expected, "seed \(seed), \(map.hazard)")
          compared += found.isEmpty ? 0 : 1
        } else {
          #expect(found.isSubset(of: expected), "seed \(seed), \(map.hazard)")
        }
      }
    }
    #expect(compared > 20, "only \(compared) maps with regions")
  }

  /// Groups of touching cells of 128 and more, corners included: each cell takes the smallest number around it
  /// until nothing changes.
  private static func blocks(_ map: HeatMap) -> [[Int]] {
    let cells = map.samples.indices.filter { map.samples[$0] >= 128 }
    var number = Dictionary(uniqueKeysWithValues: cells.map { ($0, $0) })
    var changes = true
    while changes {
      changes = false
      for a in cells {
        for b in cells
        where abs(a % map.widthPixels - b % map.widthPixels) <= 1
          && abs(a / map.widthPixels - b / map.widthPixels) <= 1 && number[b]! < number[a]!
        {
          number[a] = number[b]
          changes = true
        }
      }
    }
    return Array(Dictionary(grouping: cells) { number[$0]! }.values)
  }

  /// What is around a picture in its file takes no part in its score.
  @Test func bytesAroundThePixelsDoNotCount() throws {
    let frame = DrawnFrames.patches(200, 150, chroma: .ycbcr420, seed: 5)
    let plain = try ImageEncoder().jpeg(frame)
    let dressed =
      try ImageEncoder().jpeg(
        frame,
        segments: [
          .init(marker: 0xE1, payload: Array("Exif\0\0fire fire fire".utf8)),
          .init(marker: 0xE5, payload: [1, 2, 3]), .init(marker: 0xFE, payload: Array("water.jpg".utf8)),
        ]) + [UInt8](repeating: 0xAB, count: 999)
    let pool = FramePool(slabCount: 2, slabBytes: 1 << 20)
    let decoder = ImageDecoder()
    let first = try decoder.decode(plain, into: pool), second = try decoder.decode(dressed, into: pool)
    #expect(
      TileAnalyzer().measure(first.frame, wantsHeatMaps: true)
        == TileAnalyzer().measure(second.frame, wantsHeatMaps: true))
  }
}
