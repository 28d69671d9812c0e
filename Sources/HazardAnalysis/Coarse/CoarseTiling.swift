internal import FrameMemory
internal import PixelKernels

/// How a coarse frame divides into the tiles that the temporal analysis judges.
///
/// A tile is a square of 2, 4, 8 … blocks, the smallest that gives at most 64 tiles a side: 4 blocks, that is 32
/// pixels, for 1080p, 2 for 640 x 360, 16 for 8K. Tiles then mean about the same share of any picture, and what
/// follows the kernels costs the same for any size.
struct CoarseTiling: Sendable, Hashable {
  /// The most tiles in a row or column, but for pictures above 32,768 pixels a side.
  static let mostTilesASide = 64
  static let largestTile = 64

  let format: CoarseFormat
  /// Over the luma samples.
  let grid: TileGrid
  /// The common size of luma and chroma, samples; `nil` for a grey frame.
  let colourSize: ColourSize?
  /// By how much luma shrinks to the common size: 1, 2 or 4.
  let lumaDivisor: Int
  /// Which columns and rows of the chroma samples are taken: each, every second or every fourth.
  let chromaColumnStep: Int
  let chromaRowStep: Int

  init(_ format: CoarseFormat) {
    let luma = format.plane(.luma)!
    let longer = max(luma.widthBlocks, luma.heightBlocks)
    var (divisor, columnStep, rowStep) = (1, 1, 1)
    if case .ycbcr(let horizontal, let vertical) = format.chroma {
      divisor = max(horizontal, vertical)
      columnStep = divisor / horizontal
      rowStep = divisor / vertical
    }
    // A tile has at least one sample of the common size.
    var tile = max(2, divisor)
    while tile < Self.largestTile, (longer + tile - 1) / tile > Self.mostTilesASide { tile *= 2 }
    let grid = TileGrid(widthPixels: luma.widthBlocks, heightPixels: luma.heightBlocks, tile: tile)
    self.format = format
    self.grid = grid
    lumaDivisor = divisor
    chromaColumnStep = columnStep
    chromaRowStep = rowStep
    colourSize =
      format.chroma == .grey
      ? nil
      : ColourSize(
        width: (luma.widthBlocks + divisor - 1) / divisor,
        height: (luma.heightBlocks + divisor - 1) / divisor)
  }

  /// A number of samples across and down.
  struct ColourSize: Sendable, Hashable {
    let width: Int
    let height: Int
  }

  /// Tiles from the first on, in scan order, whose blocks all lie in the first `completeRows` rows.
  func seenCount(completeRows: Int) -> Int {
    guard completeRows < grid.heightPixels else { return grid.count }
    return min(completeRows / grid.tile, grid.rows - 1) * grid.columns
  }

  /// Luma samples of each tile.
  func sampleCounts() -> [UInt16] {
    (0..<grid.count).map {
      UInt16(grid.sampleCount(column: $0 % grid.columns, row: $0 / grid.columns))
    }
  }
}
