/// Groups of marked tiles that touch, also at corners.
enum TileComponents {
  /// A group: its bounding block and its tiles in scan order.
  struct Component {
    var columns: ClosedRange<Int>
    var rows: ClosedRange<Int>
    var tiles: [Int]
  }

  /// The groups of a grid, in the scan order of their first tiles.
  static func find(columns: Int, rows: Int, isMarked: (Int) -> Bool) -> [Component] {
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
}
