import FrameMemory
import HazardAnalysis
import ImageCodecs
import InspectionModel
import PixelKernels
import TestSupport
import Testing

@Suite struct TileFeaturesTests {
  private static func features(_ frame: Frame) -> (
    grid: TileGrid, tiles: [[TileFeature: Int]], isBlank: [Bool]
  ) {
    var workspace = AnalysisWorkspace()
    let (grid, values, isBlank) = TileFeatures.measure(frame, tier: .portable, workspace: &workspace)
    let tiles = (0..<grid.count).map { tile in
      Dictionary(
        uniqueKeysWithValues: TileFeature.allCases.map {
          ($0, Int(values[tile * TileFeature.count + $0.rawValue]))
        })
    }
    return (grid, tiles, isBlank)
  }

  @Test func aFlatColourHasMeansAndClassesOnly() {
    let color = RGBColor(red: 250, green: 120, blue: 20), (luma, blue, red) = color.ycbcr
    let (grid, tiles, isBlank) = Self.features(DrawnFrames.make(40, 24, background: color))
    #expect(grid.columns == 5 && grid.rows == 3 && isBlank.allSatisfy { !$0 })
    for tile in tiles {
      let expected: [TileFeature: Int] = [
        .lumaMean: 16 * Int(luma), .blueMean: 16 * Int(blue), .redMean: 16 * Int(red), .flame: 4095,
        .saturated: 4095,
      ]
      #expect(tile.filter { $0.value != 0 } == expected)
    }
  }

  /// Columns of 100 and 140 by turns: mean 120, deviation 20, differences of 40 across and of 0 at a distance of 4.
  @Test func stripesHaveTheirGradients() {
    let frame = DrawnFrames.frame(64, 64, .grey) { x, _ in (x % 2 == 0 ? 100 : 140, 128, 128) }
    let (grid, tiles, _) = Self.features(frame)
    let tile = tiles[3 * grid.columns + 3]
    #expect(tile[.lumaMean] == 1920 && tile[.depth] == 320 && tile[.height] == 320)
    #expect(tile[.lumaDeviation] == 1144)  // 256·√20 = 1144.9
    #expect(tile[.across] == 1619 && tile[.acrossDetail] == 1619)  // 256·√40 = 1619.1
    #expect(tile[.down] == 0 && tile[.acrossFar] == 0 && tile[.downFar] == 0)
    #expect(tile[.neutral] == 4095)
  }

  /// A picture of twice the base size has fine texture in the detail features that its base plane lost.
  @Test func fineTextureShowsInDetailOnly() {
    let frame = DrawnFrames.frame(640, 400, .grey) { x, _ in (x % 2 == 0 ? 100 : 140, 128, 128) }
    let (grid, tiles, _) = Self.features(frame)
    #expect(grid.widthPixels == 320 && grid.heightPixels == 200)
    for tile in tiles.prefix(grid.columns - 1) {
      #expect(tile[.acrossDetail] == 1619 && tile[.across] == 0 && tile[.lumaDeviation] == 0)
    }
  }

  @Test func everyFeatureStaysInTwelveBits() {
    for (name, frame) in AnalyzerContractTests.frames {
      for tile in Self.features(frame).tiles {
        #expect(tile.values.allSatisfy { (0...4095).contains($0) }, "\(name): \(tile)")
      }
    }
    let extremes = DrawnFrames.frame(30, 30, .ycbcr444) { x, y in
      let value: UInt8 = (x + y) % 2 == 0 ? 0 : 255
      return (value, value, 255 - value)
    }
    #expect(Self.features(extremes).tiles.allSatisfy { $0.values.allSatisfy { (0...4095).contains($0) } })
  }

  @Test func tilesWithoutLightAreBlank() {
    let frame = DrawnFrames.frame(32, 16, .grey) { x, y in
      (x < 16 ? 19 : x == 20 && y == 3 ? 20 : 0, 128, 128)
    }
    #expect(Self.features(frame).isBlank == [true, true, false, true, true, true, true, true])
  }
}
