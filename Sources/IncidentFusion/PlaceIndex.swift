/// Finds discs on the ground that may touch another one, among many of very different sizes.
///
/// Discs lie in grids by their size: cells of 64 m for radii up to 64 m, and each further grid four times as wide, so
/// that a search visits few cells of every grid. What is found is a superset of the discs that touch, and follows from
/// the discs alone, not from what else the index holds.
package struct PlaceIndex: Sendable {
  /// A disc on the ground.
  package struct Disc: Sendable, Hashable {
    package var latitudeDegrees: Double
    package var longitudeDegrees: Double
    package var radiusMeters: Double

    package init(latitudeDegrees: Double, longitudeDegrees: Double, radiusMeters: Double) {
      self.latitudeDegrees = latitudeDegrees
      self.longitudeDegrees = longitudeDegrees
      self.radiusMeters = radiusMeters
    }
  }

  private struct Cell: Hashable, Sendable {
    var row: Int32
    var column: Int32
  }

  /// Less than a degree of latitude anywhere, and little more than one of longitude at the equator divided by its
  /// cosine: distances are taken for a little too short, so that nothing near is missed.
  private static let metersPerDegree = 109_000.0
  private static let levelCount = 10
  private static let smallestCellMeters = 64.0

  private var levels: [[Cell: [String]]] = Array(repeating: [:], count: levelCount)
  /// Discs near a pole or larger than the widest cell are always looked at.
  private var everywhere: [String] = []

  /// An empty index.
  package init() {}

  /// Puts a disc in; an identifier may have one disc only.
  ///
  /// - Complexity: constant.
  package mutating func insert(_ id: String, _ disc: Disc) {
    guard let level = Self.level(of: disc) else {
      everywhere.append(id)
      return
    }
    levels[level][Self.cell(of: disc, level: level), default: []].append(id)
  }

  /// Takes out a disc as it was inserted.
  package mutating func remove(_ id: String, _ disc: Disc) {
    guard let level = Self.level(of: disc) else {
      everywhere.removeAll { $0 == id }
      return
    }
    let cell = Self.cell(of: disc, level: level)
    levels[level][cell]?.removeAll { $0 == id }
    if levels[level][cell]?.isEmpty ?? false { levels[level][cell] = nil }
  }

  /// Calls `visit` with every disc that may touch the given one, once.
  ///
  /// - Complexity: cells that the disc reaches, or all that are in use where these are fewer; and what they hold.
  package func search(_ disc: Disc, visit: (String) -> Void) {
    for id in everywhere { visit(id) }
    for level in levels.indices where !levels[level].isEmpty {
      let cells = Self.range(around: disc, level: level)
      let reached = cells.map { Int($0.rows.count) * Int($0.columns.count) } ?? .max
      if let cells, reached <= levels[level].count {
        for row in cells.rows {
          for column in cells.columns {
            for id in levels[level][Cell(row: row, column: Self.wrapped(column, level: level))] ?? [] {
              visit(id)
            }
          }
        }
      } else {
        for (cell, ids) in levels[level] where cells.map({ Self.contains($0, cell, level: level) }) ?? true {
          for id in ids { visit(id) }
        }
      }
    }
  }

  private static func cellMeters(_ level: Int) -> Double {
    smallestCellMeters * Double(1 << (2 * level))
  }

  private static func cellDegrees(_ level: Int) -> Double { cellMeters(level) / metersPerDegree }

  /// Columns around the earth.
  private static func columnCount(_ level: Int) -> Int32 { Int32((360 / cellDegrees(level)).rounded(.up)) }

  private static func level(of disc: Disc) -> Int? {
    guard abs(disc.latitudeDegrees) < 80 else { return nil }
    return (0..<levelCount).first { disc.radiusMeters <= cellMeters($0) }
  }

  private static func cell(of disc: Disc, level: Int) -> Cell {
    let degrees = cellDegrees(level)
    return Cell(
      row: Int32((disc.latitudeDegrees / degrees).rounded(.down)),
      column: wrapped(Int32(((disc.longitudeDegrees + 180) / degrees).rounded(.down)), level: level))
  }

  private static func wrapped(_ column: Int32, level: Int) -> Int32 {
    let count = columnCount(level)
    let rest = column % count
    return rest < 0 ? rest + count : rest
  }

  private struct CellRange {
    var rows: ClosedRange<Int32>
    var columns: ClosedRange<Int32>
  }

  /// Cells in which discs of a level may touch a disc; `nil` where that is any.
  private static func range(around disc: Disc, level: Int) -> CellRange? {
    let degrees = cellDegrees(level)
    let reach = (disc.radiusMeters + cellMeters(level)) / metersPerDegree
    let outermost = abs(disc.latitudeDegrees) + reach
    guard outermost < 85 else { return nil }
    // A circle of latitude is at most a degree of longitude times the cosine long; the line from the equator to the
    // pole lies below the cosine.
    let reachEast = reach / (1 - outermost / 90)
    guard reachEast < 90 else { return nil }
    let east = disc.longitudeDegrees + 180
    // One column more on each side, since the last column around the earth is narrower than the others.
    return CellRange(
      rows: Int32(
        ((disc.latitudeDegrees - reach) / degrees).rounded(.down))...Int32(
          ((disc.latitudeDegrees + reach) / degrees).rounded(.down)),
      columns: (Int32(((east - reachEast) / degrees).rounded(.down)) - 1)...(Int32(
        ((east + reachEast) / degrees).rounded(.down)) + 1))
  }

  private static func contains(_ range: CellRange, _ cell: Cell, level: Int) -> Bool {
    guard range.rows.contains(cell.row) else { return false }
    let count = columnCount(level)
    return [cell.column - count, cell.column, cell.column + count].contains { range.columns.contains($0) }
  }
}
