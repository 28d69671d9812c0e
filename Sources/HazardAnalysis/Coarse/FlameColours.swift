internal import FrameMemory
internal import PixelKernels

/// Counts the samples in flame colours of each tile, and how strong the colours are, at the common size of luma and
/// chroma; knows where plants are, too.
///
/// The kernel looks for flame colours in cells of mostly 4x4 samples, where it is fastest; only in cells that hold
/// any, sample by sample, are these given to their tiles.
struct FlameColours: Sendable {
  /// Side of a cell at least, samples; of small pictures less, in which a cell would be a large part.
  private static let leastCell = 4
  private static let leastSmallCell = 2
  private static let smallSamples = 4096
  /// Flame colours have more red than blue chroma by more than this.
  static let leastDistance = 20
  /// A cell's colours are summed up for so many frames after it showed a flame colour: a sum must not jump where one
  /// sample is a flame colour now and then.
  private static let keptFrames: UInt8 = 64

  private let tiling: CoarseTiling
  private let cells: TileGrid
  private var counts: [UInt16] = []
  /// For how many frames each cell still counts as coloured.
  private var kept: [UInt8]
  private var isKept = false
  private var shrunk = PixelPlane()
  private var blue = PixelPlane()
  private var red = PixelPlane()

  /// `nil` for a grey frame.
  init?(_ tiling: CoarseTiling) {
    guard let size = tiling.colourSize else { return nil }
    self.tiling = tiling
    let tile = tiling.grid.tile / tiling.lumaDivisor
    let least =
      size.width * size.height <= Self.smallSamples ? Self.leastSmallCell : Self.leastCell
    cells =
      tile >= least
      ? TileGrid(
        widthPixels: size.width, heightPixels: size.height, tile: tile, columns: tiling.grid.columns,
        rows: tiling.grid.rows)
      : TileGrid(widthPixels: size.width, heightPixels: size.height, tile: least)
    kept = [UInt8](repeating: 0, count: cells.count)
  }

  /// Fills `flames`, `flameStrengths` and `showsFlame` of a frame's tiles.
  mutating func measure(_ frame: CoarseFrame, kernels: PixelKernels, into tiles: inout CoarseTiles) {
    guard let blueLevels = frame.levels(.chromaBlue), let redLevels = frame.levels(.chromaRed) else { return }
    let luma = tiles.luma
    if tiling.lumaDivisor > 1 { kernels.shrink(luma, by: tiling.lumaDivisor, into: &shrunk) }
    let common = tiling.lumaDivisor > 1 ? shrunk : luma
    guard tiling.chromaColumnStep == 1 else {
      let (columns, rows) = (tiling.chromaColumnStep, tiling.chromaRowStep)
      CoarsePlanes.thin(blueLevels, columnStep: columns, rowStep: rows, into: &blue)
      CoarsePlanes.thin(redLevels, columnStep: columns, rowStep: rows, into: &red)
      kernels.tileColours(luma: common, blue: blue, red: red, grid: cells, counts: &counts)
      guard keepCells(&tiles) else { return }
      return spread(common.view, blue.view, red.view, into: &tiles)
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
    guard keepCells(&tiles) else { return }
    spread(common.view, blueRows, redRows, into: &tiles)
  }

  /// Finds the cells that count as coloured; false where there are none.
  private mutating func keepCells(_ tiles: inout CoarseTiles) -> Bool {
    if isKept {
      for tile in tiles.flames.indices { (tiles.flames[tile], tiles.flameStrengths[tile]) = (0, 0) }
    }
    (tiles.showsFlame, isKept) = (false, false)
    let (shown, left) = Self.keep(counts, count: cells.count, &kept)
    (tiles.showsFlame, isKept) = (shown, left)
    return isKept
  }

  /// Renews cells that show a flame colour, and counts down the others.
  ///
  /// - Returns: whether a cell shows one; whether any counts, this frame or the next.
  private static func keep(_ counts: [UInt16], count: Int, _ kept: inout [UInt8]) -> (shown: Bool, left: Bool)
  {
    let classes = ColourClass.allCases.count, counts = counts.span
    var kept = kept.mutableSpan
    precondition(count <= kept.count && classes * count <= counts.count, "all classes of each cell")
    var (shown, left): (UInt16, UInt8) = (0, 0)
    var cell = 0
    while cell < count {
      let flames = counts[classes &* cell], before = kept[cell]
      let after = flames > 0 ? keptFrames : before &- (before > 0 ? 1 : 0)
      kept[cell] = after
      shown |= flames
      left |= before | after
      cell &+= 1
    }
    return (shown > 0, left > 0)
  }

  /// Gives what the cells hold to the tiles.
  private func spread(
    _ luma: PlaneView, _ blue: PlaneView, _ red: PlaneView, into tiles: inout CoarseTiles
  ) {
    for cell in 0..<cells.count where kept[cell] > 0 { measure(cell, luma, blue, red, into: &tiles) }
  }

  private func measure(
    _ cell: Int, _ luma: PlaneView, _ blue: PlaneView, _ red: PlaneView, into tiles: inout CoarseTiles
  ) {
    // Sides of tiles are powers of two.
    let shift = (tiling.grid.tile / tiling.lumaDivisor).trailingZeroBitCount
    let (lastRow, lastColumn) = (tiling.grid.rows - 1, tiling.grid.columns - 1)
    let columns = cells.columnRange(cell % cells.columns)
    let (blueSamples, redSamples, lumaSamples) = (blue.samples, red.samples, luma.samples)
    for y in cells.rowRange(cell / cells.columns) {
      let row = min(y &>> shift, lastRow) * tiling.grid.columns
      let (blueRow, redRow) = (y * blue.strideBytes, y * red.strideBytes)
      for x in columns {
        let (blueLevel, redLevel) = (blueSamples[blueRow + x], redSamples[redRow + x])
        let strength = Int(redLevel) - Int(blueLevel) - Self.leastDistance
        guard strength > 0 else { continue }
        let tile = row + min(x &>> shift, lastColumn)
        tiles.flameStrengths[tile] += UInt32(strength)
        let lumaLevel = lumaSamples[y * luma.strideBytes + x]
        if Self.isFlame(luma: lumaLevel, blue: blueLevel, red: redLevel) { tiles.flames[tile] += 1 }
      }
    }
  }

  /// Whether half of what is around a tile is in the colours of plants.
  func isVegetation(_ tile: Int) -> Bool {
    let side = tiling.grid.tile / tiling.lumaDivisor
    let (row, column) = tile.quotientAndRemainder(dividingBy: tiling.grid.columns)
    let x = min((2 * column + 1) * side / 2 / cells.tile, cells.columns - 1)
    let y = min((2 * row + 1) * side / 2 / cells.tile, cells.rows - 1)
    let cell = y * cells.columns + x
    let samples = cells.sampleCount(column: x, row: y)
    let place = ColourClass.allCases.count * cell + ColourClass.vegetation.rawValue
    return place < counts.count && 2 * Int(counts[place]) >= samples
  }

  /// The formula of `ColourClass.flame`, the first of its eight classes.
  static func isFlame(luma: UInt8, blue: UInt8, red: UInt8) -> Bool {
    Int(red) > Int(blue) + leastDistance && luma > blue && red > 140
  }
}
