/// Sums over rectangles of a grid of cells in four look-ups, at any whole pixel: a cell's pixels are all alike, so
/// that between the corners of cells the sums are exactly bilinear.
struct AreaSums: Sendable {
  private var columns = 0
  private var rows = 0
  /// Of the cells above and left of each corner.
  private var sums: [Int] = []

  init() {}

  init(_ cells: [Int], columns: Int) {
    (self.columns, rows) = (columns, cells.count / columns)
    let across = columns + 1
    sums = [Int](repeating: 0, count: across * (rows + 1))
    for row in 0..<rows {
      var line = 0
      for column in 0..<columns {
        line += cells[row * columns + column]
        sums[(row + 1) * across + column + 1] = sums[row * across + column + 1] + line
      }
    }
  }

  /// The sum over the pixels above and left of each corner of a lattice of samples, rows top down: one more corner
  /// than samples in each direction. Corners outside of the grid count as on its edge.
  func corners(_ lattice: SampleLattice) -> [Int] {
    let side = StreetBackdrop.cellPixels
    let across = columns + 1
    var result = [Int](repeating: 0, count: (lattice.columns + 1) * (lattice.rows + 1))
    var out = 0
    // Loops by hand here and wherever samples are visited: a debug build, in which tests draw, walks ranges slowly.
    var row = 0
    while row <= lattice.rows {
      let y = Self.clamped(lattice.top + row * lattice.stepY, rows * side)
      let (top, fy) = (y / side, y % side)
      let line = top * across
      let next = fy == 0 ? line : line + across
      var column = 0
      while column <= lattice.columns {
        let x = Self.clamped(lattice.left + column * lattice.stepX, columns * side)
        let (left, fx) = (x / side, x % side)
        let right = fx == 0 ? left : left + 1
        let above = sums[line + left] * (side - fx) + sums[line + right] * fx
        let below = fy == 0 ? above : sums[next + left] * (side - fx) + sums[next + right] * fx
        result[out] = above * (side - fy) + below * fy
        out += 1
        column += 1
      }
      row += 1
    }
    return result
  }

  private static func clamped(_ value: Int, _ limit: Int) -> Int {
    value < 0 ? 0 : value > limit ? limit : value
  }
}

/// Samples that stand for `stepX` x `stepY` pixels each, from a corner in the backdrop's pixels.
struct SampleLattice: Sendable, Hashable {
  var left: Int
  var top: Int
  var stepX: Int
  var stepY: Int
  var columns: Int
  var rows: Int
}
