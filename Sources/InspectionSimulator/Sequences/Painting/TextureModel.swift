internal import FrameMemory

/// How many bits the AC coefficients of a block take, by the variance of its pixels.
///
/// Measured with the standard tables: what counts is the ratio of the pixels' deviation to the scale of the tables,
/// hardly the quality itself. Fine patterns and noise fill all coefficients, edges only some of them.
struct TextureModel: Sendable {
  private let component: PlaneIndex
  /// Variance in 256ths of a squared level to 256ths of the squared table scale, 2^16ths.
  private let factor: Int

  init(_ component: PlaneIndex, _ scale: JPEGScale) {
    self.component = component
    // Tables of quality 96 and better hit their smallest step of 1.
    let hundredths = scale.hundredths > 8 ? scale.hundredths : 8
    factor = 10_000 << 16 / (hundredths * hundredths)
  }

  /// - Parameters:
  ///   - detailVariance: of the pattern, 256ths of a squared level; so are the next two.
  ///   - frameDraw: of this frame and block, mean 0 and deviation 256.
  ///   - blockDraw: of this block in every frame.
  func bits(
    detailVariance: Int, edgeVariance: Int, noiseVariance: Int, frameDraw: Int, blockDraw: Int
  ) -> Int {
    let isLuma = component == .luma
    let least = isLuma ? 4 : 2
    let (white, whiteSpread) = Self.look(
      isLuma ? Self.lumaWhite : Self.chromaWhite, least: least,
      ((detailVariance + noiseVariance) * factor) >> 16)
    let (edge, edgeSpread) = Self.look(
      isLuma ? Self.lumaEdge : Self.chromaEdge, least: 0, (edgeVariance * factor) >> 16)
    // Both meet in the same coefficients: less than the sum, about the root of the sum of squares.
    let (more, less) = white > edge ? (white, edge) : (edge, white)
    let bits = more + less * less / (2 * more)
    // What noise draws anew in each frame, and what the block's own pattern keeps. A little noise moves many
    // coefficients that lie between two steps.
    let spread = white > edge ? whiteSpread : edgeSpread
    let share = noiseVariance << 4 / (noiseVariance + detailVariance + edgeVariance + 1)
    let draw =
      noiseVariance > 0
      ? frameDraw * Self.fourthRoots[share] + blockDraw * (16 - share) * 10 : blockDraw * 160
    let drawn = (bits + (spread * draw) >> 16 + 8) >> 4
    return drawn < least ? least : drawn > 1953 ? 1953 : drawn
  }

  /// Bits and their deviation between blocks for a ratio of variances, sixteenths of a bit.
  private static func look(
    _ curve: [(bits: Int, spread: Int)], least: Int, _ ratio256ths: Int
  ) -> (bits: Int, spread: Int) {
    guard ratio256ths >= 256 else {
      return (least << 4 + ((curve[0].bits - least << 4) * ratio256ths) >> 8, curve[0].spread)
    }
    let octave = 63 - ratio256ths.leadingZeroBitCount
    let place = octave - 8 < curve.count - 1 ? octave - 8 : curve.count - 2
    let part = (ratio256ths << 8) >> octave & 255
    let (low, high) = (curve[place], curve[place + 1])
    return (
      low.bits + ((high.bits - low.bits) * part) >> 8, low.spread + ((high.spread - low.spread) * part) >> 8
    )
  }

  /// Fourth roots of sixteenths, 256ths; the first one is that of a 60th.
  private static let fourthRoots = [
    92, 128, 152, 168, 181, 191, 200, 208, 215, 222, 228, 233, 238, 243, 248, 252, 256,
  ]

  /// At ratios 1, 2, 4, … of variances; the end of the block is one code.
  private static let lumaWhite = curve(
    bits: [4, 4, 4, 5.5, 11, 21.5, 34, 50, 72, 101, 134, 167, 199, 231, 264],
    spread: [0, 0, 1, 3, 6, 8, 8, 9, 12, 12, 12, 12, 12, 12, 12])
  private static let chromaWhite = curve(
    bits: [2, 2, 2, 2, 2.3, 4, 8, 13, 21, 47, 82, 117, 151, 188, 224],
    spread: [0, 0, 0, 0, 1, 3, 5, 6, 9, 16, 12, 12, 12, 12, 12])
  private static let lumaEdge = curve(
    bits: [1.5, 5, 9, 12, 17, 22, 28, 36, 46, 56, 68, 80, 92, 103, 114],
    spread: [1, 2, 2, 3, 4, 5, 6, 7, 9, 11, 14, 16, 18, 20, 22])
  private static let chromaEdge = curve(
    bits: [0.5, 1.5, 3, 5, 8, 10, 14, 19, 23, 30, 40, 52, 62, 70, 78],
    spread: [0, 1, 1, 1, 2, 2, 3, 4, 5, 6, 8, 10, 12, 14, 16])

  private static func curve(bits: [Double], spread: [Double]) -> [(bits: Int, spread: Int)] {
    zip(bits, spread).map { (Int($0 * 16), Int($1 * 16)) }
  }
}
