package import InspectionModel
package import PixelKernels

/// The scores of a grid's tiles for one hazard, and what follows from them: regions and heat map.
package struct TileScores: Sendable {
  /// Groups of fewer tiles are no vehicle.
  static let smallestVehicle = 3

  /// Millionths, tile by tile.
  package private(set) var scores: [Int] = []

  /// Without scores until `fill`.
  package init() {}

  /// Scores a grid from the logits of its tiles.
  package mutating func fill(_ logits: ArraySlice<Int32>, _ head: TileHead) {
    if scores.count < logits.count { scores = [Int](repeating: 0, count: logits.count) }
    for (tile, logit) in logits.enumerated() { scores[tile] = head.tileScore(logit) }
  }

  /// Touching tiles at or above the threshold, strongest first; equally strong ones in scan order. A region's
  /// score is that of its strongest tile.
  package func regions(of hazard: HazardKind, _ grid: TileGrid, _ threshold: HazardScore) -> [HazardRegion] {
    let found = TileComponents.find(columns: grid.columns, rows: grid.rows) {
      scores[$0] >= threshold.millionths
    }
    return TileComponents.regions(
      found, of: hazard, score: { HazardScore(millionths: scores[$0]) },
      box: { grid.box(columns: $0.columns, rows: $0.rows) })
  }

  /// Vehicles where the scores tell vehicles from ground: each group of touching tiles that score at least one
  /// half is at least one, and as many as its size gives. Rows of cars touch, so groups alone would count too few.
  package func vehicleCount(_ grid: TileGrid, tilesPerVehicle: Int) -> Int {
    TileComponents.find(columns: grid.columns, rows: grid.rows) { scores[$0] >= 500_000 }
      .map(\.tiles.count).filter { $0 >= Self.smallestVehicle }
      .reduce(0) { $0 + max(1, (2 * $1 + tilesPerVehicle) / (2 * tilesPerVehicle)) }
  }

  /// About one sample for each 8x8 base samples, 128 at the threshold.
  package func heatMap(of hazard: HazardKind, _ grid: TileGrid, _ threshold: HazardScore) -> HeatMap {
    // The last tile of a row or column may be longer than the others, so tiles are no pixels of equal size: each
    // sample shows the tile below its centre.
    let width = (grid.widthPixels + grid.tile - 1) / grid.tile
    let height = (grid.heightPixels + grid.tile - 1) / grid.tile
    func tile(_ sample: Int, of samples: Int, pixels: Int, tiles: Int) -> Int {
      min((2 * sample + 1) * pixels / (2 * samples) / grid.tile, tiles - 1)
    }
    let columns = (0..<width).map { tile($0, of: width, pixels: grid.widthPixels, tiles: grid.columns) }
    var samples: [UInt8] = []
    samples.reserveCapacity(width * height)
    for y in 0..<height {
      let row = tile(y, of: height, pixels: grid.heightPixels, tiles: grid.rows)
      for column in columns {
        samples.append(Self.grey(scores[row * grid.columns + column], threshold.millionths))
      }
    }
    return HeatMap(hazard: hazard, widthPixels: width, heightPixels: height, samples: samples)
  }

  /// 0…127 below the threshold, 128…255 from it on, linear on either side.
  package static func grey(_ score: Int, _ threshold: Int) -> UInt8 {
    score < threshold
      ? UInt8(score * 128 / threshold)
      : UInt8(128 + (score - threshold) * 127 / max(1, 1_000_000 - threshold))
  }
}
