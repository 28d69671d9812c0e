internal import PixelKernels

/// How much a source's samples change from frame to frame when nothing happens: learnt from what most tiles do.
///
/// The median over the tiles stands as long as less than half of the picture moves. It follows rises slowly, for a
/// change of the light looks like noise for a moment, and falls quickly.
struct NoiseLevel: Sendable {
  /// Samples always differ by a few levels: rounding in the camera and in the mean of a block.
  static let leastThreshold = 4
  /// The mean distance of two noisy frames is 1.13 sigma, so that this is over five sigma: two of a tile's samples
  /// exceed it together once in years.
  static let factor = 5
  /// Above this the picture itself is in doubt.
  static let mostThreshold = 48
  static let riseShift = 4
  static let fallShift = 1

  /// Mean distance of a sample from itself in another frame, 256ths of a level.
  private(set) var distance256ths = 0
  private var isLearnt = false
  private var differences: [UInt32] = []
  /// How many tiles have each distance, sixteenths of a level, up to 16 levels.
  private var counts = [Int32](repeating: 0, count: 257)

  /// Learns from a frame and an earlier one.
  mutating func learn(_ tiles: CoarseTiles, earlier: PixelPlane, kernels: PixelKernels) {
    guard tiles.seenCount > 0 else { return }
    kernels.tileDifferences(tiles.luma, earlier, grid: tiles.grid, sums: &differences)
    for index in counts.indices { counts[index] = 0 }
    for tile in 0..<tiles.seenCount {
      counts[min(tiles.sixteenths(differences[tile], tile), 256)] += 1
    }
    var seen = 0, median = 0
    while median < 256 {
      seen += Int(counts[median])
      if 2 * seen >= tiles.seenCount { break }
      median += 1
    }
    let change = 16 * median - distance256ths
    distance256ths += isLearnt ? change >> (change > 0 ? Self.riseShift : Self.fallShift) : change
    isLearnt = true
  }

  /// By more than how many levels a sample differs, where DC coefficients were divided by `quantizer`: one step of
  /// the quantiser, an eighth of it in levels, is no change.
  func threshold(quantizer: UInt16) -> UInt8 {
    let step = (min(Int(quantizer), 8 * Self.mostThreshold) + 7) / 8
    return UInt8(
      min(Self.leastThreshold + step + (Self.factor * distance256ths + 255) / 256, Self.mostThreshold))
  }
}
