/// A layer's weights in the order in which the kernels of a tier read them.
struct PackedWeights: Sendable {
  /// Which kernels read them.
  enum Kernels: Sendable { case portable, avx2, vnni }

  let kernels: Kernels
  let weights: AlignedBytes
  /// 32-bit, padded; as the sums lie.
  let bias: AlignedBytes
  let scales: AlignedBytes

  init(
    _ operation: NetworkLayer.Operation, inChannels: Int, outChannels: Int, weights raw: [Int8],
    requantization: NetworkLayer.Requantization, tier: KernelTier
  ) {
    kernels = Self.kernels(tier)
    var places: [Int?] = []
    var ordered: [Int8] = []
    switch (kernels, operation) {
    case (.portable, _): break
    case (.vnni, .depthwise(let kernel, _)):
      ordered = Self.interleavedDepthwise(raw, kernel, outChannels)
      places = Self.interleavedChannels(outChannels)
    case (.avx2, .depthwise(let kernel, _)):
      ordered = Self.pairedDepthwise(raw, kernel, outChannels)
      places = Self.channels(outChannels)
    case (.vnni, _):
      ordered = Self.blocks(raw, taps: raw.count / outChannels, outChannels, depth: 4)
      places = Self.channels(outChannels)
    case (.avx2, _):
      ordered = Self.blocks(raw, taps: raw.count / outChannels, outChannels, depth: 2)
      places = Self.channels(outChannels)
    }
    // Two bytes each where the kernels multiply words.
    weights = kernels == .avx2 ? AlignedBytes(ordered.map { Int16($0).littleEndian }) : AlignedBytes(ordered)
    bias = AlignedBytes(places.map { $0.map { requantization.bias[$0] } ?? 0 })
    scales = AlignedBytes(places.map { $0.map { requantization.scales[$0].bitPattern } ?? 0 })
  }

  /// A processor with AVX-512 but without VNNI runs the layers of the AVX2 tier.
  static func kernels(_ tier: KernelTier) -> Kernels {
    switch tier {
    case .portable: .portable
    case .avx2: .avx2
    case .avx512: KernelTier.hasNeuralInstructions ? .vnni : .avx2
    }
  }

  private static func channels(_ count: Int) -> [Int?] {
    (0..<MapPlace.padded(count)).map { $0 < count ? $0 : nil }
  }

  /// Blocks of 16 out channels; in each, `depth` taps of all 16 side by side. Taps fill up groups of four.
  private static func blocks(_ raw: [Int8], taps: Int, _ outChannels: Int, depth: Int) -> [Int8] {
    let padded = (taps + 3) / 4 * 4
    var ordered = [Int8](repeating: 0, count: MapPlace.padded(outChannels) * padded)
    for channel in 0..<outChannels {
      let block = channel / 16 * 16 * padded, within = channel % 16 * depth
      for tap in 0..<taps {
        ordered[block + tap / depth * 16 * depth + within + tap % depth] = raw[channel * taps + tap]
      }
    }
    return ordered
  }

  /// Pairs of taps of 16 channels.
  private static func pairedDepthwise(_ raw: [Int8], _ kernel: Int, _ channels: Int) -> [Int8] {
    let taps = kernel * kernel, padded = (taps + 1) / 2 * 2
    var ordered = [Int8](repeating: 0, count: MapPlace.padded(channels) * padded)
    for tap in 0..<taps {
      for channel in 0..<channels {
        let block = channel / 16 * 16 * padded
        ordered[block + tap / 2 * 32 + channel % 16 * 2 + tap % 2] = raw[tap * channels + channel]
      }
    }
    return ordered
  }

  /// The channel of each place of 64 as the interleaved sums lie: quarter j, lane L, place m.
  private static func interleavedChannels(_ channels: Int) -> [Int?] {
    (0..<(channels + 63) / 64 * 64).map { place in
      let (block, rest) = place.quotientAndRemainder(dividingBy: 64)
      let (quarter, lane, within) = (rest / 16, rest % 16 / 4, rest % 4)
      let channel = 64 * block + 16 * lane + 4 * quarter + within
      return channel < channels ? channel : nil
    }
  }

  /// Blocks of 64 channels; in each, kernel column by column and in fours of its rows.
  private static func interleavedDepthwise(_ raw: [Int8], _ kernel: Int, _ channels: Int) -> [Int8] {
    let places = interleavedChannels(channels), groups = (kernel + 3) / 4
    var ordered = [Int8](repeating: 0, count: places.count * kernel * groups * 4)
    for (index, place) in places.enumerated() {
      guard let channel = place else { continue }
      let block = index / 64 * 64 * kernel * groups * 4
      for column in 0..<kernel {
        for row in 0..<kernel {
          let step = column * groups + row / 4
          ordered[block + (step * 64 + index % 64) * 4 + row % 4] =
            raw[(row * kernel + column) * channels + channel]
        }
      }
    }
    return ordered
  }
}
