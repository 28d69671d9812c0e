/// A layer's weights in the order in which the kernels of a tier read them.
struct PackedWeights: Sendable {
  /// Which kernels read them.
  enum Kernels: Sendable { case portable, avx2, vnni }

  let kernels: Kernels
  let weights: AlignedBytes
  /// 32-bit, little endian, padded; as the sums lie.
  let bias: AlignedBytes
  let scales: AlignedBytes

  init(
    _ operation: NetworkLayer.Operation, inChannels: Int, outChannels: Int, weights raw: [Int8],
    requantization: NetworkLayer.Requantization, tier: KernelTier
  ) {
    kernels = Self.kernels(tier)
    var places: [Int?] = []
    var bytes: [UInt8] = []
    switch (kernels, operation) {
    case (.portable, _): break
    case (.vnni, .depthwise(let kernel, _)):
      bytes = Self.interleavedDepthwise(raw, kernel, outChannels)
      places = Self.interleavedChannels(outChannels)
    case (.avx2, .depthwise(let kernel, _)):
      bytes = Self.pairedDepthwise(raw, kernel, outChannels)
      places = Self.channels(outChannels)
    case (.vnni, _):
      bytes = Self.blocks(raw, taps: raw.count / outChannels, outChannels, depth: 4) {
        [UInt8(bitPattern: $0)]
      }
      places = Self.channels(outChannels)
    case (.avx2, _):
      bytes = Self.blocks(raw, taps: raw.count / outChannels, outChannels, depth: 2, Self.wide)
      places = Self.channels(outChannels)
    }
    weights = AlignedBytes(bytes)
    bias = AlignedBytes(
      places.flatMap { Self.bytes($0.map { UInt32(bitPattern: requantization.bias[$0]) } ?? 0) })
    scales = AlignedBytes(places.flatMap { Self.bytes($0.map { requantization.scales[$0].bitPattern } ?? 0) })
  }

  /// A processor with AVX-512 but without VNNI runs the layers of the AVX2 tier.
  static func kernels(_ tier: KernelTier) -> Kernels {
    switch tier {
    case .portable: .portable
    case .avx2: .avx2
    case .avx512: KernelTier.hasNeuralInstructions ? .vnni : .avx2
    }
  }

  private static func bytes(_ word: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) }
  }

  /// 16 bits, little endian.
  private static func wide(_ weight: Int8) -> [UInt8] {
    let word = UInt16(bitPattern: Int16(weight))
    return [UInt8(truncatingIfNeeded: word), UInt8(truncatingIfNeeded: word >> 8)]
  }

  private static func channels(_ count: Int) -> [Int?] {
    (0..<MapPlace.padded(count)).map { $0 < count ? $0 : nil }
  }

  /// Blocks of 16 out channels; in each, `depth` taps of all 16 side by side. Taps fill up groups of four.
  private static func blocks(
    _ raw: [Int8], taps: Int, _ outChannels: Int, depth: Int, _ word: (Int8) -> [UInt8]
  ) -> [UInt8] {
    let padded = (taps + 3) / 4 * 4
    var bytes: [UInt8] = []
    for block in 0..<(outChannels + 15) / 16 {
      for first in stride(from: 0, to: padded, by: depth) {
        for channel in 16 * block..<16 * block + 16 {
          for tap in first..<first + depth {
            bytes += word(channel < outChannels && tap < taps ? raw[channel * taps + tap] : 0)
          }
        }
      }
    }
    return bytes
  }

  /// Pairs of taps of 16 channels.
  private static func pairedDepthwise(_ raw: [Int8], _ kernel: Int, _ channels: Int) -> [UInt8] {
    let taps = kernel * kernel
    var bytes: [UInt8] = []
    for block in 0..<(channels + 15) / 16 {
      for first in stride(from: 0, to: taps, by: 2) {
        for channel in 16 * block..<16 * block + 16 {
          for tap in first..<first + 2 {
            bytes += wide(channel < channels && tap < taps ? raw[tap * channels + channel] : 0)
          }
        }
      }
    }
    return bytes
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
  private static func interleavedDepthwise(_ raw: [Int8], _ kernel: Int, _ channels: Int) -> [UInt8] {
    let places = interleavedChannels(channels)
    var bytes: [UInt8] = []
    for block in 0..<places.count / 64 {
      for column in 0..<kernel {
        for group in 0..<(kernel + 3) / 4 {
          for place in places[64 * block..<64 * block + 64] {
            for row in 4 * group..<4 * group + 4 {
              guard let channel = place, row < kernel else {
                bytes.append(0)
                continue
              }
              bytes.append(UInt8(bitPattern: raw[(row * kernel + column) * channels + channel]))
            }
          }
        }
      }
    }
    return bytes
  }
}
