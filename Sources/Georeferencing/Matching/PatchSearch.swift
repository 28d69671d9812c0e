/// Finds small patches of one picture's ground in another's, to a part of a cell.
struct PatchSearch {
  let first: GroundRaster
  let second: GroundRaster
  /// Where the patches are expected.
  let motion: PlaneMotion

  /// Patches have 2 x 8 + 1 cells a side, and are searched 6 cells to each side.
  static let patchRadius = 8
  static let searchRadius = 6
  /// Tiles of the overlap have this many cells a side at least, and one patch each.
  private static let tileCells = 16
  /// About how many tiles are looked at.
  private static let tileLimit = 160
  /// The least correlation of a patch with its match, and its least lead over any other place.
  private static let leastCorrelation: Float = 0.6
  private static let leastLead: Float = 0.04
  /// The least mean squared slope in the direction of weakest texture, grey levels a cell.
  private static let leastTexture: Float = 2

  /// Matches all over the overlap.
  func matches() -> [PlaneMotion.Match] {
    let reach = Self.searchRadius
    let rows = (first.firstRow..<first.firstRow + first.rows)
      .clamped(to: second.firstRow - reach..<second.firstRow + second.rows + reach)
    let columns = (first.firstColumn..<first.firstColumn + first.columns)
      .clamped(to: second.firstColumn - reach..<second.firstColumn + second.columns + reach)
    var side = Self.tileCells
    while rows.count * columns.count > Self.tileLimit * side * side { side += 2 }
    var found: [PlaneMotion.Match] = []
    for row in stride(from: rows.lowerBound, to: rows.upperBound, by: side) {
      for column in stride(from: columns.lowerBound, to: columns.upperBound, by: side) {
        guard let place = bestPlace(row: row, column: column, side: side),
          let match = match(row: place.row, column: place.column)
        else { continue }
        found.append(match)
      }
    }
    return found
  }

  /// The best textured of four places in a tile, as lattice numbers; `nil` where all are smooth or unseen.
  private func bestPlace(row: Int, column: Int, side: Int) -> (row: Int, column: Int)? {
    var best: (row: Int, column: Int, texture: Float)?
    for place in [(1, 1), (1, 3), (3, 1), (3, 3)] {
      let place = (row: row + place.0 * side / 4, column: column + place.1 * side / 4)
      guard isSeenBySecond(row: place.row, column: place.column) else { continue }
      let texture = texture(row: place.row - first.firstRow, column: place.column - first.firstColumn)
      if texture > max(best?.texture ?? 0, Self.leastTexture) { best = (place.row, place.column, texture) }
    }
    return best.map { ($0.row, $0.column) }
  }

  private func isSeenBySecond(row: Int, column: Int) -> Bool {
    let cell = first.cellMeters
    let expected = motion(north: Double(row) * cell, east: Double(column) * cell)
    return second.sample(
      row: expected.north / cell - Double(second.firstRow),
      column: expected.east / cell - Double(second.firstColumn)) != nil
  }

  /// The smaller eigenvalue of the mean structure tensor about a cell (Shi and Tomasi); 0 at the raster's edge.
  private func texture(row: Int, column: Int) -> Float {
    let radius = Self.patchRadius
    guard row > radius, column > radius, row < first.rows - radius - 1, column < first.columns - radius - 1
    else { return 0 }
    var (across, down, both): (Float, Float, Float) = (0, 0, 0)
    for y in stride(from: row - radius, through: row + radius, by: 2) {
      for x in stride(from: column - radius, through: column + radius, by: 2) {
        let index = y * first.columns + x
        let horizontal = (first.values[index + 1] - first.values[index - 1]) / 2
        let vertical = (first.values[index + first.columns] - first.values[index - first.columns]) / 2
        across += horizontal * horizontal
        down += vertical * vertical
        both += horizontal * vertical
      }
    }
    let count = Float((radius + 1) * (radius + 1))
    let difference = (across - down) / count
    let root = (difference * difference + 4 * (both / count) * (both / count)).squareRoot()
    let smaller = ((across + down) / count - root) / 2
    return smaller.isFinite ? smaller : 0
  }

