import HazardAnalysis
import PixelKernels
import TestSupport
import Testing

@Suite struct MarkedRegionsTests {
  /// Against `TileComponents`, which collects the tiles of all groups.
  @Test func groupsAreThoseThatTouchAndHoldAStrongTile() {
    var generator = SeededGenerator(seed: 31)
    var regions = MarkedRegions()
    for round in 0..<300 {
      let columns = Int.random(in: 1...20, using: &generator),
        rows = Int.random(in: 1...20, using: &generator)
      let grid = TileGrid(widthPixels: columns, heightPixels: rows, tile: 1)
      let density = Int.random(in: 0...60, using: &generator)
      let marks = (0..<grid.count).map { _ -> UInt8 in
        let draw = Int.random(in: 0..<100, using: &generator)
        return draw < density ? (draw % 5 == 0 ? 2 : 1) : 0
      }
      let seen = Int.random(in: 0...rows, using: &generator) * columns
      let least = Int.random(in: 1...3, using: &generator)
      regions.find(marks, count: seen, grid: grid, leastTiles: least)
      let expected = TileComponents.find(columns: columns, rows: rows) { $0 < seen && marks[$0] > 0 }
        .filter { $0.tiles.count >= least && $0.tiles.contains { marks[$0] == 2 } }
      #expect(regions.tileCount == expected.map(\.tiles.count).reduce(0, +), "seed 31, round \(round)")
      let kept = expected.map {
        MarkedRegions.Region(
          columns: $0.columns, rows: $0.rows, tileCount: $0.tiles.count,
          strongCount: $0.tiles.count { marks[$0] == 2 })
      }
      #expect(
        regions.found.map(\.tileCount)
          == Array(kept.map(\.tileCount).sorted(by: >).prefix(MarkedRegions.most)), "seed 31, round \(round)")
      #expect(Set(regions.found).isSubset(of: Set(kept)), "seed 31, round \(round)")
    }
  }
}
