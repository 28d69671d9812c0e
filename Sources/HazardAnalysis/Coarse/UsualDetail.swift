internal import PixelKernels

/// How much detail each tile usually shows by day: finer than a block (bits of AC code) and between blocks
/// (distances of neighbouring samples).
///
/// A slow mean over good seconds only, so that what takes detail away does not become usual. Where the quantiser
/// changes, the usual bits change as bits do: by about the power of −3/4.
struct UsualDetail: Sendable {
  /// Fraction bits of the means.
  private static let shift: UInt64 = 8
  /// A mean over twenty minutes at most, of one measure a second.
  static let mostMeasures = 1200
  /// Before so many measures nothing is usual.
  static let leastMeasures = 60
  /// A tile with so few bits a block above those of noise has no detail to lose: sky, a bare wall.
  static let leastBits = 10

  private(set) var textures: [UInt32]
  private(set) var gradients: [UInt32]
  private var textureMeans: [UInt64]
  private var gradientMeans: [UInt64]
  private var count = 0
  private var quantizer: UInt16?

  init(tileCount: Int) {
    textures = [UInt32](repeating: 0, count: tileCount)
    gradients = textures
    textureMeans = [UInt64](repeating: 0, count: tileCount)
    gradientMeans = textureMeans
  }

  /// Bits a block that noise alone gives, 16ths: what the smoothest tiles show.
  private(set) var floor16ths = 0
  /// Distance of the tile means that 5 and 95 in a hundred do not exceed.
  private(set) var contrast = 0
  private var contrastMean: UInt64 = 0
  private var brightnessMean: UInt64 = 0
  private var brightPartMean: UInt64 = 0
  private var histogram = [Int32](repeating: 0, count: 512)

  /// Whether enough was measured to say what is usual.
  var isKnown: Bool { count >= Self.leastMeasures }

  /// Whether a tile usually shows detail that it can lose.
  func hasDetail(_ tile: Int, _ tiles: CoarseTiles) -> Bool {
    16 * Int(textures[tile]) >= (floor16ths + 16 * Self.leastBits) * Int(tiles.sampleCounts[tile])
  }

  /// Whether the picture is bright enough to be compared: two thirds of the usual brightness. In twilight detail is
  /// lost in the dark, and the light of lamps draws other edges.
  func isComparable(_ light: PictureLight) -> Bool {
    isKnown && !light.isNight && 3 * UInt64(light.median) >= 2 * (brightnessMean >> Self.shift)
  }

  /// Whether what is left of the picture is bright enough to be compared where a part of it, up to three quarters, may
  /// be hidden by something dark.
  func isPartComparable(_ light: PictureLight) -> Bool {
    isKnown && !light.isNight && 3 * UInt64(light.percentile75) >= 2 * (brightPartMean >> Self.shift)
  }

  /// What is left of a tile's usual bits, hundredths, without those of noise; at most 1,000.
  func textureHundredths(_ tile: Int, _ tiles: CoarseTiles, _ detail: TileDetail) -> Int {
    let noise = floor16ths * Int(tiles.sampleCounts[tile]) / 16
    let usual = Int(textures[tile]) - noise
    return usual > 0 ? min(100 * max(0, Int(detail.textures[tile]) - noise) / usual, 1000) : 100
  }

  /// Adapts to the quantiser of the next measures.
  mutating func follow(quantizer: UInt16) {
    defer { self.quantizer = quantizer }
    guard let old = self.quantizer, old != quantizer, old > 0, quantizer > 0 else { return }
    // (old / new)^(3/4), 1,024ths: the fourth root of the cube, by two square roots.
    let cube = UInt64(old) * UInt64(old) * UInt64(old) << 12
    let root = wholeRoot(wholeRoot(cube / (UInt64(quantizer) * UInt64(quantizer) * UInt64(quantizer))) << 22)
    let factor = root >> 4
    floor16ths = floor16ths * Int(factor) >> 10
    for tile in textureMeans.indices {
      textureMeans[tile] = textureMeans[tile] * factor >> 10
      textures[tile] = UInt32(clamping: textureMeans[tile] >> Self.shift)
    }
  }

  /// Adds a good measure.
  mutating func learn(_ tiles: CoarseTiles, _ detail: TileDetail) {
    guard tiles.isWhole else { return }
    count = min(count + 1, Self.mostMeasures)
    let weight = UInt64(count)
    for tile in textures.indices {
      textureMeans[tile] = Self.mean(textureMeans[tile], detail.textures[tile], weight)
      gradientMeans[tile] = Self.mean(gradientMeans[tile], detail.gradients[tile], weight)
      textures[tile] = UInt32(clamping: textureMeans[tile] >> Self.shift)
      gradients[tile] = UInt32(clamping: gradientMeans[tile] >> Self.shift)
    }
    let levels = UInt32(detail.light.percentile95 - detail.light.percentile5)
    contrastMean = Self.mean(contrastMean, levels, weight)
    contrast = Int(contrastMean >> Self.shift)
    brightnessMean = Self.mean(brightnessMean, UInt32(detail.light.median), weight)
    brightPartMean = Self.mean(brightPartMean, UInt32(detail.light.percentile75), weight)
    findFloor(tiles)
  }

  /// Bits a block that noise explains at most: that of a dark street at quality 80.
  static let mostNoiseBits = 16

  /// Three quarters of what one tile in twenty does not exceed: in a picture without smooth parts the smoothest shows
  /// more than noise.
  private mutating func findFloor(_ tiles: CoarseTiles) {
    for index in histogram.indices { histogram[index] = 0 }
    for tile in textures.indices {
      histogram[min(Int(4 * textures[tile] / UInt32(tiles.sampleCounts[tile])), 511)] += 1
    }
    var seen = 0
    for (quarters, count) in histogram.enumerated() {
      seen += Int(count)
      guard 20 * seen >= textures.count else { continue }
      floor16ths = min(3 * quarters, 16 * Self.mostNoiseBits)
      return
    }
  }

  private static func mean(_ mean: UInt64, _ value: UInt32, _ weight: UInt64) -> UInt64 {
    (mean * (weight - 1) + UInt64(value) << shift) / weight
  }
}
