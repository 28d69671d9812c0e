import FrameMemory
import PixelKernels
import TestSupport
import Testing

/// The kernels over DC values and texture of 8x8 blocks.
@Suite struct CoarseKernelsTests {
  static let supportedTiers = KernelTier.allCases.filter(\.isSupported)

  @Test(arguments: supportedTiers) func textureByHand(tier: KernelTier) {
    // 5 x 3 blocks in rows of 7; the two that follow each row belong to nothing.
    let values: [UInt16] = [
      1, 2, 3, 4, 65_535, 9, 9, 10, 20, 30, 40, 65_535, 9, 9, 100, 200, 300, 400, 65_535, 9, 9,
    ]
    let view = BlockView(values: values.span, widthBlocks: 5, heightBlocks: 3, strideBlocks: 7)
    var sums: [UInt32] = []
    PixelKernels(tier: tier).textureSums(
      view, grid: TileGrid(widthPixels: 5, heightPixels: 3, tile: 2), sums: &sums)
    #expect(sums == [333, 197_382])
    PixelKernels(tier: tier).textureSums(
      view, grid: TileGrid(widthPixels: 5, heightPixels: 3, tile: 1), sums: &sums)
    #expect(sums[4] == 65_535 && sums[10] == 100 && sums[14] == 65_535)
  }

  @Test(arguments: supportedTiers) func textureOfNumPy(tier: KernelTier) {
    let first = PixelKernelsTests.plane(1), second = PixelKernelsTests.plane(2)
    let values = zip(first.samples, second.samples).map { UInt16($0) * UInt16($1) }
    let view = BlockView(
      values: values.span, widthBlocks: 43, heightBlocks: 29, strideBlocks: first.strideBytes)
    var sums: [UInt32] = []
    PixelKernels(tier: tier).textureSums(
      view, grid: TileGrid(widthPixels: 43, heightPixels: 29, tile: 8), sums: &sums)
    #expect(
      sums == [
        1_060_035, 974_745, 1_084_556, 1_119_503, 1_369_099, 1_433_657, 861_080, 1_225_117, 746_263,
        1_552_958, 2_136_948, 1_616_331, 1_812_735, 1_792_878, 2_496_979,
      ])
    PixelKernels(tier: tier).textureSums(
      view, grid: TileGrid(widthPixels: 43, heightPixels: 29, tile: 4), sums: &sums)
    #expect(sums.prefix(6) == [231_106, 186_265, 268_643, 264_387, 314_410, 318_415])
  }

  @Test(arguments: supportedTiers) func levelsByHand(tier: KernelTier) {
    // (dc * 3 + 4) >> 3 + 128: -1 gives 1 >> 3, -2 gives -2 >> 3 = -1.
    #expect(
      levels([0, 1, 2, -1, -2, 338, 339, 340, -339, -341, -343], 3, tier)
        == [128, 128, 129, 128, 127, 255, 255, 255, 1, 0, 0])
    #expect(levels([.max, .min, 1, -1, 0], .max, tier) == [255, 0, 255, 0, 128])
    #expect(levels([], 1, tier) == [])
  }

  @Test(arguments: supportedTiers) func levelsAreThoseOfTheFrameWriter(tier: KernelTier) {
    for quantizer in [1, 2, 3, 8, 16, 40, 99, 255, 65_535] as [UInt16] {
      let dc = (-2_100...2_100).map { Int16($0) } + [.min, .max]
      #expect(
        levels(dc, quantizer, tier) == dc.map { CoarseFrameWriter.level(dc: $0, quantizer: quantizer) },
        "quantiser \(quantizer)")
    }
  }

  private func levels(_ dc: [Int16], _ quantizer: UInt16, _ tier: KernelTier) -> [UInt8] {
    var levels = [UInt8](repeating: 99, count: dc.count)
    // SAFETY: both buffers are used inside the closures only.
    unsafe dc.withUnsafeBufferPointer { dc in
      unsafe levels.withUnsafeMutableBufferPointer { levels in
        unsafe PixelKernels(tier: tier).dcLevels(dc, quantizer: quantizer, into: levels)
      }
    }
    return levels
  }
}
