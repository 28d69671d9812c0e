import HazardAnalysis
import InspectionModel
import PixelKernels
import TestSupport
import Testing

@Suite struct TileScoresTests {
  /// A head whose tile score is the logistic of the logit.
  private static let plainHead = TileHead(
    hiddenWeights: [], hiddenBiases: [], outputWeights: [], outputBias: 0, tileCalibration: (1024, 0),
    pictureCalibration: ([1024, 2048, 512], 7))

  /// Scores of a drawing: `#` hot, `+` just hot, `.` cold.
  private static func scores(_ rows: [String]) -> (TileScores, TileGrid) {
    let logits = rows.joined().map { Int32($0 == "#" ? 4096 : $0 == "+" ? 0 : -1) }
    var scores = TileScores()
    scores.fill(logits[...], plainHead)
    return (scores, TileGrid(widthPixels: rows[0].count * 8, heightPixels: rows.count * 8, tile: 8))
  }

  @Test func vehiclesAreGroupsAndTheirSizes() {
    let (scores, grid) = Self.scores([
      "###....##.",
      "###.......",
      "......++..",
      "#.....+#..",
      "....#.....",
      "#####.###.",
      "#####.#...",
    ])
    // Groups of 6, 2 (a speck), 4, 1 (a speck), 11 and 4 tiles.
    #expect(scores.vehicleCount(grid, tilesPerVehicle: 4) == 7)  // 2, 1, 3, 1
    #expect(scores.vehicleCount(grid, tilesPerVehicle: 5) == 5)  // 1, 1, 2, 1
    #expect(scores.vehicleCount(grid, tilesPerVehicle: 100) == 4, "a group is at least one vehicle")
  }

  @Test func regionsComeStrongestFirstThenInScanOrder() {
    let (scores, grid) = Self.scores(["++..##", "......", "##..++"])
    let regions = scores.regions(of: .water, grid, HazardScore(millionths: 500_000))
    let tiles = regions.map { [Int(($0.box.x * 6).rounded()), Int(($0.box.y * 3).rounded())] }
    #expect(tiles == [[4, 0], [0, 2], [0, 0], [4, 2]])
    let thousandths = regions.map { $0.score.millionths / 1000 }
    #expect(thousandths == [982, 982, 500, 500])
    #expect(scores.regions(of: .water, grid, HazardScore(millionths: 990_000)).isEmpty)
  }

  @Test func greyReaches128AtTheThreshold() {
    for threshold in [1, 20_000, 500_000, 999_999, 1_000_000] {
      var before: UInt8 = 0
      for score in stride(from: 0, through: 1_000_000, by: 997) {
        let grey = TileScores.grey(score, threshold)
        #expect(grey >= before && (grey >= 128) == (score >= threshold), "\(score), \(threshold)")
        before = grey
      }
      #expect(TileScores.grey(threshold, threshold) == 128 && TileScores.grey(threshold - 1, threshold) < 128)
    }
    #expect(TileScores.grey(1_000_000, 500_000) == 255 && TileScores.grey(0, 500_000) == 0)
    #expect(TileScores.grey(0, 0) == 128, "a threshold of nothing is always reached")
  }

  @Test func aPictureIsTheMeanOfItsStrongestTilesAndOfAll() {
    // 70 visible tiles in disorder: the strongest two, the strongest eight, all.
    let values = (0..<70).map { Int32(($0 * 37) % 70 * 10) }
    var ranked: [Int32] = []
    let logits = values + [TileHead.blankLogit, TileHead.blankLogit]
    let two = (690 + 680) * 64 / 2
    let eight = (690 + 620) * 4 * 64 / 8
    let all = 345 * 64
    let expected = 7 + two + 2 * eight + all / 2
    #expect(Self.plainHead.pictureLogit(logits[...], ranked: &ranked) == expected)
  }

  /// A map's samples are equal parts of the picture although the last tile may be nearly two sides long.
  @Test func theMapCoversThePictureEvenly() {
    let grid = TileGrid(widthPixels: 31, heightPixels: 23, tile: 8)
    #expect(grid.columns == 3 && grid.rows == 2)
    var scores = TileScores()
    scores.fill([0, 0, 4096, 0, 0, 4096], Self.plainHead)
    let map = scores.heatMap(of: .water, grid, HazardScore(millionths: 900_000))
    #expect(map.widthPixels == 4 && map.heightPixels == 3)
    for (index, sample) in map.samples.enumerated() {
      #expect((sample >= 128) == (index % 4 >= 2), "sample \(index)")
    }
  }
}
