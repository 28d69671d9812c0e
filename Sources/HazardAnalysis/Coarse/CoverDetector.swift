internal import InspectionModel
internal import PixelKernels

/// Tells a lens that is covered, as a whole or in part, by a hand, a bag, tape, or something that stands close before
/// it.
///
/// As a whole: hardly any contrast is left of what there usually is; or most of it went within seconds; or the picture
/// became dark and flat within seconds by day. In part: an area lost nearly all its detail within seconds while the
/// rest kept it. What takes detail slowly (fog, dusk, dust) or everywhere but finely (blur) is told apart by that; fog
/// that leaves no contrast at all is told as a cover. At night nothing new is told.
struct CoverDetector: Sendable {
  /// Distance of the tile means that 5 and 95 in a hundred do not exceed, below which there is no contrast, and that
  /// there must usually be.
  static let flatLevels = 12
  static let usualLevels = 24
  /// Bits of AC code a block, below which a flat picture shows nothing, where its usual look is not known.
  static let flatBits = 12
  static let wholeMilliseconds = 5000
  /// By day three quarters of the picture are not all darker than this; a cover needs no longer to make it dark.
  static let brightLevel = 70
  static let suddenMilliseconds = 15_000
  /// What a veil leaves of the usual gradient, what shows that there was none before, and that it is gone, hundredths.
  static let veilHundredths = 35
  static let clearHundredths = 70
  static let unveiledHundredths = 50
  /// What a tile keeps of its usual bits where it is covered, and where it surely is not, hundredths.
  static let lostHundredths = 30
  static let keptHundredths = 60
  /// Of its gradient where it is covered, hundredths.
  static let lostGradientHundredths = 60
  /// By how much its mean changes at least, levels: blur takes detail and leaves the mean.
  static let leastMeanChange = 10
  /// Share of the picture that a cover hides, at least, hundredths.
  static let leastShareHundredths = 6
  /// Share of the tiles outside of it that keep their detail, hundredths.
  static let restHundredths = 70
  static let partMilliseconds = 20_000
  static let endMilliseconds = 5000

  private(set) var whole = SustainedState(
    beginMilliseconds: wholeMilliseconds, endMilliseconds: endMilliseconds)
  private(set) var part = SustainedState(
    beginMilliseconds: partMilliseconds, endMilliseconds: endMilliseconds)
  /// The part of the picture that is covered; empty while none is.
  private(set) var boxes: [NormalizedBox] = []

  private var brightTime: Timestamp?
  private var fellSuddenly = false
  private var clearTime: Timestamp?
  private var isVeiled = false
  /// When each tile last kept its detail, and whether it lost it suddenly.
  private var keptTimes: [Timestamp?]
  private var isLost: [Bool]
  private var keptMeans: [UInt8]
  private var marks: [UInt8]
  private var regions = MarkedRegions()

  init(tileCount: Int) {
    keptTimes = [Timestamp?](repeating: nil, count: tileCount)
    isLost = [Bool](repeating: false, count: tileCount)
    keptMeans = [UInt8](repeating: 0, count: tileCount)
    marks = [UInt8](repeating: 0, count: tileCount)
    boxes.reserveCapacity(MarkedRegions.most)
  }

  /// Whether something seems to be before the lens, long enough for being told or not.
  var hides: Bool { isVeiled || fellSuddenly || whole.isOn || part.isOn }

  /// Takes a second's measures.
  ///
  /// - Parameters:
  ///   - gradientHundredths: what is left of the usual gradient of the whole picture; `nil` where the picture cannot
  ///     be compared with its usual look.
  ///   - elapsed: milliseconds since the measures before.
  mutating func append(
    _ tiles: CoarseTiles, _ detail: TileDetail, _ usual: UsualDetail, gradientHundredths: Int?, isDark: Bool,
    elapsed: Int, at time: Timestamp
  ) {
    guard tiles.isWhole else { return }
    // Where frames come seldom, from one to the next but one.
    let sudden = max(Self.suddenMilliseconds, 2 * elapsed)
    let isFlat = isFlat(tiles, detail, usual)
    followFall(detail.light, isFlat: isFlat || isDark, sudden: sudden, at: time)
    if let gradientHundredths { followVeil(gradientHundredths, sudden: sudden, at: time) }
    let isNight = detail.light.isNight || isDark
    whole.update(isNight ? fellSuddenly && (isFlat || isDark) : isFlat || isVeiled, at: time)
    guard usual.isPartComparable(detail.light), !whole.isOn else { return }
    judgePart(tiles, detail, usual, sudden: sudden, at: time)
  }
}

