package import Ingest
package import InspectionModel

/// Which node's picture is decoded and scored next: a pure queue within a budget. Time comes in as data.
///
/// At most one picture of a node waits, the newest. What is wanted is taken in this order, which is also the order in
/// which looks are given up when there is more to see than time: nodes that had no full look for the promised time
/// first, then events and flames, then candidates (of the first look, or seen once and not confirmed), then plain
/// motion. A node's looks lie a while apart, unless something began there.
package struct FullLookQueue: Sendable {
  /// Why a node wants a full look; the smaller comes first.
  package enum Wish: Int, Sendable, Hashable, Comparable, CaseIterable {
    case overdue
    case event
    case candidate
    case motion

    package static func < (left: Wish, right: Wish) -> Bool { left.rawValue < right.rawValue }
  }

  /// What is promised, and what may be spent.
  package struct Limits: Sendable, Hashable {
    /// Full looks a second over all nodes.
    package var looksPerSecond: Double
    /// Every node has one so often at least, as long as the budget allows it for all of them.
    package var everySeconds: Double
    /// Least time between two looks at one node.
    package var apartSeconds: Double

    package init(looksPerSecond: Double, everySeconds: Double, apartSeconds: Double) {
      precondition(looksPerSecond > 0 && everySeconds > 0 && apartSeconds >= 0, "looks need time")
      self.looksPerSecond = looksPerSecond
      self.everySeconds = everySeconds
      self.apartSeconds = apartSeconds
    }
  }

  private struct Waiting: Sendable {
    var frame: LiveFrame
    var wish: Wish
    /// When it was first wanted: of equal wishes the oldest is first.
    var since: Timestamp
  }

  /// May be changed while a run goes on.
  package var limits: Limits
  private var waiting: [String: Waiting] = [:]
  private var latest: [String: Timestamp] = [:]
  /// Looks that may be taken at once: a second's budget at most, so that a calm time is not saved up for a burst.
  private var credit: Double
  private var creditTime: Timestamp?
  /// Wishes that were given up for a newer picture of the same node, or since the node went away.
  package private(set) var supersededCount = 0

  package init(limits: Limits) {
    self.limits = limits
    credit = max(1, limits.looksPerSecond)
  }

  /// Nodes of which a picture waits, in no order.
  package var waitingNodes: [String] { Array(waiting.keys) }
  /// Nodes that wait.
  package var count: Int { waiting.count }
  /// Bytes of the pictures that wait.
  package var byteCount: Int { waiting.values.reduce(0) { $0 + $1.frame.bytes.count } }

  /// When a node had its last full look.
  package func latestLook(of node: String) -> Timestamp? { latest[node] }

  /// Whether a node's last look is so long ago that the next picture has to be looked at.
  package func isOverdue(_ node: String, at now: Timestamp) -> Bool {
    latest[node].map { now.seconds(since: $0) >= limits.everySeconds } ?? true
  }

  /// Asks for a look; a picture of the same node that waits gives way, its better wish stays.
  package mutating func want(_ frame: LiveFrame, _ wish: Wish, at now: Timestamp) {
    let wish = isOverdue(frame.nodeID, at: now) ? .overdue : wish
    if let old = waiting[frame.nodeID] {
      supersededCount += 1
      waiting[frame.nodeID] = Waiting(frame: frame, wish: min(wish, old.wish), since: old.since)
    } else {
      waiting[frame.nodeID] = Waiting(frame: frame, wish: wish, since: now)
    }
  }

  /// Takes the next look, if one is wanted and the budget allows it.
  ///
  /// - Complexity: nodes that wait.
  package mutating func take(at now: Timestamp) -> (frame: LiveFrame, wish: Wish)? {
    refill(at: now)
    guard credit >= 1 else { return nil }
    let ready = waiting.values.filter { item in
      guard item.wish > .event, let last = latest[item.frame.nodeID] else { return true }
      return now.seconds(since: last) >= limits.apartSeconds
    }
    let next = ready.min {
      ($0.wish, $0.since, $0.frame.nodeID) < ($1.wish, $1.since, $1.frame.nodeID)
    }
    guard let next else { return nil }
    credit -= 1
    waiting[next.frame.nodeID] = nil
    latest[next.frame.nodeID] = now
    return (next.frame, next.wish)
  }

  /// Seconds until the budget allows a look; 0 where it does.
  package func secondsToBudget(at now: Timestamp) -> Double {
    let since = creditTime.map { now.seconds(since: $0) } ?? 0
    return max(0, (1 - credit) / limits.looksPerSecond - max(0, since))
  }

  /// Forgets what a node wanted.
  package mutating func forget(_ node: String) {
    if waiting.removeValue(forKey: node) != nil { supersededCount += 1 }
  }

  private mutating func refill(at now: Timestamp) {
    if let creditTime, now > creditTime {
      credit = min(
        max(1, limits.looksPerSecond), credit + now.seconds(since: creditTime) * limits.looksPerSecond)
    }
    creditTime = max(creditTime ?? now, now)
  }
}
