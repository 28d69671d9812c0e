internal import FrameMemory

/// What an encoder makes of a plane of blocks: DC coefficients and bits of AC code.
struct BlockCoding: Sendable {
  private let quantizer: Int
  private let texture: TextureModel

  init(_ component: PlaneIndex, _ scale: JPEGScale) {
    quantizer = Int(scale.quantizers[component])
    texture = TextureModel(component, scale)
  }

  /// The coefficients and bits of every block, row by row.
  ///
  /// - Parameters:
  ///   - draws: of this frame.
  ///   - ownDraws: of each block in every frame.
  func code(_ plane: ScenePlane, draws: SimulatorRandom, ownDraws: [Int]) -> CodedBlocks {
    let (levels, step) = (plane.levels, quantizer << 8)
    var dc = levels
    var sample = 0
    while sample < levels.count {
      // Eight times the mean, from −1024, 256ths.
      var value = (levels[sample] - 128 << 8) << 3
      value = value < -1024 << 8 ? -1024 << 8 : value > 1016 << 8 ? 1016 << 8 : value
      dc[sample] = value < 0 ? -((step / 2 - value) / step) : (value + step / 2) / step
      sample += 1
    }
    return CodedBlocks(dc: dc, texture: texture.bits(of: plane, draws: draws, ownDraws: ownDraws))
  }
}

/// One component of a coarse frame before it goes into its memory.
struct CodedBlocks: Sendable, Hashable {
  var dc: [Int]
  var texture: [Int]

  /// Bits that the blocks take: each DC coefficient is coded as its difference to the block on its left.
  func bitCount(columns: Int, isLuma: Bool) -> Int {
    let lengths = isLuma ? Self.lumaLengths : Self.chromaLengths
    let (dc, texture) = (dc, texture)
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
