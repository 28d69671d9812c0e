internal import FrameMemory
internal import PixelKernels

/// What is measured of the tiles once a second only: detail, extremes, and how bright the picture is as a whole.
struct TileDetail: Sendable {
  /// Bits of AC code of the luma blocks.
  private(set) var textures: [UInt32] = []
  /// Sums of the distances of neighbouring luma samples, across and down.
  private(set) var gradients: [UInt32] = []
  /// The brightest luma sample.
  private(set) var highest: [UInt8] = []
  /// How bright the picture is: a share of the seen tiles has a mean of at most this.
  private(set) var light = PictureLight()
  private var down: [UInt32] = []
  private var lowest: [UInt8] = []

  mutating func measure(_ tiles: CoarseTiles, _ frame: CoarseFrame, kernels: PixelKernels) {
    let grid = tiles.grid
    if let blocks = frame.texture(.luma) { kernels.textureSums(blocks, grid: grid, sums: &textures) }
    kernels.tileGradients(tiles.luma, grid: grid, horizontal: &gradients, vertical: &down)
    for tile in 0..<tiles.seenCount { gradients[tile] += down[tile] }
    kernels.tileExtremes(tiles.luma, grid: grid, lowest: &lowest, highest: &highest)
    light.measure(tiles.means, count: tiles.seenCount)
  }
}

/// Percentiles of the tiles' mean luma.
struct PictureLight: Sendable {
  private(set) var percentile5 = 0
  private(set) var percentile25 = 0
  private(set) var median = 0
  private(set) var percentile75 = 0
  private(set) var percentile95 = 0
  private var counts = [Int32](repeating: 0, count: 256)

  mutating func measure(_ means: [UInt8], count: Int) {
    for level in counts.indices { counts[level] = 0 }
    for tile in 0..<count { counts[Int(means[tile])] += 1 }
    percentile5 = level(5, count)
    percentile25 = level(25, count)
    median = level(50, count)
    percentile75 = level(75, count)
    percentile95 = level(95, count)
  }

  /// The lowest level that this many hundredths of the tiles do not exceed.
  private func level(_ hundredths: Int, _ count: Int) -> Int {
    var seen = 0
    for level in 0..<256 {
      seen += Int(counts[level])
      if 100 * seen >= hundredths * count { return level }
    }
    return 255
  }

  /// At night a quarter of the picture at most is lit; a dull winter day stays above.
  var isNight: Bool { median < 56 && percentile75 < 90 }
}
