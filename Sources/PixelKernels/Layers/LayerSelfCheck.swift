/// Compares the network layers of a tier with the portable reference over seeded weights and maps, on the machine that
/// runs it.
package struct LayerSelfCheck: Sendable {
  /// Names of the layers that are compared.
  package static let kernels = Kind.allCases.map(\.rawValue)

  enum Kind: String, CaseIterable {
    case convolution = "layer_convolution"
    case depthwise = "layer_depthwise"
    case pointwise = "layer_pointwise"
    case residual = "layer_residual"
    case upsampled = "layer_upsampled"
    case logits = "layer_logits"
  }

  private let seed: UInt64
  private let rounds: Int

  /// - Parameter rounds: of each kind of layer; each has weights, sizes and maps of its own.
  package init(seed: UInt64 = 20_240_601, rounds: Int = 60) { (self.seed, self.rounds) = (seed, rounds) }

  /// The outcomes of all tiers but the portable one, layer by layer.
  package func run(tiers: [KernelTier] = [.avx2, .avx512]) -> [KernelSelfCheck.Outcome] {
    tiers.flatMap { tier in
      Kind.allCases.map { kind in
        guard tier.isSupported else {
          return .init(kernel: kind.rawValue, tier: tier, planeCount: 0, firstDifference: nil)
        }
        return check(kind, tier)
      }
    }
  }

  private func check(_ kind: Kind, _ tier: KernelTier) -> KernelSelfCheck.Outcome {
    for round in 0..<rounds {
      let reference = Case(kind, round: round, seed: seed &+ UInt64(round), tier: .portable).run()
      let subject = Case(kind, round: round, seed: seed &+ UInt64(round), tier: tier).run()
      if reference != subject {
        return .init(
          kernel: kind.rawValue, tier: tier, planeCount: round + 1,
          firstDifference: "round \(round), seed \(seed &+ UInt64(round))")
      }
    }
    return .init(kernel: kind.rawValue, tier: tier, planeCount: rounds, firstDifference: nil)
  }
}

/// One layer with its maps, equal for all tiers.
private struct Case {
  private let layer: NetworkLayer
  private let tier: KernelTier
  private let input: MapPlace
  private let output: MapPlace
  private let residual: LayerResidual?
  private let scratchOffset: Int
  private var arena: LayerArena

  init(_ kind: LayerSelfCheck.Kind, round: Int, seed: UInt64, tier: KernelTier) {
    var generator = KernelSelfCheck.Noise(state: seed)
    let width = 1 + generator.below(30), height = 1 + generator.below(3)
    let operation: NetworkLayer.Operation =
      switch kind {
      case .convolution: .convolution(kernel: 3, stride: 1 + round % 2)
      case .depthwise: .depthwise(kernel: round % 4 < 2 ? 3 : 5, stride: 1 + round % 2)
      default: .pointwise
      }
    let out = 1 + generator.below(70)
    let inChannels =
      switch kind {
      case .convolution: round % 4 < 2 ? 3 : 6
      case .depthwise: out
      default: 1 + generator.below(90)
      }
    let count = NetworkLayer.weightCount(operation, inChannels, out)
    var rule = NetworkLayer.Requantization(
      bias: (0..<out).map { _ in Int32(generator.below(20_001)) - 10_000 },
      scales: (0..<out).map { _ in Float(1 + generator.below(1000)) / 100_000 },
      zero: UInt8(generator.below(256)), low: UInt8(generator.below(100)),
      high: UInt8(150 + generator.below(106)), isLogit: kind == .logits)
    if kind == .residual || kind == .upsampled || (kind == .logits && round % 2 == 0) {
      (rule.residualScale, rule.residualZero) = (0.37, UInt8(generator.below(256)))
    }
    layer = NetworkLayer(
      operation, inChannels: inChannels, outChannels: out, inZero: UInt8(generator.below(256)),
      // Extreme weights as well: sums must not saturate on the way.
      weights: (0..<count).map { _ in round % 5 == 0 ? 127 : Int8(generator.below(255) - 127) },
      requantization: rule, tier: tier)
    self.tier = tier
    var end = 0
    func place(_ width: Int, _ height: Int, _ channels: Int, isFloat: Bool = false, isTight: Bool = false)
      -> MapPlace
    {
      let place = MapPlace(
        widthPixels: width, heightPixels: height, channels: channels, byteOffset: end, isFloat: isFloat,
        isTight: isTight)
      end += (place.byteCount + 63) / 64 * 64
      return place
    }
    if kind == .convolution {
      input = place(layer.reach(width), layer.reach(height), inChannels, isTight: true)
    } else {
      input = place(width, height, inChannels)
    }
    output = place(layer.outSide(width), layer.outSide(height), out, isFloat: kind == .logits)
    if rule.residualScale > 0 {
      let divisor = kind == .upsampled ? 2 : 1
      residual = LayerResidual(
        place((width + divisor - 1) / divisor, (height + divisor - 1) / divisor, out),
        isUpsampled: kind == .upsampled)
    } else {
      residual = nil
    }
    scratchOffset = end
    let scratch = PixelKernels.scratchBytes(
      layer, widthPixels: input.widthPixels, heightPixels: input.heightPixels)
    arena = LayerArena(byteCount: end + scratch)
    fill(input, round: round, &generator)
    if let residual { fill(residual.place, round: round, &generator) }
  }

  private mutating func fill(_ place: MapPlace, round: Int, _ generator: inout KernelSelfCheck.Noise) {
    for y in 0..<place.heightPixels {
      for x in 0..<place.widthPixels {
        for channel in 0..<place.channels {
          arena[place, x, y, channel] = round % 5 == 0 ? 255 : UInt8(generator.below(256))
        }
      }
    }
  }

  /// The output's values, channel by channel; floats as their bits.
  func run() -> [UInt32] {
    var arena = arena
    PixelKernels(tier: tier).run(
      layer, from: input, to: output, residual: residual, scratchOffset: scratchOffset, arena: &arena)
    return (0..<output.channels).flatMap { channel -> [UInt32] in
      guard !output.isFloat else {
        var values: [Float] = []
        arena.copy(channel: channel, of: output, into: &values)
        return values.map(\.bitPattern)
      }
      return (0..<output.pixelCount).map {
        UInt32(arena[output, $0 % output.widthPixels, $0 / output.widthPixels, channel])
      }
    }
  }
}
