import HazardAnalysis
import TestSupport
import Testing

@Suite struct TileComponentsTests {
  /// Against the definition: two marked tiles belong together when a chain of touching marked tiles joins them.
  @Test func groupsAreTheClassesOfTouchingTiles() {
    var generator = SeededGenerator(seed: 3)
    for round in 0..<300 {
      let columns = Int.random(in: 1...9, using: &generator), rows = Int.random(in: 1...9, using: &generator)
      let share = Int.random(in: 0...10, using: &generator)
      let marked = (0..<columns * rows).map { _ in Int.random(in: 0..<10, using: &generator) < share }
      let found = TileComponents.find(columns: columns, rows: rows) { marked[$0] }
      let place = "seed 3, round \(round)"
      #expect(found.flatMap(\.tiles).sorted() == marked.indices.filter { marked[$0] }, "\(place)")
      #expect(found.map(\.tiles[0]) == found.map(\.tiles[0]).sorted(), "\(place): in scan order")
      let joined = Self.closure(marked, columns)
      for group in found {
        #expect(group.tiles == group.tiles.sorted(), "\(place)")
        #expect(Set(group.tiles) == joined[group.tiles[0]], "\(place)")
        #expect(group.columns.lowerBound == group.tiles.map { $0 % columns }.min(), "\(place)")
        #expect(group.columns.upperBound == group.tiles.map { $0 % columns }.max(), "\(place)")
        #expect(group.rows.lowerBound == group.tiles.map { $0 / columns }.min(), "\(place)")
        #expect(group.rows.upperBound == group.tiles.map { $0 / columns }.max(), "\(place)")
      }
    }
  }

  /// For each marked tile all tiles that chains reach: sets grow by their neighbours until none changes.
  private static func closure(_ marked: [Bool], _ columns: Int) -> [Set<Int>] {
    let tiles = marked.indices.filter { marked[$0] }
    var reached = marked.indices.map { Set([$0]) }
    var changes = true
    while changes {
      changes = false
      for a in tiles {
        for b in tiles
        where abs(a % columns - b % columns) <= 1 && abs(a / columns - b / columns) <= 1
          && !reached[b].isSubset(of: reached[a])
        {
          reached[a].formUnion(reached[b])
          changes = true
        }
      }
    }
    return reached
  }
}
