/// A signal of brightness over at most a few seconds, frame by frame, and whether it flickers as flames do.
///
/// What changes more slowly than within 0.6 s is taken out first: a large fire glows and fades by much more than it
/// flickers. Keeps its memory.
struct SwingSignal: Sendable {
  /// Length of the mean that is taken out.
  static let slowMilliseconds = 600
  /// A way back by less than this is no turn, 16ths of a level: 3 levels, above the steps of a quantiser.
  static let leastSwing16ths: Int32 = 48
  /// Nor is what this many times the distance of noise explains: over four sigma.
  static let noiseFactor = 4
  /// Full swings a second, tenths: a swing is two turns.
  static let slowestTenthsHertz = 10
  static let fastestTenthsHertz = 120
  /// Two full swings and a turn: a regular signal has then repeated itself within half of its length.
  static let leastTurns = 5
  /// A signal is regular when, at some lag, it differs from itself by less than this share of what it differs by
  /// at all lags, hundredths.
  static let regularHundredths = 35
  /// What glows but does not light up is no flame, 16ths of a level.
  static let leastBrightness16ths: Int32 = 80 * 16

  private var levels: [Int32] = []
  /// The levels without what is slow, times `scale`.
  private(set) var swings: [Int32] = []
  /// Length of the mean that was taken out, frames.
  private(set) var scale: Int32 = 1
  private var differences: [Int] = []

  mutating func clear() { levels.removeAll(keepingCapacity: true) }

  /// Adds the level of the next frame: 16ths for `flickerTurns`, any unit for `removeSlow`.
  mutating func append(_ level: Int32) { levels.append(level) }

  /// How often the signal of so long a time turns; `nil` unless it swings irregularly, fast and strongly enough for
  /// flames.
  ///
  /// - Parameter noise256ths: what noise alone changes, see `NoiseLevel.distance256ths`.
  mutating func flickerTurns(spanMilliseconds: Int, noise256ths: Int) -> Int? {
    guard let highest = levels.max(), highest >= Self.leastBrightness16ths, spanMilliseconds > 0,
      removeSlow(spanMilliseconds: spanMilliseconds)
    else { return nil }
    let noise16ths = Int32(Self.noiseFactor * noise256ths / 16)
    let turns = turns(least: max(Self.leastSwing16ths, noise16ths) * scale)
    let tenthsHertz = Self.tenthsHertz(turns: turns, spanMilliseconds: spanMilliseconds)
    guard turns >= Self.leastTurns, tenthsHertz >= Self.slowestTenthsHertz,
      tenthsHertz <= Self.fastestTenthsHertz, !isRegular()
    else { return nil }
    return turns
  }

  /// Full swings a second, tenths.
  static func tenthsHertz(turns: Int, spanMilliseconds: Int) -> Int {
    5000 * turns / max(1, spanMilliseconds)
  }

  /// Fills `swings`; at the ends the mean takes what there is, repeated.
  ///
  /// - Returns: false where there are too few levels to tell slow from fast.
  mutating func removeSlow(spanMilliseconds: Int) -> Bool {
    let half = max(1, (levels.count - 1) * Self.slowMilliseconds / (2 * max(1, spanMilliseconds)))
    let count = levels.count
    guard count > 2 * half + 1 else { return false }
    scale = Int32(2 * half + 1)
    swings.removeAll(keepingCapacity: true)
    var sum: Int32 = 0
    for offset in -half...half { sum += levels[min(max(offset, 0), count - 1)] }
    for index in 0..<count {
      swings.append(scale * levels[index] - sum)
      sum += levels[min(index + half + 1, count - 1)] - levels[max(index - half, 0)]
    }
    return true
  }

  /// How often the swings turn, where a turn is a way back by at least `least`.
  private func turns(least: Int32) -> Int {
    guard var lowest = swings.first else { return 0 }
    var highest = lowest, turns = 0
    // Which way it goes: 1 up, −1 down, 0 before the first clear step.
    var direction = 0
    for value in swings {
      (lowest, highest) = (min(lowest, value), max(highest, value))
      if direction >= 0, value <= highest - least {
        turns += direction
        (direction, lowest, highest) = (-1, value, value)
      } else if direction <= 0, value >= lowest + least {
        turns -= direction
        (direction, lowest, highest) = (1, value, value)
      }
    }
    return turns
  }

  /// Whether the swings repeat themselves at a lag beyond those that differ little because nothing jumps.
  private mutating func isRegular() -> Bool {
    let lags = swings.count / 2
    guard lags >= 3 else { return false }
    differences.removeAll(keepingCapacity: true)
    var sum = 0
    for lag in 1...lags {
      differences.append(difference(lag))
      sum += differences[lag - 1]
    }
    let mean = sum / lags
    guard let first = differences.firstIndex(where: { $0 >= mean }) else { return false }
    return differences[first...].contains { 100 * $0 < Self.regularHundredths * mean }
  }

  /// Mean difference at a lag.
  private func difference(_ lag: Int) -> Int {
    var sum = 0
    for index in lag..<swings.count { sum += Int(abs(swings[index] - swings[index - lag])) }
    return sum / (swings.count - lag)
  }
}
