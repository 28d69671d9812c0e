internal import FrameMemory

/// What a camera's sensor and encoder make of a clean plane of blocks: DC coefficients and bits of AC code.
struct BlockCoding: Sendable {
  private let quantizer: Int
  private let texture: TextureModel
  private let component: PlaneIndex
  /// Standard deviation of a block's DC coefficient by noise, 256ths.
  private let noise256ths: Int
  /// Variance of a pixel by noise, 256ths of a squared level.
  private let noiseVariance: Int

  init(_ sampling: PlaneSampling, _ scale: JPEGScale, noiseSigmaHundredths: Int) {
    component = sampling.component
    quantizer = Int(scale.quantizers[component])
    texture = TextureModel(component, scale)
    let sigma = sampling.noiseSigma256ths(noiseSigmaHundredths)
    noiseVariance = (sigma * sigma) >> 8 + (sigma > 0 ? SensorNoise.roundingVariance256ths : 0)
    // A DC coefficient is the sum of 64 pixels over 8: its deviation is that of one pixel.
    noise256ths = wholeRoot(noiseVariance << 8)
  }

  /// The coefficients and bits of every block, row by row.
  ///
  /// - Parameters:
  ///   - noise, grain: draws of this frame.
  ///   - ownDraws: of each block in every frame.
  func code(
    _ plane: ScenePlane, noise: SimulatorRandom, grain: SimulatorRandom, ownDraws: [Int]
  ) -> CodedBlocks {
    var (noise, grain) = (noise, grain)
    let count = plane.sampling.count
    var blocks = CodedBlocks(
      dc: [Int](repeating: 0, count: count), texture: [Int](repeating: 0, count: count))
    let step = quantizer << 8
    var sample = 0
    while sample < count {
      var (level, detail) = (plane.levels[sample], plane.details[sample])
      let edge = plane.squares[sample] - (level * level) >> 8
      let kept = clip(&level, deviation: detail << 4 + noise256ths)
      detail = (detail * kept) >> 8
      // Eight times the mean, from −1024, 256ths.
      var value = (level - 128 << 8) << 3
      value += (((SensorNoise.normal256ths(noise.next()) * noise256ths) >> 8) * kept) >> 8
      value = value < -1024 << 8 ? -1024 << 8 : value > 1016 << 8 ? 1016 << 8 : value
      blocks.dc[sample] = value < 0 ? -((step / 2 - value) / step) : (value + step / 2) / step
      blocks.texture[sample] = texture.bits(
        detailVariance: detail * detail, edgeVariance: edge > 0 ? (edge * kept) >> 8 : 0,
        noiseVariance: (noiseVariance * kept * kept) >> 16,
        frameDraw: SensorNoise.normal256ths(grain.next()), blockDraw: ownDraws[sample])
      sample += 1
    }
    return blocks
  }

  /// Near black and white the sensor cuts the pixels off: the mean moves away from the limit, and less is seen of
  /// pattern and noise.
  ///
  /// - Parameters:
  ///   - level: 256ths; becomes the mean of the cut pixels.
  ///   - deviation: of the pixels, 256ths of a level.
  /// - Returns: how much of the deviation is left, 256ths.
  private func clip(_ level: inout Int, deviation: Int) -> Int {
    let limit = 255 << 8
    let room = level < limit - level ? level : limit - level
    guard room < 2 * deviation else { return 256 }
    let isDark = level < limit / 2
    // The mean of what is cut off a normal distribution: 0.4 deviations at the limit, nothing at two from it.
    let beyond = room < 0 ? -room : 0
    let near = 2 * deviation - (room < 0 ? beyond : room)
    let cut = beyond + (near > 0 ? near * near / (10 * deviation) : 0)
    level = isDark ? level + cut : level - cut
    return room <= -2 * deviation ? 0 : (room + 2 * deviation) * 64 / deviation
  }
}

/// One component of a coarse frame before it goes into its memory.
struct CodedBlocks: Sendable, Hashable {
  var dc: [Int]
  var texture: [Int]

  /// Bits that the blocks take: each DC coefficient is coded as its difference to the block on its left.
  func bitCount(columns: Int, isLuma: Bool) -> Int {
    let lengths = isLuma ? Self.lumaLengths : Self.chromaLengths
    var (bits, sample, last) = (0, 0, 0)
    while sample < dc.count {
      if sample % columns == 0, sample >= columns { last = dc[sample - columns] }
      let difference = dc[sample] - last
      last = dc[sample]
      let size = Int.bitWidth - (difference < 0 ? -difference : difference).leadingZeroBitCount
      bits += texture[sample] + lengths[size]
      sample += 1
    }
    return bits
  }

  /// Code and magnitude of a DC difference by its size (ITU-T T.81, tables K.3 and K.4).
  private static let lumaLengths = [2, 4, 5, 6, 7, 8, 10, 12, 14, 16, 18, 20]
  private static let chromaLengths = [2, 3, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22]
}

extension PlaneSampling {
  /// Noise of one sample of the sensor's picture: chroma of several pixels is quieter by the root of their number.
  func noiseSigma256ths(_ lumaHundredths: Int) -> Int {
    let sigma = lumaHundredths * 256 / 100
    guard component != .luma else { return sigma }
    // The samples that a chroma sample averages: blocks are 8 samples a side, pixels one.
    let pixels = stepX * stepY
    return sigma * 16 / wholeRoot((pixels >= 64 ? pixels / 64 : pixels) * 256)
  }
}

/// The largest whole number whose square is not above a value.
func wholeRoot(_ value: Int) -> Int {
  var root = 0
  var bit = 1 << 30
  while bit > 0 {
    let next = root + bit
    if next * next <= value { root = next }
    bit >>= 1
  }
  return root
}
