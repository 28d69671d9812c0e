import Ingest
import InspectionModel
import InspectionPipeline
import TestSupport
import Testing

@Suite struct FullLookQueueTests {
  static let start = Timestamp(milliseconds: 1_795_492_800_000)

  private func frame(_ node: String, _ sequence: Int = 0) -> LiveFrame {
    LiveFrame(nodeID: node, bytes: [UInt8(sequence % 256)], arrival: Self.start, sequence: sequence)
  }

  private func queue(perSecond: Double = 100, every: Double = 60, apart: Double = 2) -> FullLookQueue {
    FullLookQueue(
      limits: FullLookQueue.Limits(looksPerSecond: perSecond, everySeconds: every, apartSeconds: apart))
  }

  @Test func looksAreTakenInTheStatedOrder() {
    var queue = queue(apart: 0)
    for node in ["event", "candidate", "motion", "overdue"] {
      queue.want(frame(node), .motion, at: Self.start)
      if node != "overdue" { _ = queue.take(at: Self.start) } else { queue.forget(node) }
    }
    let later = Self.start.advanced(bySeconds: 10)
    queue.want(frame("motion"), .motion, at: later)
    queue.want(frame("candidate"), .candidate, at: later)
    queue.want(frame("event"), .event, at: later)
    queue.want(frame("overdue"), .motion, at: later)
    let order = (0..<4).compactMap { _ in queue.take(at: later)?.frame.nodeID }
    #expect(order == ["overdue", "event", "candidate", "motion"])
    #expect(queue.take(at: later) == nil)
  }

  @Test func theNewestPictureOfANodeWaitsWithItsBestWish() throws {
    var queue = queue(apart: 0)
    queue.want(frame("a", 0), .motion, at: Self.start)
    _ = queue.take(at: Self.start)
    let later = Self.start.advanced(bySeconds: 5)
    queue.want(frame("a", 1), .event, at: later)
    queue.want(frame("a", 2), .motion, at: later)
    #expect(queue.count == 1 && queue.supersededCount == 1 && queue.byteCount == 1)
    let taken = queue.take(at: later)
    let next = try #require(taken)
    #expect(next.frame.sequence == 2 && next.wish == .event)
  }

  @Test func looksAtOneNodeLieApartUnlessSomethingBegan() {
    var queue = queue(apart: 2)
    queue.want(frame("a"), .motion, at: Self.start)
    _ = queue.take(at: Self.start)
    let soon = Self.start.advanced(bySeconds: 1)
    queue.want(frame("a", 1), .candidate, at: soon)
    #expect(queue.take(at: soon) == nil)
    queue.want(frame("a", 2), .event, at: soon)
    #expect(queue.take(at: soon)?.frame.sequence == 2)
    queue.want(frame("a", 3), .candidate, at: soon)
    #expect(queue.take(at: Self.start.advanced(bySeconds: 3))?.frame.sequence == 3)
  }

  /// Whatever is wanted: the budget holds over any time, and as long as it suffices every node is looked at in time.
  @Test(arguments: 0..<8 as Range<UInt64>)
  func theBudgetHoldsAndNobodyIsForgotten(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let (perSecond, every) = (4.0, 10.0)
    var queue = queue(perSecond: perSecond, every: every, apart: 1)
    // Thirty nodes every ten seconds are three a second.
    let nodes = (0..<30).map { "n\($0)" }
    var looks: [(time: Double, node: String)] = []
    for step in 0..<1200 {
      let time = Double(step) * 0.1
      let now = Self.start.advanced(bySeconds: time)
      for node in nodes where Bool.random(using: &generator) {
        queue.want(
          frame(node, step), [.motion, .candidate, .event].randomElement(using: &generator) ?? .motion,
          at: now)
      }
      while let next = queue.take(at: now) { looks.append((time, next.frame.nodeID)) }
    }
    for (index, look) in looks.enumerated() {
      let within = looks[index...].prefix { $0.time < look.time + 5 }
      #expect(within.count <= Int(5 * perSecond + perSecond) + 1, "seed \(seed)")
    }
    for node in nodes {
      let times = [0] + looks.filter { $0.node == node }.map(\.time)
      let longest = zip(times, times.dropFirst()).map { $1 - $0 }.max() ?? .infinity
      #expect(longest <= 2 * every, "\(node), seed \(seed)")
    }
  }
}
