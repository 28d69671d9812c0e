/// A shift and a turn between two pictures' grounds, found by correlating the whole of their overlap.
struct CoarseAlignment {
  let motion: PlaneMotion
  /// Correlation at the best shift, −1…1.
  let score: Double

  /// Turns that are tried: compasses of two pictures differ by a few degrees.
  private static let turnsDegrees = [0.0, -2.5, 2.5, -5, 5]
  private static let finerTurnsDegrees = [0.0, -1.25, 1.25]
  /// Cells of the overlap that are compared; more bring nothing.
  private static let sampleLimit = 500
  /// Peaks nearer than this are one, coarsest cells.
  private static let peakRadius = 1

  /// The most likely alignments, the best correlated first; empty where the overlap is too small.
  ///
  /// There can be several: of tree tops and of the ground below them, or of rows that repeat.
  ///
  /// - Parameters:
  ///   - center: middle of the overlap as the tags tell it.
  ///   - reachMeters: how far the tags may be off.
  static func candidates(
    _ first: GroundLevels, _ second: GroundLevels, center: (north: Double, east: Double),
    reachMeters: Double, count: Int
  ) -> [CoarseAlignment] {
    let steps = Int((reachMeters / first.coarsest.cellMeters).rounded(.up))
    var places: [(score: Float, turn: Double, row: Int, column: Int)] = []
    for turn in turnsDegrees {
      let template = OverlapTemplate(
        first.coarsest, second.coarsest, turnDegrees: turn, center: center, sampleLimit: sampleLimit)
      guard let template else { continue }
      for row in -steps...steps {
        for column in -steps...steps {
          let score = template.correlation(second.coarsest, rowShift: row, columnShift: column)
          if score > 0 { places.append((score, turn, row, column)) }
        }
      }
    }
    // The sort is not stable, so every place has its rank.
    places.sort { ($1.score, $0.row, $0.column, $0.turn) < ($0.score, $1.row, $1.column, $1.turn) }
    var peaks: [(score: Float, turn: Double, row: Int, column: Int)] = []
    for place in places where peaks.count < count {
      let isNew = peaks.allSatisfy {
        abs($0.row - place.row) > peakRadius || abs($0.column - place.column) > peakRadius
      }
      if isNew { peaks.append(place) }
    }
    let finer = peaks.compactMap { peak in
      CoarseAlignment(
        first.coarse, second.coarse, center: center, turn: peak.turn, row: 2 * peak.row,
        column: 2 * peak.column)
    }
    return finer.enumerated().sorted { ($1.element.score, $0.offset) < ($0.element.score, $1.offset) }
      .map(\.element)
  }

  /// The best place next to a peak of half the resolution.
  private init?(
    _ first: GroundRaster, _ second: GroundRaster, center: (north: Double, east: Double), turn: Double,
    row: Int, column: Int
  ) {
    var best: (score: Float, turn: Double, row: Int, column: Int)?
    for finer in Self.finerTurnsDegrees {
      let template = OverlapTemplate(
        first, second, turnDegrees: turn + finer, center: center, sampleLimit: Self.sampleLimit)
      guard let template else { continue }
      for row in row - 2...row + 2 {
        for column in column - 2...column + 2 {
          let score = template.correlation(second, rowShift: row, columnShift: column)
          if score > best?.score ?? -1 { best = (score, turn + finer, row, column) }
        }
      }
    }
    guard let best else { return nil }
    var motion = PlaneMotion(
      centerNorth: center.north, centerEast: center.east, turnRadians: radians(best.turn))
    motion.shiftNorth = Double(best.row) * first.cellMeters
    motion.shiftEast = Double(best.column) * first.cellMeters
    self.motion = motion
    score = Double(best.score)
  }
}

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
