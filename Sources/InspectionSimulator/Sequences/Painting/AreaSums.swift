/// Sums over rectangles of a grid of cells in four look-ups, at any whole pixel: a cell's pixels are all alike, so
/// that between the corners of cells the sums are exactly bilinear.
struct AreaSums: Sendable {
  let columns: Int
  let rows: Int
  /// Of the cells above and left of each corner.
  let sums: [Int]

  init(_ cells: [Int], columns: Int) {
    let (rows, across) = (cells.count / columns, columns + 1)
    var sums = [Int](repeating: 0, count: across * (rows + 1))
    for row in 0..<rows {
      var line = 0
      for column in 0..<columns {
        line += cells[row * columns + column]
        sums[(row + 1) * across + column + 1] = sums[row * across + column + 1] + line
      }
    }
    (self.columns, self.rows, self.sums) = (columns, rows, sums)
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

  /// The sum over the pixels of each sample, rows top down. What lies outside of the grid counts as nothing.
  func sums(_ area: AreaSums) -> [Int] {
    let places = (0...columns).map { place(left + $0 * stepX, area.columns) }
    var result = [Int](repeating: 0, count: columns * rows)
    var above = line(place(top, area.rows), places, area)
    var number = 0
    for row in 1...rows {
      let below = line(place(top + row * stepY, area.rows), places, area)
      // Loops by hand here and wherever samples are visited: a debug build, in which tests draw, walks ranges
      // slowly.
      var column = 0
      while column < columns {
        result[number] = below[column + 1] - below[column] - above[column + 1] + above[column]
        (column, number) = (column + 1, number + 1)
      }
      above = below
    }
    return result
  }

  /// A cell, and how many pixels lie from its edge to the place.
  private func place(_ pixel: Int, _ cells: Int) -> (cell: Int, rest: Int) {
    let side = StreetBackdrop.cellPixels
    let inside = pixel < 0 ? 0 : pixel > cells * side ? cells * side : pixel
    return (inside / side, inside % side)
  }

  /// Sums over the pixels above and left of the corners of one line.
  private func line(
    _ y: (cell: Int, rest: Int), _ places: [(cell: Int, rest: Int)], _ area: AreaSums
  ) -> [Int] {
    let side = StreetBackdrop.cellPixels
    let start = y.cell * (area.columns + 1)
    let next = y.rest == 0 ? start : start + area.columns + 1
    var result = [Int](repeating: 0, count: places.count)
    var index = 0
    while index < places.count {
      let (cell, rest) = places[index]
      var (above, below) = (area.sums[start + cell] * side, area.sums[next + cell] * side)
      if rest > 0 {
        above += (area.sums[start + cell + 1] - area.sums[start + cell]) * rest
        below += (area.sums[next + cell + 1] - area.sums[next + cell]) * rest
      }
      result[index] = above * (side - y.rest) + below * y.rest
      index += 1
    }
    return result
  }
}