  private func match(row: Int, column: Int) -> PlaneMotion.Match? {
    let cell = first.cellMeters
    let (north, east) = (Double(row) * cell, Double(column) * cell)
    let expected = motion(north: north, east: east)
    let target = (
      row: Int((expected.north / cell).rounded()), column: Int((expected.east / cell).rounded())
    )
    guard let patch = patch(targetRow: target.row, targetColumn: target.column) else { return nil }
    let side = 2 * Self.searchRadius + 1
    var scores = [Float](repeating: -1, count: side * side)
    var best = 0
    for index in scores.indices {
      scores[index] = correlation(
        patch, row: target.row - second.firstRow + index / side - Self.searchRadius,
        column: target.column - second.firstColumn + index % side - Self.searchRadius)
      if scores[index] > scores[best] { best = index }
    }
    let (bestRow, bestColumn) = (best / side, best % side)
    guard scores[best] >= Self.leastCorrelation, (1..<side - 1).contains(bestRow),
      (1..<side - 1).contains(bestColumn), isDistinct(scores, side: side, row: bestRow, column: bestColumn)
    else { return nil }
    let rowPart = Self.peak(scores[best - side], scores[best], scores[best + side])
    let columnPart = Self.peak(scores[best - 1], scores[best], scores[best + 1])
    // The patch was cut so that its centre is the source of the target cell.
    let source = motion.inverse(north: Double(target.row) * cell, east: Double(target.column) * cell)
    return PlaneMotion.Match(
      north: source.north, east: source.east,
      otherNorth: (Double(target.row + bestRow - Self.searchRadius) + rowPart) * cell,
      otherEast: (Double(target.column + bestColumn - Self.searchRadius) + columnPart) * cell)
  }

  /// Whether no place further than two cells from the peak comes near it.
  private func isDistinct(_ scores: [Float], side: Int, row: Int, column: Int) -> Bool {
    let limit = scores[row * side + column] - Self.leastLead
    for index in scores.indices where abs(index / side - row) > 2 || abs(index % side - column) > 2 {
      if scores[index] > limit { return false }
    }
    return true
  }

  /// A patch of the first raster, moved to the second's lattice around a cell: without its mean, of length 1.
  private func patch(targetRow: Int, targetColumn: Int) -> [Float]? {
    let cell = first.cellMeters
    let radius = Self.patchRadius
    var values: [Float] = []
    values.reserveCapacity((2 * radius + 1) * (2 * radius + 1))
    for row in targetRow - radius...targetRow + radius {
      for column in targetColumn - radius...targetColumn + radius {
        let source = motion.inverse(north: Double(row) * cell, east: Double(column) * cell)
        guard
          let value = first.sample(
            row: source.north / cell - Double(first.firstRow),
            column: source.east / cell - Double(first.firstColumn))
        else { return nil }
        values.append(value)
      }
    }
    let mean = values.reduce(0, +) / Float(values.count)
    let length = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }.squareRoot()
    guard length > 0 else { return nil }
    return values.map { ($0 - mean) / length }
  }

  /// Correlation of a patch with the second raster around a cell; −1 where a part is unseen.
  private func correlation(_ patch: [Float], row: Int, column: Int) -> Float {
    let radius = Self.patchRadius
    guard row >= radius, column >= radius, row < second.rows - radius, column < second.columns - radius
    else { return -1 }
    var (sum, square, product): (Float, Float, Float) = (0, 0, 0)
    var position = 0
    for y in row - radius...row + radius {
      let start = y * second.columns + column
      for x in start - radius...start + radius {
        let value = second.values[x]
        sum += value
        square += value * value
        product += value * patch[position]
        position += 1
      }
    }
    let spread = square - sum * sum / Float(position)
    // Comparing with an infinite sum fails, too.
    guard spread > 1, spread.isFinite else { return -1 }
    return product / spread.squareRoot()
  }

  /// Where the parabola through three neighbours has its top, −0.5…0.5.
  private static func peak(_ before: Float, _ top: Float, _ after: Float) -> Double {
    let bend = before - 2 * top + after
    guard bend < 0, before > -1, after > -1 else { return 0 }
    return max(-0.5, min(0.5, Double((before - after) / (2 * bend))))
  }
}
