package import InspectionModel
internal import PixelKernels

/// A part of the view that has looked otherwise than usual for a while and still does.
package struct SlowChange: Sendable, Hashable {
  /// When it began to look as it does.
  package var since: Timestamp
  package var box: NormalizedBox
  /// Mean change of the luma, levels.
  package var lumaChange: Int
  /// Bits of AC code for each hundred before: above 100 for heaps, far below for water.
  package var textureHundredths: Int
}

/// Groups of changed tiles, each of which is one thing: joins tiles that touch, keeps what joined together.
struct ChangedGroups: Sendable {
  /// Groups that can be open at once; more change is no longer told apart.
  static let most = 64

  /// The open groups as they are now, oldest first.
  private(set) var list: [SlowChange] = []
  /// Numbers of the open groups, as in `list`, and of those that the last step ended or let go of.
  private(set) var numbers: [Int] = []
  private(set) var ended: [Int] = []
  private(set) var abandoned: [Int] = []

  /// The group of each tile, 0 for none.
  private var owners: [Int32]
  private var tileCounts: [Int] = []
  /// Tiles that the last `join` found to be no things.
  private(set) var rejected: [Int] = []
  private var nextNumber = 1
  private var stack: [Int] = []
  private var members: [Int] = []
  private var visited: [UInt8]

  init(tileCount: Int) {
    owners = [Int32](repeating: 0, count: tileCount)
    visited = [UInt8](repeating: 0, count: tileCount)
  }

  /// Begins a step.
  mutating func begin() {
    ended.removeAll(keepingCapacity: true)
    abandoned.removeAll(keepingCapacity: true)
  }

  func owner(_ tile: Int) -> Int { Int(owners[tile]) }

  /// A tile looks as before.
  mutating func end(_ tile: Int) { remove(tile, into: \.ended) }

  /// How a tile looks now has become usual.
  mutating func abandon(_ tile: Int) { remove(tile, into: \.abandoned) }

  private mutating func remove(_ tile: Int, into list: WritableKeyPath<ChangedGroups, [Int]>) {
    let number = Int(owners[tile])
    guard number > 0, let place = numbers.firstIndex(of: number) else { return }
    owners[tile] = 0
    tileCounts[place] -= 1
    guard tileCounts[place] == 0 else { return }
    close(place)
    self[keyPath: list].append(number)
  }

  private mutating func close(_ place: Int) {
    numbers.remove(at: place)
    tileCounts.remove(at: place)
    list.remove(at: place)
  }

  /// Lets go of all groups.
  mutating func abandonAll() {
    abandoned.append(contentsOf: numbers)
    numbers.removeAll(keepingCapacity: true)
    tileCounts.removeAll(keepingCapacity: true)
    list.removeAll(keepingCapacity: true)
    for tile in owners.indices { owners[tile] = 0 }
  }

  /// Gives marked tiles without a group to the group that they touch, or to a new one.
  ///
  /// - Parameters:
  ///   - marks: `strong` for changed tiles, `marked` for those that will soon be.
  ///   - samples: that differ, of each tile.
  ///   - leastSamples: of a new group.
  ///   - since: of each tile.
  ///   - isThing: whether tiles may be a new group.
  mutating func join(
    _ marks: [UInt8], count: Int, grid: TileGrid, samples: [UInt16], leastSamples: Int,
    since: (Int) -> Timestamp, isThing: ([Int]) -> Bool
  ) {
    rejected.removeAll(keepingCapacity: true)
    for tile in visited.indices { visited[tile] = 0 }
    for start in 0..<count
    where marks[start] == MarkedRegions.strong && owners[start] == 0 && visited[start] == 0 {
      let neighbour = collect(from: start, marks, count: count, grid: grid)
      let total = members.reduce(0) { $0 + Int(samples[$1]) }
      if neighbour == 0 {
        guard total >= leastSamples, numbers.count < Self.most else { continue }
        guard isThing(members) else {
          rejected.append(contentsOf: members)
          continue
        }
      }
      var number = neighbour
      if number == 0 {
        number = nextNumber
        nextNumber += 1
        numbers.append(number)
        tileCounts.append(0)
        let first = members.map(since).min()!
        list.append(SlowChange(since: first, box: .whole, lumaChange: 0, textureHundredths: 100))
      }
      for tile in members { owners[tile] = Int32(number) }
      tileCounts[numbers.firstIndex(of: number)!] += members.count
    }
  }

  /// Fills `members` with the tiles without a group that touch a tile; returns the oldest group that these touch, or
  /// would with one more tile in between.
  private mutating func collect(from start: Int, _ marks: [UInt8], count: Int, grid: TileGrid) -> Int {
    var neighbour = 0
    members.removeAll(keepingCapacity: true)
    stack.removeAll(keepingCapacity: true)
    stack.append(start)
    visited[start] = 1
    while let tile = stack.popLast() {
      members.append(tile)
      let (row, column) = tile.quotientAndRemainder(dividingBy: grid.columns)
      for y in max(0, row - 2)...min(grid.rows - 1, row + 2) {
        for x in max(0, column - 2)...min(grid.columns - 1, column + 2) {
          let next = y * grid.columns + x
          let owner = Int(owners[next])
          if owner > 0 { neighbour = neighbour == 0 ? owner : min(neighbour, owner) }
          guard abs(y - row) <= 1, abs(x - column) <= 1, next < count, owner == 0, marks[next] > 0,
            visited[next] == 0
          else { continue }
          visited[next] = 1
          stack.append(next)
        }
      }
    }
    return neighbour
  }

  /// Brings the open groups up to date.
  ///
  /// - Parameter look: mean luma change, bits of AC code and usual bits of a tile.
  mutating func describe(
    count: Int, grid: TileGrid, look: (Int) -> (lumaChange: Int, texture: Int, usualTexture: Int)
  ) {
    for (place, number) in numbers.enumerated() {
      var (left, right, top, bottom) = (grid.columns, -1, grid.rows, -1)
      var (tiles, change, texture, usual) = (0, 0, 0, 0)
      for tile in 0..<owners.count where Int(owners[tile]) == number {
        let (row, column) = tile.quotientAndRemainder(dividingBy: grid.columns)
        (left, right) = (min(left, column), max(right, column))
        (top, bottom) = (min(top, row), max(bottom, row))
        // What the frame does not show stays as it was told.
        guard tile < count else { continue }
        let look = look(tile)
        tiles += 1
        change += look.lumaChange
        texture += look.texture
        usual += look.usualTexture
      }
      list[place].box = grid.box(columns: left...right, rows: top...bottom)
      guard tiles > 0 else { continue }
      list[place].lumaChange = change / tiles
      list[place].textureHundredths = usual > 0 ? 100 * texture / usual : 100
    }
  }
}
