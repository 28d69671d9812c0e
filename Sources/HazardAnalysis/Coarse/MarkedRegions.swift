package import InspectionModel
package import PixelKernels

/// Finds the groups of touching marked tiles, also at corners, that hold a strongly marked one; keeps its memory.
///
/// `TileComponents` answers the same for the tiles of a full look, with lists of tiles and new memory each time.
package struct MarkedRegions: Sendable {
  /// Groups that are kept at most, the largest.
  package static let most = 8
  /// A tile that belongs to a group, and one that makes a group count.
  static let marked: UInt8 = 1
  static let strong: UInt8 = 2

  /// One group.
  package struct Region: Sendable, Hashable {
    package var columns: ClosedRange<Int>
    package var rows: ClosedRange<Int>
    package var tileCount: Int
    var strongCount: Int

    /// - Parameters: the block of tiles around the group, how many it has and how many of them are strong.
    package init(columns: ClosedRange<Int>, rows: ClosedRange<Int>, tileCount: Int, strongCount: Int) {
      (self.columns, self.rows) = (columns, rows)
      (self.tileCount, self.strongCount) = (tileCount, strongCount)
    }
  }

  /// Largest first, equally large ones in scan order.
  package private(set) var found: [Region] = []
  /// Tiles of all groups, also of those that were not kept.
  package private(set) var tileCount = 0
  private var open: [UInt8] = []
  private var stack: [Int] = []

  /// Has found nothing yet.
  package init() {
    found.reserveCapacity(Self.most + 1)
  }

  /// Searches the first `count` tiles of a grid; a group with fewer than `leastTiles` tiles is none.
  package mutating func find(_ marks: [UInt8], count: Int, grid: TileGrid, leastTiles: Int = 1) {
    found.removeAll(keepingCapacity: true)
    tileCount = 0
    guard Self.hasStrong(marks, count: count) else { return }
    // The tiles that no group has taken yet.
    if open.count != marks.count { open = [UInt8](repeating: 0, count: marks.count) }
    Self.copy(marks, into: &open)
    for start in 0..<count where open[start] == Self.strong {
      let region = take(from: start, count: count, grid: grid)
      guard region.tileCount >= leastTiles else { continue }
      tileCount += region.tileCount
      let place = found.firstIndex { $0.tileCount < region.tileCount } ?? found.count
      guard place < Self.most else { continue }
      found.insert(region, at: place)
      if found.count > Self.most { found.removeLast() }
    }
  }

  /// Sample by sample: arrays that share memory would be copied with the first change.
  private static func copy(_ marks: [UInt8], into open: inout [UInt8]) {
    let marks = marks.span
    var open = open.mutableSpan
    precondition(marks.count == open.count, "a place for each mark")
    var tile = 0
    while tile < marks.count {
      open[tile] = marks[tile]
      tile &+= 1
    }
  }

  private static func hasStrong(_ marks: [UInt8], count: Int) -> Bool {
    let marks = marks.span
    precondition(count <= marks.count, "a mark for each tile")
    var highest: UInt8 = 0, tile = 0
    while tile < count {
      highest = max(highest, marks[tile])
      tile &+= 1
    }
    return highest == strong
  }

  private mutating func take(from start: Int, count: Int, grid: TileGrid) -> Region {
    let columns = grid.columns
    var (left, right, top, bottom) = (columns, 0, grid.rows, 0)
    var (tiles, strong) = (0, 0)
    stack.removeAll(keepingCapacity: true)
    stack.append(start)
    if open[start] == Self.strong { strong += 1 }
    open[start] = 0
    while let tile = stack.popLast() {
      // Tiles are few: a division of 32 bits takes a third of the time of 64.
      let row = Int(UInt32(truncatingIfNeeded: tile) / UInt32(truncatingIfNeeded: columns))
      let column = tile - row * columns
      tiles += 1
      (left, right) = (min(left, column), max(right, column))
      (top, bottom) = (min(top, row), max(bottom, row))
      for y in max(0, row - 1)...min(grid.rows - 1, row + 1) {
        for x in max(0, column - 1)...min(columns - 1, column + 1) {
          let next = y * columns + x
          guard next < count, open[next] != 0 else { continue }
          if open[next] == Self.strong { strong += 1 }
          open[next] = 0
          stack.append(next)
        }
      }
    }
    return Region(columns: left...right, rows: top...bottom, tileCount: tiles, strongCount: strong)
  }

  /// Replaces `boxes` by those of the groups.
  package func fill(_ boxes: inout [NormalizedBox], grid: TileGrid) {
    boxes.removeAll(keepingCapacity: true)
    for region in found { boxes.append(grid.box(columns: region.columns, rows: region.rows)) }
  }
}
