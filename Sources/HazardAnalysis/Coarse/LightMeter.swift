/// Tells a change of the light from things that changed: fits one line, new level over old, to the means of all
/// tiles, and accepts it where most tiles follow.
///
/// Clouds, exposure control and lamps that go on change all tiles by one law; things change theirs alone. The line
/// goes through the medians of the darker and of the brighter half, so that it stands while less than half of
/// either half shows something else. Allocates nothing after init.
package struct LightMeter: Sendable {
  /// Share of the tiles that must follow the line, hundredths, and by how much this must exceed the share that
  /// follows no change at all.
  static let followingHundredths = 60
  static let gainHundredths = 15
  /// Below this distance of the halves' levels one shift stands for both: a slope would be noise.
  static let leastSpread = 12

  /// How often the line is drawn: the second time what remained at the first.
  static let rounds = 2

  /// The level that each old level became, by the latest accepted change.
  package private(set) var levels = [UInt8](repeating: 0, count: 256)
  private var levelCounts = [Int32](repeating: 0, count: 256)
  private var darker = [Int32](repeating: 0, count: 511)
  private var brighter = [Int32](repeating: 0, count: 511)

  /// Knows no change yet.
  package init() {}

  /// Compares the means of the first `count` tiles before and after; fills `levels` where the light changed.
  ///
  /// - Parameter tolerance: distance from the line within which a tile follows it, levels.
  /// - Returns: whether the light changed.
  package mutating func findChange(before: [UInt8], after: [UInt8], count: Int, tolerance: Int) -> Bool {
    guard count > 0 else { return false }
    for level in 0..<256 { levelCounts[level] = 0 }
    for tile in 0..<count { levelCounts[Int(before[tile])] += 1 }
    let middle = Self.median(levelCounts, total: count)
    // Without any change each level becomes itself.
    for level in 0..<256 { levels[level] = UInt8(level) }
    for _ in 0..<Self.rounds { drawLine(before, after, count: count, middle: middle) }
    var (following, still) = (0, 0)
    for tile in 0..<count {
      let old = Int(before[tile]), new = Int(after[tile])
      if abs(new - Int(levels[old])) <= tolerance { following += 1 }
      if abs(new - old) <= tolerance { still += 1 }
    }
    return 100 * following >= Self.followingHundredths * count
      && 100 * (following - still) >= Self.gainHundredths * count
  }

  /// Adds to `levels` the line through the medians of what they leave of the tiles' changes.
  private mutating func drawLine(_ before: [UInt8], _ after: [UInt8], count: Int, middle: Int) {
    for index in 0..<511 { (darker[index], brighter[index]) = (0, 0) }
    var (darkCount, darkSum, brightCount, brightSum) = (0, 0, 0, 0)
    for tile in 0..<count {
      let old = Int(before[tile]), rest = Int(after[tile]) - Int(levels[old]) + 255
      if old <= middle {
        darker[rest] += 1
        darkCount += 1
        darkSum += old
      } else {
        brighter[rest] += 1
        brightCount += 1
        brightSum += old
      }
    }
    let darkLevel = darkSum / max(1, darkCount)
    let darkRest = Self.median(darker, total: darkCount) - 255
    var (spread, slope) = (1, 0)
    if 4 * brightCount >= count {
      spread = brightSum / brightCount - darkLevel
      slope = Self.median(brighter, total: brightCount) - 255 - darkRest
    }
    if spread < Self.leastSpread { (spread, slope) = (1, 0) }
    for level in 0..<256 {
      levels[level] = UInt8(clamping: Int(levels[level]) + darkRest + (level - darkLevel) * slope / spread)
    }
  }

  /// The first index at which half of the counts are reached.
  private static func median(_ counts: [Int32], total: Int) -> Int {
    var seen = 0
    for (index, count) in counts.enumerated() {
      seen += Int(count)
      if 2 * seen >= total { return index }
    }
    return counts.count - 1
  }
}
