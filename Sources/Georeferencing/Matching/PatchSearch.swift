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
  private static let tileLimit = 80
  /// The least correlation of a patch with its match, of every second cell of it, and its least lead over
  /// other places.
  private static let leastCorrelation: Float = 0.6
  private static let leastRoughCorrelation: Float = 0.4
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

  /// The smaller eigenvalue of the mean structure tensor about a cell (Shi and Tomasi); 0 at the raster's
  /// edge.
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
    let expected = motion(north: Double(row) * cell, east: Double(column) * cell)
    let target = Cell(
      row: Int((expected.north / cell).rounded()), column: Int((expected.east / cell).rounded()))
    guard let patch = patch(around: target), let thinned = Self.normalized(Self.thinned(patch)),
      let whole = Self.normalized(patch), let rough = roughPlace(thinned, around: target),
      let peak = peak(whole, around: rough)
    else { return nil }
    // The patch was cut so that its centre is the source of the target cell.
    let source = motion.inverse(north: Double(target.row) * cell, east: Double(target.column) * cell)
    return PlaneMotion.Match(
      north: source.north, east: source.east, otherNorth: peak.row * cell, otherEast: peak.column * cell)
  }

  /// A cell by its lattice numbers.
  private struct Cell {
    var row: Int
    var column: Int
  }

  /// Where every second cell of a patch fits best, of every second place; `nil` where two distant places fit
  /// alike.
  private func roughPlace(_ thinned: [Float], around target: Cell) -> Cell? {
    let side = Self.searchRadius + 1
    var scores: [Float] = []
    for row in 0..<side {
      for column in 0..<side {
        let place = Cell(
          row: target.row - Self.searchRadius + 2 * row,
          column: target.column - Self.searchRadius + 2 * column)
        scores.append(correlation(thinned, step: 2, at: place))
      }
    }
    let best = scores.indices.max { (scores[$0], $1) < (scores[$1], $0) } ?? 0
    guard scores[best] >= Self.leastRoughCorrelation else { return nil }
    let limit = scores[best] - Self.leastLead
    for index in scores.indices
    where abs(index / side - best / side) > 1 || abs(index % side - best % side) > 1 {
      if scores[index] > limit { return nil }
    }
    return Cell(
      row: target.row - Self.searchRadius + 2 * (best / side),
      column: target.column - Self.searchRadius + 2 * (best % side))
  }

  /// Where a patch fits best, to a part of a cell, within a cell of a rough place.
  private func peak(_ patch: [Float], around rough: Cell) -> (row: Double, column: Double)? {
    // Two cells to each side, so that a peak at the first ring has neighbours.
    let side = 5
    var scores = [Float](repeating: -1, count: side * side)
    func score(_ index: Int) -> Float {
      correlation(
        patch, step: 1, at: Cell(row: rough.row + index / side - 2, column: rough.column + index % side - 2))
    }
    var best = 12
    for index in [6, 7, 8, 11, 12, 13, 16, 17, 18] {
      scores[index] = score(index)
      if scores[index] > scores[best] { best = index }
    }
    guard scores[best] >= Self.leastCorrelation else { return nil }
    for index in [best - side, best - 1, best + 1, best + side] where scores[index] == -1 {
      scores[index] = score(index)
      // Still rising at the ring's edge: the rough place was no peak.
      if scores[index] > scores[best] { return nil }
    }
    return (
      Double(rough.row + best / side - 2)
        + Self.top(scores[best - side], scores[best], scores[best + side]),
      Double(rough.column + best % side - 2) + Self.top(scores[best - 1], scores[best], scores[best + 1])
    )
  }

  /// A patch of the first raster, moved to the second's lattice around a cell.
  private func patch(around target: Cell) -> [Float]? {
    let cell = first.cellMeters
    let radius = Self.patchRadius
    var values: [Float] = []
    values.reserveCapacity((2 * radius + 1) * (2 * radius + 1))
    for row in target.row - radius...target.row + radius {
      for column in target.column - radius...target.column + radius {
        let source = motion.inverse(north: Double(row) * cell, east: Double(column) * cell)
        guard
          let value = first.sample(
            row: source.north / cell - Double(first.firstRow),
            column: source.east / cell - Double(first.firstColumn))
        else { return nil }
        values.append(value)
      }
    }
    return values
  }

  /// Every second cell of every second row of a patch.
  private static func thinned(_ patch: [Float]) -> [Float] {
    let side = 2 * patchRadius + 1
    return stride(from: 0, to: side, by: 2).flatMap { row in
      stride(from: row * side, to: (row + 1) * side, by: 2).map { patch[$0] }
    }
  }

  /// Without its mean, of length 1; `nil` for a smooth patch.
  private static func normalized(_ values: [Float]) -> [Float]? {
    let mean = values.reduce(0, +) / Float(values.count)
    let length = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }.squareRoot()
    guard length > 0 else { return nil }
    return values.map { ($0 - mean) / length }
  }

  /// Correlation of a patch with the second raster around a cell; −1 where a part is unseen.
  ///
  /// - Parameter step: the patch holds every so many cells of every so many rows.
  private func correlation(_ patch: [Float], step: Int, at place: Cell) -> Float {
    let radius = Self.patchRadius
    let (row, column) = (place.row - second.firstRow, place.column - second.firstColumn)
    guard row >= radius, column >= radius, row < second.rows - radius, column < second.columns - radius
    else { return -1 }
    var (sum, square, product): (Float, Float, Float) = (0, 0, 0)
    var position = 0
    let (values, columns) = (second.values, second.columns)
    for y in stride(from: row - radius, through: row + radius, by: step) {
      let start = y * columns + column
      for x in stride(from: start - radius, through: start + radius, by: step) {
        let value = values[x]
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
  private static func top(_ before: Float, _ middle: Float, _ after: Float) -> Double {
    let bend = before - 2 * middle + after
    guard bend < 0, before > -1, after > -1 else { return 0 }
    return max(-0.5, min(0.5, Double((before - after) / (2 * bend))))
  }
}
