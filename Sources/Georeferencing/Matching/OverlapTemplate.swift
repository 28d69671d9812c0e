/// Cells of one raster's overlap with another, turned about a centre.
struct OverlapTemplate {
  /// Cells relative to the other raster's first one.
  private var places: [(row: Int, column: Int)] = []
  private var values: [Float] = []

  /// The least number of cells that say anything.
  private static let leastCount = 60

  init?(
    _ raster: GroundRaster, _ other: GroundRaster, turnDegrees: Double,
    center: (north: Double, east: Double), sampleLimit: Int
  ) {
    let rows = (raster.firstRow..<raster.firstRow + raster.rows)
      .clamped(to: other.firstRow..<other.firstRow + other.rows)
    let columns = (raster.firstColumn..<raster.firstColumn + raster.columns)
      .clamped(to: other.firstColumn..<other.firstColumn + other.columns)
    // Every cell, or every second of every second row, and so on.
    var step = 1
    while rows.count * columns.count > 2 * sampleLimit * step * step { step += 1 }
    let motion = PlaneMotion(
      centerNorth: center.north, centerEast: center.east, turnRadians: radians(turnDegrees))
    let cell = raster.cellMeters
    for row in stride(from: rows.lowerBound, to: rows.upperBound, by: step) {
      for column in stride(from: columns.lowerBound, to: columns.upperBound, by: step) {
        let source = motion.inverse(north: Double(row) * cell, east: Double(column) * cell)
        guard
          let value = raster.sample(
            row: source.north / cell - Double(raster.firstRow),
            column: source.east / cell - Double(raster.firstColumn))
        else { continue }
        places.append((row - other.firstRow, column - other.firstColumn))
        values.append(value)
      }
    }
    guard values.count >= Self.leastCount else { return nil }
  }

  /// Correlation with the other raster at a shift; −1 where too little of the template is seen there.
  func correlation(_ other: GroundRaster, rowShift: Int, columnShift: Int) -> Float {
    var (count, a, b, aa, bb, ab): (Float, Float, Float, Float, Float, Float) = (0, 0, 0, 0, 0, 0)
    let (otherValues, otherRows, otherColumns) = (other.values, other.rows, other.columns)
    for (place, first) in zip(places, values) {
      let (row, column) = (place.row + rowShift, place.column + columnShift)
      guard row >= 0, column >= 0, row < otherRows, column < otherColumns else { continue }
      let second = otherValues[row * otherColumns + column]
      guard second > GroundRaster.unseen else { continue }
      count += 1
      a += first
      b += second
      aa += first * first
      bb += second * second
      ab += first * second
    }
    guard count >= 0.4 * Float(values.count), count >= Float(Self.leastCount) else { return -1 }
    let spread = (aa - a * a / count) * (bb - b * b / count)
    return spread > 0 ? (ab - a * b / count) / spread.squareRoot() : -1
  }
}
