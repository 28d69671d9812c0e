internal import InspectionModel
internal import PixelKernels

/// The scores of a grid's tiles for one hazard, and what follows from them: regions and heat map.
struct TileScores: Sendable {
  /// Regions of one hazard that are told at most.
  static let maximumRegions = 8
  /// Regions below this share of the largest region's tiles are specks.
  static let speckDivisor = 8

  /// Millionths, tile by tile.
  private(set) var scores: [Int] = []

  mutating func fill(_ logits: ArraySlice<Int32>, _ head: TileHead) {
    if scores.count < logits.count { scores = [Int](repeating: 0, count: logits.count) }
    for (tile, logit) in logits.enumerated() { scores[tile] = head.tileScore(logit) }
  }

  /// Touching tiles at or above the threshold, strongest first; equally strong ones in scan order. A region's
  /// score is that of its strongest tile.
  func regions(of hazard: HazardKind, _ grid: TileGrid, _ threshold: HazardScore) -> [HazardRegion] {
    let found = TileComponents.find(columns: grid.columns, rows: grid.rows) {
      scores[$0] >= threshold.millionths
    }
    let largest = found.map(\.tiles.count).max() ?? 0
    let regions = found.filter { $0.tiles.count * Self.speckDivisor >= largest }.map { component in
      HazardRegion(
        hazard: hazard, score: HazardScore(millionths: component.tiles.map { scores[$0] }.max()!),
        box: grid.box(columns: component.columns, rows: component.rows))
    }
    let order = regions.indices.sorted {
      (regions[$1].score.millionths, $0) < (regions[$0].score.millionths, $1)
    }
    return order.prefix(Self.maximumRegions).map { regions[$0] }
  }

  /// One sample for each 8x8 base samples, 128 at the threshold.
  func heatMap(of hazard: HazardKind, _ grid: TileGrid, _ threshold: HazardScore) -> HeatMap {
    // The last tile of a row or column may be longer than the others: samples of equal size need cells of their own.
    let width = (grid.widthPixels + grid.tile - 1) / grid.tile
    let height = (grid.heightPixels + grid.tile - 1) / grid.tile
    var samples: [UInt8] = []
    samples.reserveCapacity(width * height)
    for y in 0..<height {
      for x in 0..<width {
        let score = scores[min(y, grid.rows - 1) * grid.columns + min(x, grid.columns - 1)]
        samples.append(Self.grey(score, threshold.millionths))
      }
    }
    return HeatMap(hazard: hazard, widthPixels: width, heightPixels: height, samples: samples)
  }

  /// 0…127 below the threshold, 128…255 from it on, linear on either side.
  static func grey(_ score: Int, _ threshold: Int) -> UInt8 {
    score < threshold
      ? UInt8(score * 128 / threshold)
      : UInt8(128 + (score - threshold) * 127 / max(1, 1_000_000 - threshold))
  }
}