extension CoverDetector {
  private func isFlat(_ tiles: CoarseTiles, _ detail: TileDetail, _ usual: UsualDetail) -> Bool {
    guard detail.light.percentile95 - detail.light.percentile5 <= Self.flatLevels else { return false }
    guard !usual.isKnown else { return usual.contrast >= Self.usualLevels }
    var bits = 0, samples = 0
    for tile in 0..<tiles.seenCount {
      bits += Int(detail.textures[tile])
      samples += Int(tiles.sampleCounts[tile])
    }
    return bits < Self.flatBits * samples
  }

  /// Whether the picture became flat or dark within seconds from being bright.
  private mutating func followFall(
    _ light: PictureLight, isFlat: Bool, sudden: Int, at time: Timestamp
  ) {
    if light.percentile75 >= Self.brightLevel {
      (brightTime, fellSuddenly) = (time, false)
    } else if let last = brightTime {
      let isSudden = time.milliseconds(since: last) <= sudden
      if isFlat || !isSudden { (brightTime, fellSuddenly) = (nil, isFlat && isSudden) }
    }
  }

  /// Whether most of the gradient went within seconds and has not come back.
  private mutating func followVeil(_ hundredths: Int, sudden: Int, at time: Timestamp) {
    if hundredths >= Self.clearHundredths {
      clearTime = time
    } else if hundredths <= Self.veilHundredths, let last = clearTime {
      isVeiled = time.milliseconds(since: last) <= sudden
      clearTime = nil
    }
    if hundredths >= Self.unveiledHundredths { isVeiled = false }
  }

  private mutating func judgePart(
    _ tiles: CoarseTiles, _ detail: TileDetail, _ usual: UsualDetail, sudden: Int, at time: Timestamp
  ) {
    var (known, lost, kept) = (0, 0, 0)
    for tile in 0..<tiles.seenCount {
      marks[tile] = 0
      guard usual.hasDetail(tile, tiles) else {
        // Nothing to lose: belongs to a cover around it, and is no sign of one.
        marks[tile] = MarkedRegions.marked
        continue
      }
      known += 1
      let share = usual.textureHundredths(tile, tiles, detail)
      if share >= Self.keptHundredths {
        (keptTimes[tile], isLost[tile], keptMeans[tile]) = (time, false, tiles.means[tile])
        kept += 1
      } else if share <= Self.lostHundredths, let last = keptTimes[tile], losesGradient(tile, detail, usual) {
        isLost[tile] = isLost[tile] || time.milliseconds(since: last) <= sudden
        keptTimes[tile] = isLost[tile] ? last : nil
      }
      guard isLost[tile] else { continue }
      lost += 1
      let isOther = abs(Int(tiles.means[tile]) - Int(keptMeans[tile])) >= Self.leastMeanChange
      marks[tile] = isOther ? MarkedRegions.strong : MarkedRegions.marked
    }
    regions.find(marks, count: tiles.seenCount, grid: tiles.grid)
    let largest = regions.found.map(\.strongCount).max() ?? 0
    let isCovered =
      100 * largest >= Self.leastShareHundredths * tiles.seenCount
      && 100 * kept >= Self.restHundredths * (known - lost)
    part.update(isCovered, at: time)
    if isCovered, part.isOn { outline(tiles) }
    if !part.isOn { boxes.removeAll(keepingCapacity: true) }
  }

  /// Boxes of what lost its detail alone, without the smooth parts that touch it.
  private mutating func outline(_ tiles: CoarseTiles) {
    for tile in 0..<tiles.seenCount where !isLost[tile] { marks[tile] = 0 }
    regions.find(marks, count: tiles.seenCount, grid: tiles.grid)
    regions.fill(&boxes, grid: tiles.grid)
  }

  private func losesGradient(_ tile: Int, _ detail: TileDetail, _ usual: UsualDetail) -> Bool {
    100 * UInt64(detail.gradients[tile]) <= UInt64(Self.lostGradientHundredths)
      * UInt64(usual.gradients[tile])
  }
}
