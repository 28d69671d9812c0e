internal import PixelKernels

/// Tells whether a change of some tiles from one look to another can be a thing, and not light.
///
/// A thing has an outline: its change rises within two samples to half of its height, in as many places as the root of
/// its area. Both in levels, in which the light of a lamp ends softly, and in their logarithms, in which light is
/// smooth across the edges of what it falls on. A thing does not shine, and is not a fifth of the picture when it
/// comes; it may grow.
struct ThingTest {
  static let mostHundredths = 20
  static let leastEdges = 3
  /// A change that is not so many times as high as what noise reaches shows no outline.
  static let leastThresholds = 3
  /// What is so much brighter than 95 in a hundred of the tiles, and at least so bright, shines; where half of the
  /// picture is brighter than the last level, anything white may be.
  static let shineDistance = 40
  static let shineLevel = 150
  static let dimLevel = 90

  let tiles: [Int]
  private let before: PixelPlane
  private let after: PixelPlane
  private let logarithms = LogLevels.table

  init(tiles: [Int], from before: PixelPlane, to after: PixelPlane) {
    (self.tiles, self.before, self.after) = (tiles, before, after)
  }

  /// - Parameter picture: the whole picture's tiles, for its light and noise.
  func isThing(in picture: CoarseTiles) -> Bool {
    guard 100 * tiles.count <= Self.mostHundredths * picture.seenCount else { return false }
    let grid = picture.grid
    var height = (level: 0, logarithm: 0), samples = 0, brightest = 0
    forEachSample(grid) { x, y in
      let here = change(x, y, grid), place = y * after.strideBytes + x
      height = (max(height.level, abs(here.level)), max(height.logarithm, abs(here.logarithm)))
      brightest = max(brightest, Int(max(before.samples[place], after.samples[place])))
      samples += 1
    }
    guard height.level >= Self.leastThresholds * Int(picture.threshold), !shines(brightest, picture) else {
      return false
    }
    var edges = 0
    forEachSample(grid) { x, y in
      let here = change(x, y, grid)
      for there in [change(x + 2, y, grid), change(x, y + 2, grid)]
      where 2 * abs(there.level - here.level) >= height.level
        && 2 * abs(there.logarithm - here.logarithm) >= height.logarithm
      {
        edges += 1
      }
    }
    return edges >= Self.leastEdges && edges * edges >= 2 * samples
  }

  private func shines(_ brightest: Int, _ picture: CoarseTiles) -> Bool {
    var light = PictureLight()
    light.measure(picture.means, count: picture.seenCount)
    return light.median < Self.dimLevel
      && brightest >= max(Self.shineLevel, light.percentile95 + Self.shineDistance)
  }

  private func forEachSample(_ grid: TileGrid, _ body: (_ x: Int, _ y: Int) -> Void) {
    for tile in tiles {
      for y in grid.rowRange(tile / grid.columns) {
        for x in grid.columnRange(tile % grid.columns) { body(x, y) }
      }
    }
  }

  private func change(_ x: Int, _ y: Int, _ grid: TileGrid) -> (level: Int, logarithm: Int) {
    let place = min(y, grid.heightPixels - 1) * after.strideBytes + min(x, grid.widthPixels - 1)
    let (new, old) = (Int(after.samples[place]), Int(before.samples[place]))
    return (new - old, Int(logarithms[new]) - Int(logarithms[old]))
  }
}
