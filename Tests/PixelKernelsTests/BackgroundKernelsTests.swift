import FrameMemory
import PixelKernels
import TestSupport
import Testing

/// Counting changes, and the background that follows.
@Suite struct BackgroundKernelsTests {
  static let supportedTiers = KernelTier.allCases.filter(\.isSupported)

  @Test(arguments: supportedTiers) func changesByHand(tier: KernelTier) {
    let plane = PixelPlane(widthPixels: 5, heightPixels: 2) { x, y in [10, 20, 30, 40, 255][x] }
    let other = PixelPlane(widthPixels: 5, heightPixels: 2) { x, y in [14, 15, 30, 46, 0][x] }
    let grid = TileGrid(widthPixels: 5, heightPixels: 2, tile: 2)
    // Differences of each of the two rows: 4 5 | 0 6 255, the last tile takes the odd column.
    for (threshold, expected) in [(0, [4, 4]), (4, [2, 4]), (5, [0, 4]), (6, [0, 2]), (255, [0, 0])] {
      var counts: [UInt16] = []
      PixelKernels(tier: tier).countChanges(
        plane, other, threshold: UInt8(threshold), grid: grid, counts: &counts)
      #expect(counts.map(Int.init) == expected, "threshold \(threshold)")
    }
  }

  @Test(arguments: supportedTiers) func aBackgroundMovesOneLevel(tier: KernelTier) {
    let plane = PixelPlane(widthPixels: 6, heightPixels: 1) { x, _ in [0, 255, 7, 7, 7, 0][x] }
    let before = PixelPlane(widthPixels: 6, heightPixels: 1) { x, _ in [0, 255, 7, 6, 9, 255][x] }
    let grid = TileGrid(widthPixels: 6, heightPixels: 1, tile: 3)
    var background = before, counts: [UInt16] = []
    PixelKernels(tier: tier).updateBackground(
      plane, background: &background, threshold: 1, step: 1, grid: grid, counts: &counts)
    #expect(background.samples.prefix(6) == [0, 255, 7, 7, 8, 254])
    #expect(counts == [0, 2])
    background = before
    PixelKernels(tier: tier).updateBackground(
      plane, background: &background, threshold: 0, step: 0, grid: grid, counts: &counts)
    #expect(background.samples == before.samples)
    #expect(counts == [0, 3])
  }

  @Test(arguments: supportedTiers) func changesAndBackgroundOfNumPy(tier: KernelTier) {
    let first = PixelKernelsTests.plane(1)
    var background = PixelKernelsTests.plane(2), counts: [UInt16] = []
    let grid = TileGrid(widthPixels: 43, heightPixels: 29, tile: 8)
    let expected: [UInt16] = [11, 57, 34, 49, 58, 9, 56, 36, 53, 56, 16, 93, 56, 79, 95]
    PixelKernels(tier: tier).countChanges(first, background, threshold: 40, grid: grid, counts: &counts)
    #expect(counts == expected)
    PixelKernels(tier: tier).updateBackground(
      first, background: &background, threshold: 40, step: 1, grid: grid, counts: &counts)
    #expect(counts == expected)
    #expect((0..<6).map { background.view[$0, 3] } == [51, 122, 198, 187, 15, 14])
    #expect(background.weightedSums == [160_977, 7_591_254])
  }

  /// A still picture is reached from anywhere within 255 steps, and then counts as unchanged.
  @Test(arguments: supportedTiers) func aStillPictureBecomesTheBackground(tier: KernelTier) {
    var generator = SeededGenerator(seed: 11)
    let plane = PixelPlane(widthPixels: 83, heightPixels: 21) { _, _ in
      UInt8.random(in: 0...255, using: &generator)
    }
    var background = PixelPlane(widthPixels: 83, heightPixels: 21) { x, _ in x % 2 == 0 ? 0 : 255 }
    let grid = TileGrid(widthPixels: 83, heightPixels: 21, tile: 8)
    var counts: [UInt16] = [], before = Int.max
    for _ in 0..<255 {
      PixelKernels(tier: tier).updateBackground(
        plane, background: &background, threshold: 0, step: 1, grid: grid, counts: &counts)
      let changed = counts.prefix(grid.count).reduce(0) { $0 + Int($1) }
      #expect(changed <= before)
      before = changed
    }
    PixelKernels(tier: tier).updateBackground(
      plane, background: &background, threshold: 0, step: 1, grid: grid, counts: &counts)
    #expect(counts.prefix(grid.count).allSatisfy { $0 == 0 })
    for y in 0..<21 { for x in 0..<83 { #expect(background.view[x, y] == plane.view[x, y]) } }
  }

  /// The largest tile can be full: 128 x 128 changes do not wrap.
  @Test(arguments: supportedTiers) func aFullTileOfTwoSidesCounts(tier: KernelTier) {
    let plane = PixelPlane(widthPixels: 127, heightPixels: 127) { _, _ in 255 }
    var background = PixelPlane(widthPixels: 127, heightPixels: 127) { _, _ in 0 }
    let grid = TileGrid(widthPixels: 127, heightPixels: 127, tile: 64)
    var counts: [UInt16] = []
    PixelKernels(tier: tier).updateBackground(
      plane, background: &background, threshold: 254, step: 1, grid: grid, counts: &counts)
    #expect(counts == [127 * 127])
    #expect((0..<127).allSatisfy { background.view[$0, 126] == 1 })
  }

  @Test(arguments: supportedTiers) func reusedCountsKeepNothing(tier: KernelTier) {
    let kernels = PixelKernels(tier: tier)
    let far = PixelPlane(widthPixels: 64, heightPixels: 64) { _, _ in 200 }, near = far
    let black = PixelPlane(widthPixels: 64, heightPixels: 64) { _, _ in 0 }
    let grid = TileGrid(widthPixels: 64, heightPixels: 64, tile: 4)
    var counts: [UInt16] = []
    kernels.countChanges(far, black, threshold: 9, grid: grid, counts: &counts)
    #expect(counts == [UInt16](repeating: 16, count: 256))
    kernels.countChanges(far, near, threshold: 9, grid: grid, counts: &counts)
    #expect(counts == [UInt16](repeating: 0, count: 256))
    let empty = PixelPlane()
    kernels.countChanges(
      empty, empty, threshold: 0, grid: TileGrid(widthPixels: 0, heightPixels: 0, tile: 4), counts: &counts)
    #expect(counts[0] == 0)
  }
}
