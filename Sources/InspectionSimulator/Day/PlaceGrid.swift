internal import InspectionModel

/// Places of hazards in a grid, to find those nearby.
struct PlaceGrid: Sendable {
  private struct Cell: Hashable {
    var row: Int
    var column: Int
  }

  /// Degrees; over a kilometre and a half in every direction up to 45° of latitude.
  private static let step = 0.02
  private var cells: [Cell: [Int]] = [:]

  mutating func insert(_ index: Int, at position: GeodeticPosition<CGCS2000>) {
    cells[Self.cell(of: position), default: []].append(index)
  }

  /// Indices of all within a kilometre and a half, and some beyond, in ascending order.
  func near(_ position: GeodeticPosition<CGCS2000>) -> [Int] {
    let center = Self.cell(of: position)
    var found: [Int] = []
    for row in center.row - 1...center.row + 1 {
      for column in center.column - 1...center.column + 1 {
        found += cells[Cell(row: row, column: column)] ?? []
      }
    }
    return found.sorted()
  }

  private static func cell(of position: GeodeticPosition<CGCS2000>) -> Cell {
    Cell(
      row: Int((position.latitudeDegrees / step).rounded(.down)),
      column: Int((position.longitudeDegrees / step).rounded(.down)))
  }
}
