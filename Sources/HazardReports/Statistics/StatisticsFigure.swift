/// One figure of a report, or why there is none: never a zero that stands for "not known".
package enum StatisticsFigure: Sendable, Hashable {
  case count(Int)
  /// So many of so many; the second is above zero.
  case share(Int, of: Int)
  case seconds(Int)
  /// A rate per unit.
  case rate(Double)
  case missing(StatisticsGap)

  /// The share, or the gap where there is nothing to have a share of.
  static func share(_ part: Int, of whole: Int, orElse gap: StatisticsGap) -> StatisticsFigure {
    whole > 0 ? .share(part, of: whole) : .missing(gap)
  }

  /// The middle of sorted seconds: of an even number the mean of the middle two, rounded down.
  package static func median(_ sorted: [Int], orElse gap: StatisticsGap) -> StatisticsFigure {
    guard !sorted.isEmpty else { return .missing(gap) }
    return .seconds((sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2)
  }

  /// The smallest of sorted seconds that nine of ten do not exceed.
  package static func ninetieth(_ sorted: [Int], orElse gap: StatisticsGap) -> StatisticsFigure {
    guard !sorted.isEmpty else { return .missing(gap) }
    return .seconds(sorted[(sorted.count * 9 + 9) / 10 - 1])
  }
}
