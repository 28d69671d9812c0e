internal import Synchronization

/// How long stages take: counts in buckets of 1 ms, 2 ms, 4 ms … 65 s, by stage.
package final class StageTimes: Sendable {
  /// What is timed.
  package enum Stage: String, Sendable, Hashable, CaseIterable {
    /// Coarse scan and analysis of a frame, its share of the batch.
    case coarse
    /// Decoding and scoring of a frame.
    case full
    /// From a frame's arrival to its observations being durable.
    case observation
    /// One transaction of observations, evidence included.
    case record
    /// One settlement of what waits: fusion and decisions.
    case settle
  }

  /// Counts of one stage.
  package struct Counts: Sendable, Hashable {
    /// How many took at most as long as the bucket's bound, and more than the one before; the last has no bound.
    package fileprivate(set) var buckets = [Int](repeating: 0, count: StageTimes.boundsSeconds.count + 1)
    package fileprivate(set) var sumSeconds = 0.0

    package var count: Int { buckets.reduce(0, +) }

    /// Upper bound of the bucket that the quantile lies in, seconds; `nil` where nothing was counted.
    package func boundSeconds(ofQuantile quantile: Double) -> Double? {
      let wanted = (Double(count) * quantile).rounded(.up)
      var sum = 0
      for (index, bucket) in buckets.enumerated() where count > 0 {
        sum += bucket
        guard Double(sum) >= wanted else { continue }
        return index < StageTimes.boundsSeconds.count ? StageTimes.boundsSeconds[index] : .infinity
      }
      return nil
    }
  }

  /// Upper bounds of the buckets: a quarter octave apart, from a millisecond to a minute.
  package static let boundsSeconds: [Double] = (0...64).map { step in
    let (octave, quarter) = step.quotientAndRemainder(dividingBy: 4)
    let roots = [1, 1.189_207_115_002_721, 1.414_213_562_373_095, 1.681_792_830_507_429]
    return 0.001 * Double(1 << octave) * roots[quarter]
  }

  private let counts = Mutex<[Stage: Counts]>([:])

  package init() {}

  /// Counts one duration.
  package func note(_ seconds: Double, of stage: Stage) {
    let bucket = Self.boundsSeconds.firstIndex { seconds <= $0 } ?? Self.boundsSeconds.count
    counts.withLock { counts in
      counts[stage, default: Counts()].buckets[bucket] += 1
      counts[stage, default: Counts()].sumSeconds += max(0, seconds)
    }
  }

  /// All counts so far.
  package var all: [Stage: Counts] { counts.withLock { $0 } }
}
