import FrameMemory
import InspectionModel
import PixelKernels
import TestSupport
import Testing

/// Hand-computed and independently computed (NumPy) results, and what holds for every plane.
@Suite struct PixelKernelsTests {
  static let supportedTiers = KernelTier.allCases.filter(\.isSupported)

  /// The plane that the NumPy figures below were computed on.
  static func plane(_ k: Int) -> PixelPlane {
    PixelPlane(widthPixels: 43, heightPixels: 29) { x, y in
      UInt8(truncatingIfNeeded: x * 31 + y * 17 + (x * y) % 7 * 13 + k * x * x)
    }
  }

  @Test(arguments: supportedTiers) func momentsByHand(tier: KernelTier) {
    let plane = PixelPlane(widthPixels: 5, heightPixels: 2) { x, y in UInt8(x + 10 * y) }
    var sums: [UInt32] = [], squares: [UInt32] = []
    PixelKernels(tier: tier).tileMoments(plane.view, grid: plane.grid(2), sums: &sums, squares: &squares)
    // Tiles: columns 0-1 (0, 1, 10, 11) and, with the remainder, 2-4 (2, 3, 4, 12, 13, 14).
    #expect(sums == [22, 48])
    #expect(squares == [222, 538])
  }

  @Test(arguments: supportedTiers) func momentsOfNumPy(tier: KernelTier) {
    let first = Self.plane(1)
    var sums: [UInt32] = [], squares: [UInt32] = []
    PixelKernels(tier: tier).tileMoments(first.view, grid: first.grid(8), sums: &sums, squares: &squares)
    #expect(
      sums == [
        7110, 8663, 7895, 8407, 10333, 8663, 7157, 9218, 7439, 11761, 13275, 13424, 13539, 13910, 18506,
      ])
    #expect(
      squares == [
        1_136_328, 1_498_785, 1_284_633, 1_414_307, 1_750_843, 1_498_841, 1_137_627, 1_700_220, 1_264_817,
        2_033_725, 2_212_407, 2_336_020, 2_297_179, 2_463_044, 3_163_274,
      ])
  }

  @Test(arguments: supportedTiers) func gradientsOfNumPy(tier: KernelTier) {
    let first = Self.plane(1)
    var across: [UInt32] = [], down: [UInt32] = []
    PixelKernels(tier: tier).tileGradients(
      first.view, grid: first.grid(8), step: 3, horizontal: &across, vertical: &down)
    #expect(
      across == [
        7741, 6256, 3600, 3650, 5205, 7004, 6495, 4821, 4167, 4669, 12287, 11021, 6439, 6463, 8282,
      ])
    #expect(
      down == [4697, 5400, 4617, 5313, 6559, 4990, 4853, 5027, 5284, 6756, 5361, 5977, 5576, 5831, 7811])
  }

  @Test(arguments: supportedTiers) func differencesOfNumPy(tier: KernelTier) {
    let first = Self.plane(1), second = Self.plane(2)
    var sums: [UInt32] = []
    PixelKernels(tier: tier).tileDifferences(
      first.view, second.view, grid: second.grid(8), sums: &sums)
    #expect(
      sums == [
        1716, 6574, 4796, 6064, 6798, 1800, 6778, 5014, 6716, 6928, 2814, 11156, 7552, 9606, 11699,
      ])
  }

  @Test(arguments: supportedTiers) func coloursOfNumPy(tier: KernelTier) {
    let first = Self.plane(1), second = Self.plane(2), third = Self.plane(3)
    var counts: [UInt16] = []
    PixelKernels(tier: tier).tileColours(
      luma: first.view, blue: second.view, red: third.view, grid: third.grid(8), counts: &counts)
    let totals = ColourClass.allCases.map { item in
      stride(from: item.rawValue, to: 15 * 8, by: 8).reduce(0) { $0 + Int(counts[$1]) }
    }
    #expect(totals == [167, 10, 325, 240, 1151, 194, 152, 10])
    #expect(counts[7 * 8..<8 * 8] == [7, 0, 17, 9, 57, 9, 11, 0])
  }

  @Test(arguments: supportedTiers) func extremesOfNumPy(tier: KernelTier) {
    let first = Self.plane(1)
    var lowest: [UInt8] = [], highest: [UInt8] = []
    PixelKernels(tier: tier).tileExtremes(
      first.view, grid: first.grid(8), lowest: &lowest, highest: &highest)
    #expect(lowest == [0, 4, 5, 5, 1, 9, 1, 9, 0, 0, 3, 0, 3, 1, 3])
    #expect(highest == [253, 253, 255, 249, 255, 255, 254, 255, 252, 250, 253, 255, 254, 253, 255])
  }

  @Test(arguments: supportedTiers) func halveOfNumPy(tier: KernelTier) {
    let first = Self.plane(1)
    var half = PixelPlane()
    PixelKernels(tier: tier).halve(first.view, into: &half)
    #expect(half.widthPixels == 22 && half.heightPixels == 15)
    var sum = 0, weighted = 0
    for y in 0..<15 {
      for x in 0..<22 {
        sum += Int(half.view[x, y])
        weighted += Int(half.view[x, y]) * ((y * 22 + x) % 97)
      }
    }
    #expect(sum == 42_156 && weighted == 1_895_187)
    #expect((0..<4).map { half.view[$0, 0] } == [28, 109, 134, 80])
    #expect(half.view[21, 14] == 214)
  }

  @Test(arguments: supportedTiers) func histogramOfNumPy(tier: KernelTier) {
    let first = Self.plane(1)
    var counts: [UInt32] = []
    PixelKernels(tier: tier).histogram(first.view, counts: &counts)
    #expect(counts.enumerated().reduce(0) { $0 + $1.offset * Int($1.element) } == 159_300)
    #expect(counts.reduce(0) { $0 + Int($1) * Int($1) } == 7_099)
    #expect(counts[0..<8] == [6, 5, 3, 4, 5, 7, 6, 4])
  }

  @Test(arguments: supportedTiers) func aPlaneWithoutSamplesGivesZeros(tier: KernelTier) {
    let kernels = PixelKernels(tier: tier), empty = PixelPlane()
    var sums: [UInt32] = [7], squares: [UInt32] = [7], counts: [UInt16] = [7, 7, 7, 7, 7, 7, 7, 7]
    kernels.tileMoments(empty.view, grid: empty.grid(8), sums: &sums, squares: &squares)
    kernels.tileColours(
      luma: empty.view, blue: empty.view, red: empty.view, grid: empty.grid(4), counts: &counts)
    #expect(sums == [0] && squares == [0])
    #expect(counts == [0, 0, 0, 0, 0, 0, 0, 0])
    var half = PixelPlane()
    kernels.halve(empty.view, into: &half)
    #expect(half.widthPixels == 0 && half.heightPixels == 0)
  }

  /// Outputs are reused: what a larger plane left behind must not shine through.
  @Test(arguments: supportedTiers) func reusedOutputsKeepNothing(tier: KernelTier) {
    let first = Self.plane(1)
    let kernels = PixelKernels(tier: tier)
    var reused: [UInt32] = [], fresh: [UInt32] = [], ignored: [UInt32] = []
    let small = PixelPlane(widthPixels: 9, heightPixels: 9) { x, y in UInt8(x * y) }
    kernels.tileMoments(first.view, grid: first.grid(4), sums: &reused, squares: &ignored)
    kernels.tileMoments(small.view, grid: small.grid(4), sums: &reused, squares: &ignored)
    kernels.tileMoments(small.view, grid: small.grid(4), sums: &fresh, squares: &ignored)
    #expect(reused.prefix(fresh.count) == fresh[...])
  }

  /// A last tile of two whole sides, in every direction and tier.
  @Test(arguments: supportedTiers) func theLastTileCanBeTwoSidesLong(tier: KernelTier) {
    let plane = PixelPlane(widthPixels: 128 + 64, heightPixels: 128) { _, _ in 255 }
    let grid = TileGrid(widthPixels: 192, heightPixels: 128, tile: 64, columns: 2, rows: 1)
    var sums: [UInt32] = [], squares: [UInt32] = [], counts: [UInt16] = []
    let kernels = PixelKernels(tier: tier)
    kernels.tileMoments(plane.view, grid: grid, sums: &sums, squares: &squares)
    kernels.tileColours(luma: plane.view, blue: plane.view, red: plane.view, grid: grid, counts: &counts)
    #expect(sums == [2_088_960, 4_177_920])
    #expect(counts[8 + ColourClass.bright.rawValue] == 16_384)
  }

  @Test func everySampleBelongsToOneTile() {
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<200 {
      let width = Int.random(in: 1...140, using: &generator),
        height = Int.random(in: 1...70, using: &generator)
      let grid = TileGrid(
        widthPixels: width, heightPixels: height, tile: Int.random(in: 1...64, using: &generator))
      let samples = (0..<grid.rows).reduce(0) { total, row in
        total + (0..<grid.columns).reduce(0) { $0 + grid.sampleCount(column: $1, row: row) }
      }
      #expect(samples == width * height, "\(grid)")
      let whole = grid.box(columns: 0...grid.columns - 1, rows: 0...grid.rows - 1)
      #expect(whole.x == 0 && whole.y == 0 && whole.width == 1 && whole.height == 1)
    }
  }
}

extension PixelPlane {
  /// The grid of whole tiles of a side.
  fileprivate func grid(_ tile: Int) -> TileGrid {
    TileGrid(widthPixels: widthPixels, heightPixels: heightPixels, tile: tile)
  }
}

extension PixelPlane {
  /// Sum of the samples, and their sum weighted by their number modulo 97.
  var weightedSums: [Int] {
    var sum = 0, weighted = 0
    for y in 0..<heightPixels {
      for x in 0..<widthPixels {
        sum += Int(view[x, y])
        weighted += Int(view[x, y]) * ((y * widthPixels + x) % 97)
      }
    }
    return [sum, weighted]
  }
}
