package import InspectionModel

/// When a source was watched, and how well: intervals of one quality each. A pure value; time comes in as data.
///
/// An interval grows while the quality stays and pictures follow each other; it is cut at full hours, so that a row is
/// written a few times and then never again.
package struct CoverageLedger: Sendable {
  /// What a picture went through.
  package enum Step: Sendable, Hashable {
    case received
    case looked
    case fullyLooked
  }

  private struct Open: Sendable {
    var interval: WatchInterval
    var isChanged = true
  }

  private var open: [String: Open] = [:]
  private var finished: [WatchInterval] = []
  /// Without a picture for longer than this an interval is over.
  private let gapSeconds: Double

  package init(gapSeconds: Double) { self.gapSeconds = gapSeconds }

  /// Notes a picture of a source.
  ///
  /// - Parameter period: of the source, seconds: slow sources have longer gaps.
  package mutating func note(
    _ step: Step, of source: String, quality: String, period: Double, at time: Timestamp
  ) {
    if let current = open[source]?.interval {
      let isOver =
        current.quality != quality || time.seconds(since: current.to) > max(gapSeconds, 2.5 * period)
        || Self.hour(of: time) != Self.hour(of: current.from)
        // A picture is noted when it came and when it was looked at, not always in that order; only a clock that was
        // set back goes farther back.
        || time < current.from.advanced(bySeconds: -gapSeconds)
      if isOver { finish(source) }
    }
    var item =
      open[source] ?? Open(interval: WatchInterval(source: source, from: time, to: time, quality: quality))
    item.interval.to = max(item.interval.to, time)
    switch step {
    case .received: item.interval.framesReceived += 1
    case .looked: item.interval.framesLooked += 1
    case .fullyLooked: item.interval.fullLooks += 1
    }
    item.isChanged = true
    open[source] = item
  }

  /// Intervals that changed since the last call, for writing; those that are over are forgotten.
  package mutating func takeChanged() -> [WatchInterval] {
    var changed = finished
    finished = []
    for (source, item) in open where item.isChanged {
      changed.append(item.interval)
      open[source]?.isChanged = false
    }
    return changed.sorted { ($0.source, $0.from) < ($1.source, $1.from) }
  }

  private mutating func finish(_ source: String) {
    guard let item = open.removeValue(forKey: source), item.isChanged else { return }
    finished.append(item.interval)
  }

  private static func hour(of time: Timestamp) -> Int64 {
    time.nanoseconds.quotientAndRemainder(dividingBy: 3_600_000_000_000).quotient
  }
}
