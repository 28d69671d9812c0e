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
  /// And of the bits with those of noise to what is left between blocks, hundredths. On photographs that were blurred
  /// by 2 to 8 pixels, with noise of 1 to 2 levels, this is 50 to 80, and 114 to 206 where fog or dusk took up to three
  /// quarters of the contrast.
  static let leastRatioHundredths = 85
  /// The same, where detail fell so quickly.
  static let suddenRatioHundredths = 120
  static let suddenMilliseconds = 15_000
  /// Detail that falls from the first to the second share within seconds fell suddenly, hundredths.
  static let sharpHundredths = 85
  static let dullHundredths = 75
  /// An autofocus that searches takes seconds.
  static let beginMilliseconds = 20_000
  static let endMilliseconds = 10_000

  private(set) var state = SustainedState(
    beginMilliseconds: beginMilliseconds, endMilliseconds: endMilliseconds)
  /// What the latest measure left of the usual detail, hundredths.
  private(set) var textureHundredths = 100
  private(set) var gradientHundredths = 100
  private var bitHundredths = 100

  private var sharpTime: Timestamp?
  /// Whether most of the detail that is missing went within seconds.
  private(set) var fellSuddenly = false

  /// Measures what is left of the usual detail, where this can be compared.
  ///
  /// - Parameter motion: of the frame, see `MotionDetector.marks`.
  mutating func measure(
    _ tiles: CoarseTiles, _ detail: TileDetail, _ usual: UsualDetail, motion: [UInt8]
  ) {
    let noise = usual.floor16ths
    var (bits, usualBits, noiseBits, gradient, usualGradient) = (0, 0, 0, 0, 0)
    for tile in 0..<tiles.seenCount where motion[tile] == 0 && usual.hasDetail(tile, tiles) {
      bits += Int(detail.textures[tile])
      usualBits += Int(usual.textures[tile])
      noiseBits += noise * Int(tiles.sampleCounts[tile]) / 16
      gradient += Int(detail.gradients[tile])
      usualGradient += Int(usual.gradients[tile])
    }
    bitHundredths = usualBits > 0 ? 100 * bits / usualBits : 100
    textureHundredths =
      usualBits > noiseBits ? 100 * max(0, bits - noiseBits) / (usualBits - noiseBits) : 100
    gradientHundredths = usualGradient > 0 ? 100 * gradient / usualGradient : 100
  }

  /// Judges what was measured.
  ///
  /// - Parameters:
  ///   - isHidden: whether something before the lens explains the loss.
  ///   - elapsed: milliseconds since the measures before.
  mutating func judge(isHidden: Bool, elapsed: Int, at time: Timestamp) {
    if textureHundredths >= Self.sharpHundredths {
      (sharpTime, fellSuddenly) = (time, false)
    } else if textureHundredths < Self.dullHundredths, let last = sharpTime {
      fellSuddenly = time.milliseconds(since: last) <= max(Self.suddenMilliseconds, 2 * elapsed)
      sharpTime = nil
    }
    let ratio = fellSuddenly ? Self.suddenRatioHundredths : Self.leastRatioHundredths
    state.update(
      !isHidden && textureHundredths < Self.leastTextureHundredths
        && 100 * bitHundredths < ratio * gradientHundredths, at: time)
  }

  /// Whether the latest measure may become usual: nothing is missing, or light and fog took it.
  var isUsual: Bool {
    textureHundredths >= Self.sharpHundredths || !fellSuddenly && bitHundredths >= gradientHundredths
  }
}
