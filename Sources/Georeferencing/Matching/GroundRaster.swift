/// Brightness of a piece of ground on a north-up lattice, as one picture shows it.
///
/// Cell centres are whole multiples of the cell size north (rows, upwards) and east (columns) of the flight's
/// origin, so that rasters of one cell size lie on one lattice. A cell that the picture does not show is
/// `unseen`.
package struct GroundRaster: Sendable {
  /// Lattice numbers of the first cell.
  package let firstRow: Int
  package let firstColumn: Int
  let rows: Int
  package let columns: Int
  package let cellMeters: Double
  package var values: [Float]

  /// The value of a cell that no picture shows.
  package static let unseen = -Float.infinity

  /// All cells are unseen.
  package init(firstRow: Int, firstColumn: Int, rows: Int, columns: Int, cellMeters: Double) {
    (self.firstRow, self.firstColumn, self.rows, self.columns) = (firstRow, firstColumn, rows, columns)
    self.cellMeters = cellMeters
    values = [Float](repeating: Self.unseen, count: rows * columns)
  }

  /// Bytes of the samples.
  var byteCount: Int { values.count * MemoryLayout<Float>.stride }

  /// Interpolated brightness at a place given in cells from the first one; `nil` next to unseen cells.
  package func sample(row: Double, column: Double) -> Float? {
    let (floorRow, floorColumn) = (row.rounded(.down), column.rounded(.down))
    guard floorRow >= 0, floorColumn >= 0, floorRow < Double(rows - 1), floorColumn < Double(columns - 1)
    else { return nil }
    let index = Int(floorRow) * columns + Int(floorColumn)
    let (a, b) = (values[index], values[index + 1])
    let (c, d) = (values[index + columns], values[index + columns + 1])
    // An unseen corner makes the sum infinite.
    let sum = a + b + c + d
    guard sum > Self.unseen else { return nil }
    let (y, x) = (Float(row - floorRow), Float(column - floorColumn))
    return (a * (1 - x) + b * x) * (1 - y) + (c * (1 - x) + d * x) * y
  }

  /// Twice the cell size: means of 2 x 2 cells of the coarser lattice; a cell with an unseen part is unseen.
  package func halved() -> GroundRaster {
    let row = firstRow.dividedRoundingUp(by: 2)
    let column = firstColumn.dividedRoundingUp(by: 2)
    let skippedRows = row * 2 - firstRow
    let skippedColumns = column * 2 - firstColumn
    var result = GroundRaster(
      firstRow: row, firstColumn: column, rows: max(0, (rows - skippedRows) / 2),
      columns: max(0, (columns - skippedColumns) / 2), cellMeters: cellMeters * 2)
    for y in 0..<result.rows {
      let source = (2 * y + skippedRows) * columns + skippedColumns
      for x in 0..<result.columns {
        let index = source + 2 * x
        result.values[y * result.columns + x] =
          (values[index] + values[index + 1] + values[index + columns] + values[index + columns + 1]) / 4
      }
    }
    return result
  }

  /// Each cell less the mean of its surroundings, divided by their deviation: light and exposure drop out.
  ///
  /// - Parameters:
  ///   - radius: surroundings reach that many cells to each side.
  ///   - floor: the least deviation that counts as texture, grey levels.
  func locallyNormalized(radius: Int, floor: Float) -> GroundRaster {
    let width = columns + 1
    var counts = [Float](repeating: 0, count: width * (rows + 1))
    var sums = counts
    var squares = counts
    for y in 0..<rows {
      var (count, sum, square): (Float, Float, Float) = (0, 0, 0)
      for x in 0..<columns {
        let value = values[y * columns + x]
        if value > Self.unseen {
          count += 1
          sum += value - 128
          square += (value - 128) * (value - 128)
        }
        let index = (y + 1) * width + x + 1
        counts[index] = counts[index - width] + count
        sums[index] = sums[index - width] + sum
        squares[index] = squares[index - width] + square
      }
    }
    var result = self
    for y in 0..<rows {
      let (top, bottom) = (max(0, y - radius) * width, min(rows, y + radius + 1) * width)
      for x in 0..<columns where values[y * columns + x] > Self.unseen {
        let (left, right) = (max(0, x - radius), min(columns, x + radius + 1))
        func inside(_ table: [Float]) -> Float {
          table[bottom + right] - table[bottom + left] - table[top + right] + table[top + left]
        }
        let count = inside(counts)
        let mean = inside(sums) / count
        let variance = max(0, inside(squares) / count - mean * mean)
        result.values[y * columns + x] =
          (values[y * columns + x] - 128 - mean) / (variance + floor * floor).squareRoot()
      }
    }
    return result
  }
}

extension Int {
  /// The quotient rounded up, also below zero.
  fileprivate func dividedRoundingUp(by divisor: Int) -> Int {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder > 0 ? quotient + 1 : quotient
  }
}
