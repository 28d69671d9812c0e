internal import FrameMemory

/// How many bits the AC coefficients of a block take, by the variance of its pixels.
///
/// Measured with the standard tables: what counts is the ratio of the pixels' deviation to the scale of the tables,
/// hardly the quality itself. Fine patterns and noise fill all coefficients, edges only some of them.
struct TextureModel: Sendable {
  /// Variance in 256ths of a squared level to 256ths of the squared table scale, 2^16ths.
  private let factor: Int
  /// The end of a block is one code: bits of a block without coefficients.
  private let least: Int
  private let white: TextureCurve
  private let edge: TextureCurve

  init(_ component: PlaneIndex, _ scale: JPEGScale) {
    // Tables of quality 96 and better hit their smallest step of 1.
    let hundredths = scale.hundredths > 8 ? scale.hundredths : 8
    factor = 10_000 << 16 / (hundredths * hundredths)
    least = component == .luma ? 4 : 2
    (white, edge) = component == .luma ? (.lumaWhite, .lumaEdge) : (.chromaWhite, .chromaEdge)
  }

  /// The bits of every block of a plane.
  ///
  /// - Parameters:
  ///   - draws: of this frame.
  ///   - ownDraws: of each block in every frame, mean 0 and deviation 256.
  func bits(of plane: ScenePlane, draws: SimulatorRandom, ownDraws: [Int]) -> [Int] {
    // Locals: a debug build counts references for every array that it reaches through a value.
    let (levels, details, squares, noises) = (plane.levels, plane.details, plane.squares, plane.noises)
    let (whiteValues, edgeValues, roots) = (white.values, edge.values, Self.fourthRoots)
    let (factor, least) = (factor, least)
    var draws = draws
    var result = [Int](repeating: 0, count: levels.count)
    var sample = 0
    while sample < result.count {
      let detail = details[sample] * details[sample]
      let noise = (noises[sample] * noises[sample]) >> 8
      var step = squares[sample] - (levels[sample] * levels[sample]) >> 8
      if step < 0 { step = 0 }
      let byWhite = whiteValues[TextureCurve.place(((detail + noise) * factor) >> 16)]
      let byEdge = edgeValues[TextureCurve.place((step * factor) >> 16)]
      // Both meet in the same coefficients: less than the sum, about the root of the sum of squares.
      let more = byWhite > byEdge ? byWhite : byEdge
      let less = (byWhite > byEdge ? byEdge : byWhite) >> 16
      // What noise draws anew in each frame, and what the block's own pattern keeps. A little noise moves many
      // coefficients that lie between two steps.
      let own = SensorNoise.normal256ths(draws.next())
      let share = noise << 4 / (noise + detail + step + 1)
      let draw =
        noise > 0 ? own * roots[share] + ownDraws[sample] * (16 - share) * 10 : ownDraws[sample] * 160
      let bits = more >> 16 + less * less / (2 * (more >> 16) + 1) + ((more & 0xFFFF) * draw) >> 16
      let rounded = (bits + 8) >> 4
      result[sample] = rounded < least ? least : rounded > 1953 ? 1953 : rounded
      sample += 1
    }
    return result
  }

  /// Fourth roots of sixteenths, 256ths; the first one is that of a 60th.
  private static let fourthRoots = [
    92, 128, 152, 168, 181, 191, 200, 208, 215, 222, 228, 233, 238, 243, 248, 252, 256,
  ]
}
