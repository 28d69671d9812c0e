/// Decides for each picture whether its pixels lie turned by half, from the pairs that matched.
///
/// A pair that lies well apart matches only where both guesses are right: under a wrong one its overlap would
/// have to be on the other side. The votes of all its pairs outweigh a picture's tags.
struct TurnVotes {
  private var turned: [Double]
  private var upright: [Double]

  init(count: Int) {
    turned = [Double](repeating: 0, count: count)
    upright = turned
  }

  /// Counts a pair that matched under two guesses.
  ///
  /// - Parameters:
  ///   - baselineMeters: between the two cameras; a short one proves little, since the overlap is everywhere.
  ///   - reachMeters: how far matches were searched.
  mutating func add(
    _ pair: PicturePair, isTurned: (first: Bool, second: Bool), matchCount: Int, baselineMeters: Double,
    reachMeters: Double
  ) {
    let weight = Double(matchCount) * (baselineMeters > reachMeters ? 1 : 0.01)
    for (index, guess) in [(pair.first, isTurned.first), (pair.second, isTurned.second)] {
      if guess { turned[index] += weight } else { upright[index] += weight }
    }
  }

  /// The decision about a picture; `nil` where no pair of it matched.
  func decision(_ index: Int) -> Bool? {
    turned[index] == upright[index] ? nil : turned[index] > upright[index]
  }
}
