internal import FrameMemory
internal import PixelKernels

/// What kernels measured of each tile of one coarse frame: the input of all detectors.
///
/// The memory is kept from frame to frame. Arrays hold one value a tile, in scan order; only the first `seenCount`
/// are of this frame: tiles below came from no data and must change nothing.
struct CoarseTiles: Sendable {
  let tiling: CoarseTiling
  /// Luma samples of each tile.
  let sampleCounts: [UInt16]
  /// Samples of a tile that must differ before the tile does: an eighth of them, at least 2 where there are 2. Noise
  /// seldom lifts two samples of one tile at once, and a thing that matters covers more.
  let neededSamples: [UInt16]

  var seenCount = 0
  /// Luma levels; rows that came from no data are filled from the background.
  var luma = PixelPlane()
  /// First step of the luma DC coefficients.
  var quantizer: UInt16 = 1
  /// What noise alone changes, see `NoiseLevel.distance256ths`.
  var noise256ths = 0
  /// By more than this many levels a sample differs.
  var threshold: UInt8 = 0
  /// Sum of the luma levels.
  var sums: [UInt32] = []
  /// Mean of the luma levels, rounded down; of frames that stand for a step, see `CoarseMeter`, and where the
  /// background jumped.
  private(set) var means: [UInt8] = []
  /// Samples that differ from the earlier frame.
  var changed: [UInt16] = []
  /// Samples that differ from the background.
  var foreground: [UInt16] = []
  /// Sum of the distances from the background; measured only while `MotionDetector` asks for it.
  var distances: [UInt32] = []
  /// Samples in flame colours, see `FlameColours`; all zero for a grey frame.
  var flames: [UInt16]
  /// By how much red chroma exceeds blue by more than `FlameColours.leastDistance`, summed up; only near flame colours.
  var flameStrengths: [UInt32]
  /// Whether any sample is in flame colours.
  var showsFlame = false

  private let division: TileDivision

  init(_ format: CoarseFormat) {
    tiling = CoarseTiling(format)
    sampleCounts = tiling.sampleCounts()
    division = TileDivision(sampleCounts)
    flames = [UInt16](repeating: 0, count: sampleCounts.count)
    flameStrengths = [UInt32](repeating: 0, count: sampleCounts.count)
    neededSamples = sampleCounts.map { min($0, max(2, $0 / 8)) }
  }

  var grid: TileGrid { tiling.grid }

  /// Fills `means` from `sums`.
  mutating func divideSums() { division.divide(sums, into: &means) }

  /// Mean of a sum over a tile, 16ths.
  func sixteenths(_ sum: UInt32, _ tile: Int) -> Int { division.sixteenths(sum, tile) }

  /// Means of other sums over the same tiles.
  func divide(_ sums: [UInt32], into means: inout [UInt8]) { division.divide(sums, into: &means) }

  /// How many of the seen tiles have at least the needed number of samples.
  func count(_ samples: [UInt16]) -> Int {
    let samples = samples.span, needed = neededSamples.span, end = seenCount
    precondition(end >= 0 && end <= samples.count && end <= needed.count, "a value for each seen tile")
    // Without any check inside, the loop is compiled to vector code; there are fewer than 2^16 tiles.
    var count: UInt16 = 0, tile = 0
    while tile < end {
      count &+= samples[tile] >= needed[tile] ? 1 : 0
      tile &+= 1
    }
    return Int(count)
  }
}

extension CoarseTiles {
  /// Whether all rows came from data.
  var isWhole: Bool { seenCount == grid.count }
}

/// Means of tiles without a division: a factor of 2^40 over the number of samples, exact for all sums of up to
/// 16,384 levels.
private struct TileDivision: Sendable {
  private let reciprocals: [UInt64]

  init(_ sampleCounts: [UInt16]) {
    reciprocals = sampleCounts.map { (1 << 40 + UInt64($0) - 1) / UInt64($0) }
  }

  func sixteenths(_ sum: UInt32, _ tile: Int) -> Int {
    Int(truncatingIfNeeded: (UInt64(sum) &* reciprocals[tile]) &>> 36)
  }

  func divide(_ sums: [UInt32], into means: inout [UInt8]) {
    if means.count < reciprocals.count { means = [UInt8](repeating: 0, count: reciprocals.count) }
    let sums = sums.span, reciprocals = reciprocals.span
    var means = means.mutableSpan
    let end = reciprocals.count
    precondition(end <= sums.count && end <= means.count, "a sum and a mean for each tile")
    var tile = 0
    while tile < end {
      means[tile] = UInt8(truncatingIfNeeded: (UInt64(sums[tile]) &* reciprocals[tile]) &>> 40)
      tile &+= 1
    }
  }
}
