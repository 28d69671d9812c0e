internal import ImageCodecs
internal import Synchronization

/// Which frames are due: threads take them from here in turn, so that a thread whose processor is slow for a while
/// leaves more to the others.
final class FleetSchedule: Sendable {
  /// Longest that a due frame waits for others to fill the scanner's lanes, as a part of the frame period.
  private static let fillingPart = 0.25

  let nodes: Int
  /// Frames of all nodes together.
  let total: Int
  let period: Double
  private let begin: Double
  private let next = Mutex(0)

  /// - Parameter begin: when the first frame is due, as `Stopwatch.now`.
  init(nodes: Int, fps: Double, seconds: Double, begin: Double) {
    self.nodes = nodes
    self.begin = begin
    period = 1 / fps
    total = Int(Double(nodes) * fps * seconds)
  }

  /// When a frame is due: the nodes take turns, evenly spread over the period.
  func due(_ number: Int) -> Double { begin + Double(number) * period / Double(nodes) }

  /// What a thread does next.
  enum Turn {
    /// Frames with these numbers: frame `n` is of node `n` modulo their number.
    case look(Range<Int>)
    /// Nothing is due for so many seconds.
    case wait(Double)
    case done
  }

  /// Takes what is due: a full lockstep of the scanner, or less where a frame has waited long enough.
  func take(at now: Double) -> Turn {
    next.withLock { next in
      guard next < total else { return .done }
      let end = min(next + CoarseScanner.laneCount, total)
      let start = min(due(end - 1), due(next) + Self.fillingPart * period)
      guard start <= now else { return .wait(start - now) }
      let first = next
      while next < end, due(next) <= now { next += 1 }
      return .look(first..<next)
    }
  }
}
