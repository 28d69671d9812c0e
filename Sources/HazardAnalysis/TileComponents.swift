package import InspectionModel

/// Groups of marked tiles that touch, also at corners.
package enum TileComponents {
  /// A group: its bounding block and its tiles in scan order.
  package struct Component {
    package var columns: ClosedRange<Int>
    package var rows: ClosedRange<Int>
    package var tiles: [Int]
  }

  /// The groups of a grid, in the scan order of their first tiles.
  package static func find(columns: Int, rows: Int, isMarked: (Int) -> Bool) -> [Component] {
    var visited = [Bool](repeating: false, count: columns * rows)
    var found: [Component] = []
    for start in 0..<columns * rows where !visited[start] && isMarked(start) {
      visited[start] = true
      var tiles = [start], next = 0
      while next < tiles.count {
        let (column, row) = (tiles[next] % columns, tiles[next] / columns)
        next += 1
        for y in max(0, row - 1)...min(rows - 1, row + 1) {
          for x in max(0, column - 1)...min(columns - 1, column + 1) where !visited[y * columns + x] {
            guard isMarked(y * columns + x) else { continue }
            visited[y * columns + x] = true
            tiles.append(y * columns + x)
          }
        }
      }
      let across = tiles.map { $0 % columns }, down = tiles.map { $0 / columns }
      found.append(
        Component(
          columns: across.min()!...across.max()!, rows: down.min()!...down.max()!, tiles: tiles.sorted()))
    }
    return found
  }

  /// Regions of one hazard that are told at most.
  static let maximumRegions = 8
  /// Regions below this share of the largest region's tiles are specks.
  static let speckDivisor = 8

  /// The groups as regions, strongest first; equally strong ones in scan order. A region's score is that of its
  /// strongest tile; specks beside a larger group are left out.
  package static func regions(
    _ found: [Component], of hazard: HazardKind, score: (Int) -> HazardScore,
    box: (Component) -> NormalizedBox
  ) -> [HazardRegion] {
    let largest = found.map(\.tiles.count).max() ?? 0
    let regions = found.filter { $0.tiles.count * speckDivisor >= largest }.map { component in
      HazardRegion(hazard: hazard, score: component.tiles.map(score).max()!, box: box(component))
    }
    let order = regions.indices.sorted {
      (regions[$1].score.millionths, $0) < (regions[$0].score.millionths, $1)
    }
    return order.prefix(maximumRegions).map { regions[$0] }
  }
}
