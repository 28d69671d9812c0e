internal import FrameMemory
internal import PixelKernels

/// Counts the samples in flame colours of each tile, at the common size of luma and chroma, and knows where plants are.
///
/// The kernel looks for colours in cells of at least 4x4 samples, where it is fastest; only in cells that hold
/// any, sample by sample, are these given to their tiles.
struct ColourCells: Sendable {
  private static let leastCell = 4

  private let tiling: CoarseTiling
  private let cells: TileGrid
  private let isSameAsTiles: Bool
  private var counts: [UInt16] = []
  private var shrunk = PixelPlane()
  private var blue = PixelPlane()
  private var red = PixelPlane()

  /// `nil` for a grey frame.
  init?(_ tiling: CoarseTiling) {
    guard let size = tiling.colourSize else { return nil }
    self.tiling = tiling
    let tile = tiling.grid.tile / tiling.lumaDivisor
    isSameAsTiles = tile >= Self.leastCell
    cells =
      isSameAsTiles
      ? TileGrid(
        widthPixels: size.width, heightPixels: size.height, tile: tile, columns: tiling.grid.columns,
        rows: tiling.grid.rows)
      : TileGrid(widthPixels: size.width, heightPixels: size.height, tile: Self.leastCell)
  }

  /// Whether the last frame left counts.
  private var hasCounts = false

  /// Fills the counts of a frame's tiles; whether there is any flame colour.
  mutating func measure(
    _ frame: CoarseFrame, luma: PixelPlane, kernels: PixelKernels, into flames: inout [UInt16]
  ) -> Bool {
    let isAny = count(frame, luma: luma, kernels: kernels, into: &flames)
    hasCounts = isAny
    return isAny
  }

  private mutating func count(
    _ frame: CoarseFrame, luma: PixelPlane, kernels: PixelKernels, into flames: inout [UInt16]
  ) -> Bool {
    guard let blueLevels = frame.levels(.chromaBlue), let redLevels = frame.levels(.chromaRed) else {
      return false
    }
    if tiling.lumaDivisor > 1 { kernels.shrink(luma, by: tiling.lumaDivisor, into: &shrunk) }
    let common = tiling.lumaDivisor > 1 ? shrunk : luma
    guard tiling.chromaColumnStep == 1 else {
      let (columns, rows) = (tiling.chromaColumnStep, tiling.chromaRowStep)
      CoarsePlanes.thin(blueLevels, columnStep: columns, rowStep: rows, into: &blue)
      CoarsePlanes.thin(redLevels, columnStep: columns, rowStep: rows, into: &red)
      kernels.tileColours(luma: common, blue: blue, red: red, grid: cells, counts: &counts)
      return spread(common.view, blue.view, red.view, into: &flames)
    }
    // Every second or fourth row is a view of longer strides: no copy.
    let step = tiling.chromaRowStep, height = cells.heightPixels
    let blueRows = PlaneView(
      bytes: blueLevels.bytes, widthPixels: blueLevels.widthPixels, heightPixels: height,
      strideBytes: step * blueLevels.strideBytes)
    let redRows = PlaneView(
      bytes: redLevels.bytes, widthPixels: redLevels.widthPixels, heightPixels: height,
      strideBytes: step * redLevels.strideBytes)
    kernels.tileColours(
      luma: common.view, blue: blueRows, red: redRows, grid: cells, counts: &counts)
    return spread(common.view, blueRows, redRows, into: &flames)
  }

  /// Gives what the cells hold to the tiles.
  private func spread(
    _ luma: PlaneView, _ blue: PlaneView, _ red: PlaneView, into flames: inout [UInt16]
  ) -> Bool {
    if hasCounts { for tile in flames.indices { flames[tile] = 0 } }
    let classes = 8
    var isAny = false
    for cell in 0..<cells.count where counts[classes * cell] > 0 {
      isAny = true
      if isSameAsTiles {
        flames[cell] = counts[classes * cell]
        continue
      }
      let side = tiling.grid.tile / tiling.lumaDivisor
      for y in cells.rowRange(cell / cells.columns) {
        let row = min(y / side, tiling.grid.rows - 1) * tiling.grid.columns
        for x in cells.columnRange(cell % cells.columns)
        where Self.isFlame(luma: luma[x, y], blue: blue[x, y], red: red[x, y]) {
          flames[row + min(x / side, tiling.grid.columns - 1)] += 1
        }
      }
    }
    return isAny
  }

  /// Whether half of what is around a tile is in the colours of plants.
  func isVegetation(_ tile: Int) -> Bool {
    var cell = tile
    if !isSameAsTiles {
      let side = tiling.grid.tile / tiling.lumaDivisor
      let (row, column) = tile.quotientAndRemainder(dividingBy: tiling.grid.columns)
      let x = min((2 * column + 1) * side / 2 / cells.tile, cells.columns - 1)
      let y = min((2 * row + 1) * side / 2 / cells.tile, cells.rows - 1)
      cell = y * cells.columns + x
    }
    let samples = cells.sampleCount(column: cell % cells.columns, row: cell / cells.columns)
    let place = ColourClass.allCases.count * cell + ColourClass.vegetation.rawValue
    return place < counts.count && 2 * Int(counts[place]) >= samples
  }

  /// The formula of `ColourClass.flame`, the first of its eight classes.
  static func isFlame(luma: UInt8, blue: UInt8, red: UInt8) -> Bool {
    Int(red) > Int(blue) + 20 && luma > blue && red > 140
  }
}
