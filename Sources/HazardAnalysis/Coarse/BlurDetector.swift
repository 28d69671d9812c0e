internal import InspectionModel

/// Tells a picture that has lost its fine detail: out of focus, wet lens.
///
/// Detail finer than a block must have fallen far below its usual amount, and further than what lies between blocks;
/// or it fell within seconds, and then about as far: a strong blur takes from both. Fog, dusk and dirt take both alike
/// in minutes and are not told; nor is anything at night, nor a loss of focus that was there from the start or comes
/// over hours.
struct BlurDetector: Sendable {
  /// Share of the usual bits that is left, without those of noise, hundredths.
  static let leastTextureHundredths = 60
  /// And of that share to what is left between blocks, hundredths. On photographs blurred by 2 to 8 pixels with
  /// noise of 1 to 2 levels this is 50 to 80 even with the bits of noise, and 114 to 206 where fog or dusk take up to
  /// three quarters of the contrast.
  static let leastRatioHundredths = 85
  /// The same, where detail fell so quickly.
  static let suddenRatioHundredths = 120
  static let suddenMilliseconds = 15_000
  /// A measure with less than this is not usual, hundredths.
  static let usualHundredths = 75
  /// An autofocus that searches takes seconds.
  static let beginMilliseconds = 20_000
  static let endMilliseconds = 10_000

  private(set) var state = SustainedState(
    beginMilliseconds: beginMilliseconds, endMilliseconds: endMilliseconds)
  /// What the latest measure left of the usual detail, hundredths.
  private(set) var textureHundredths = 100
  private(set) var gradientHundredths = 100

  private var sharpTime: Timestamp?
  private var fellSuddenly = false

  /// Takes a second's measures that can be compared with usual ones.
  ///
  /// - Parameters:
  ///   - motion: of the frame, see `MotionDetector.marks`.
  ///   - elapsed: milliseconds since the measures before.
  mutating func append(
    _ tiles: CoarseTiles, _ detail: TileDetail, _ usual: UsualDetail, motion: [UInt8], elapsed: Int,
    at time: Timestamp
  ) {
    guard tiles.isWhole else { return }
    let noise = usual.floor16ths
    var (texture, usualTexture, gradient, usualGradient) = (0, 0, 0, 0)
    for tile in 0..<tiles.seenCount where motion[tile] == 0 && usual.hasDetail(tile, tiles) {
      let noiseBits = noise * Int(tiles.sampleCounts[tile]) / 16
      texture += max(0, Int(detail.textures[tile]) - noiseBits)
      usualTexture += Int(usual.textures[tile]) - noiseBits
      gradient += Int(detail.gradients[tile])
      usualGradient += Int(usual.gradients[tile])
    }
    guard usualTexture > 0, usualGradient > 0 else { return state.update(false, at: time) }
    textureHundredths = 100 * texture / usualTexture
    gradientHundredths = 100 * gradient / usualGradient
    if isUsual {
      (sharpTime, fellSuddenly) = (time, false)
    } else if textureHundredths < Self.leastTextureHundredths, let last = sharpTime {
      fellSuddenly = time.milliseconds(since: last) <= max(Self.suddenMilliseconds, 2 * elapsed)
      sharpTime = nil
    }
    let ratio = fellSuddenly ? Self.suddenRatioHundredths : Self.leastRatioHundredths
    state.update(
      textureHundredths < Self.leastTextureHundredths
        && 100 * textureHundredths < ratio * gradientHundredths, at: time)
  }

  /// Whether the latest measure shows the usual detail.
  var isUsual: Bool { textureHundredths >= Self.usualHundredths }
}
