import PixelKernels
import Testing

/// Layers of an 8-bit network.
@Suite struct LayerTests {
  static let tiers = KernelTier.allCases.filter(\.isSupported)

  @Test(arguments: tiers.filter { $0 != .portable }) func everyLayerEqualsTheReference(tier: KernelTier) {
    let outcomes = LayerSelfCheck().run(tiers: [tier])
    #expect(outcomes.count == LayerSelfCheck.kernels.count)
    for outcome in outcomes { #expect(outcome.passed && outcome.planeCount > 0, "\(outcome)") }
  }

  /// A map of two pixels with two channels, and one out channel: by hand.
  @Test(arguments: tiers) func aPointwiseLayerSumsUpItsChannels(tier: KernelTier) {
    let rule = NetworkLayer.Requantization(bias: [10], scales: [0.25], zero: 3, low: 3, high: 40)
    let layer = NetworkLayer(
      .pointwise, inChannels: 2, outChannels: 1, inZero: 0, weights: [2, -1], requantization: rule, tier: tier
    )
    let input = MapPlace(widthPixels: 3, heightPixels: 1, channels: 2, byteOffset: 0)
    let output = MapPlace(widthPixels: 3, heightPixels: 1, channels: 1, byteOffset: 64)
    var arena = LayerArena(byteCount: 256)
    for (x, values) in [(20, 6), (0, 100), (255, 0)].enumerated() {
      arena[input, x, 0, 0] = UInt8(values.0)
      arena[input, x, 0, 1] = UInt8(values.1)
    }
    PixelKernels(tier: tier).run(layer, from: input, to: output, scratchOffset: 192, arena: &arena)
    // (10 + 40 − 6) / 4 + 3; negative and large sums are clamped.
    #expect((0..<3).map { arena[output, $0, 0, 0] } == [14, 3, 40])
  }

  /// Half way between two values goes to the even one: 10 / 4 = 2.5, 14 / 4 = 3.5.
  @Test(arguments: tiers) func halvesGoToTheEvenValue(tier: KernelTier) {
    let rule = NetworkLayer.Requantization(bias: [0], scales: [0.25])
    let layer = NetworkLayer(
      .pointwise, inChannels: 1, outChannels: 1, inZero: 0, weights: [2], requantization: rule, tier: tier)
    let input = MapPlace(widthPixels: 2, heightPixels: 1, channels: 1, byteOffset: 0)
    let output = MapPlace(widthPixels: 2, heightPixels: 1, channels: 1, byteOffset: 64)
    var arena = LayerArena(byteCount: 192)
    (arena[input, 0, 0, 0], arena[input, 1, 0, 0]) = (5, 7)
    PixelKernels(tier: tier).run(layer, from: input, to: output, scratchOffset: 128, arena: &arena)
    #expect((arena[output, 0, 0, 0], arena[output, 1, 0, 0]) == (2, 4))
  }

  /// All ones over a map of ones counts the places of the kernel that lie inside, where zero lies outside.
  @Test(arguments: tiers, [(3, 1), (3, 2), (5, 1), (5, 2)])
  func aDepthwiseLayerReachesTheBorders(tier: KernelTier, shape: (kernel: Int, stride: Int)) {
    let rule = NetworkLayer.Requantization(bias: [0], scales: [1])
    let layer = NetworkLayer(
      .depthwise(kernel: shape.kernel, stride: shape.stride), inChannels: 1, outChannels: 1, inZero: 0,
      weights: [Int8](repeating: 1, count: shape.kernel * shape.kernel), requantization: rule, tier: tier)
    let (width, height) = (7, 6)
    let input = MapPlace(widthPixels: width, heightPixels: height, channels: 1, byteOffset: 0)
    let output = MapPlace(
      widthPixels: layer.outSide(width), heightPixels: layer.outSide(height), channels: 1, byteOffset: 1024)
    let scratch = PixelKernels.scratchBytes(layer, widthPixels: width, heightPixels: height)
    var arena = LayerArena(byteCount: 2048 + scratch)
    for y in 0..<height { for x in 0..<width { arena[input, x, y, 0] = 1 } }
    PixelKernels(tier: tier).run(layer, from: input, to: output, scratchOffset: 2048, arena: &arena)
    func inside(_ index: Int, _ side: Int) -> Int {
      let first = index * shape.stride - layer.padding(side)
      return (first..<first + shape.kernel).count { (0..<side).contains($0) }
    }
    for y in 0..<output.heightPixels {
      for x in 0..<output.widthPixels {
        #expect(Int(arena[output, x, y, 0]) == inside(x, width) * inside(y, height), "\(x), \(y)")
      }
    }
  }
}
