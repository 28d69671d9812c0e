import Ingest
import InspectionModel
import TestSupport
import Testing

@Suite struct FrameInletTests {
  static func frame(_ node: String, _ sequence: Int, bytes: Int = 10) -> LiveFrame {
    LiveFrame(
      nodeID: node, bytes: [UInt8](repeating: UInt8(sequence & 0xFF), count: bytes),
      arrival: Timestamp(milliseconds: Int64(sequence)), sequence: sequence)
  }

  static func node(_ id: String, lane: LiveNode.Lane = .normal) -> LiveNode {
    LiveNode(id: id, unitName: id, endpoint: .push, periodSeconds: 1, lane: lane)
  }

  static func shelf(
    maximum: Int = 1000, emergency: Int = 200, perNode: Int = 2, frame: Int = 600, turns: Int = 2,
    _ nodes: [String: LiveNode.Lane]
  ) -> FrameShelf {
    FrameShelf(
      limits: InletLimits(
        maximumBytes: maximum, emergencyBytes: emergency, waitingPerNode: perNode, maximumFrameBytes: frame,
        emergencyTurns: turns), nodes: nodes)
  }

  @Test func theNewestFramesOfANodeWin() {
    var shelf = Self.shelf(["a": .normal])
    for number in 0..<5 { #expect(shelf.offer(Self.frame("a", number)) == .admitted) }
    #expect(shelf.lease(upTo: 9).map(\.sequence) == [3])
    #expect(shelf.lease(upTo: 9).isEmpty)
    shelf.finish(["a"])
    #expect(shelf.lease(upTo: 9).map(\.sequence) == [4])
    #expect(shelf.counts["a"]?.dropped == [.superseded: 3])
    #expect(shelf.counts["a"]?.offered == 5)
    #expect(shelf.counts["a"]?.taken == 2)
  }

  @Test func everyNodeHasItsTurn() {
    var shelf = Self.shelf(["a": .normal, "b": .normal, "c": .normal])
    for number in 0..<2 {
      for node in ["a", "b", "c"] { _ = shelf.offer(Self.frame(node, number)) }
    }
    var order: [String] = []
    while let frame = shelf.lease(upTo: 1).first {
      order.append("\(frame.nodeID)\(frame.sequence)")
      shelf.finish([frame.nodeID])
    }
    #expect(order == ["a0", "b0", "c0", "a1", "b1", "c1"])
  }

  @Test func emergenciesGoFirstAndOthersStillHaveTurns() {
    var shelf = Self.shelf(turns: 2, ["a": .normal, "x": .emergency, "y": .emergency, "z": .emergency])
    for node in ["a", "x", "y", "z"] { _ = shelf.offer(Self.frame(node, 0)) }
    #expect(shelf.lease(upTo: 4).map(\.nodeID) == ["x", "y", "a", "z"])
  }

  @Test func normalNodesCannotUseUpTheEmergencyLane() {
    var shelf = Self.shelf(
      maximum: 1000, emergency: 400, perNode: 1, frame: 600, ["a": .normal, "x": .emergency])
    #expect(shelf.offer(Self.frame("a", 0, bytes: 600)) == .admitted)
    #expect(shelf.offer(Self.frame("x", 0, bytes: 400)) == .admitted)
    #expect(shelf.waitingBytes == 1000)
  }

  @Test func aFrameWithinTheFairShareAlwaysFindsRoom() {
    var shelf = Self.shelf(
      maximum: 1000, perNode: 1, ["a": .normal, "b": .normal, "c": .normal, "d": .normal])
    #expect(shelf.fairShareBytes(.normal) == 250)
    #expect(shelf.offer(Self.frame("a", 0, bytes: 500)) == .admitted)
    #expect(shelf.offer(Self.frame("b", 0, bytes: 500)) == .admitted)
    #expect(shelf.offer(Self.frame("c", 0, bytes: 251)) == .dropped(.noRoom))
    #expect(shelf.offer(Self.frame("c", 1, bytes: 250)) == .admitted)
    #expect(shelf.counts["a"]?.dropped == [.noRoom: 1])
    #expect(shelf.counts["c"]?.dropped == [.noRoom: 1])
  }

  @Test func strangersLargeFramesAndLateOnesAreCounted() {
    var shelf = Self.shelf(["a": .normal])
    #expect(shelf.offer(Self.frame("b", 0)) == .dropped(.unknownNode))
    #expect(shelf.offer(Self.frame("a", 0, bytes: 601)) == .dropped(.tooLarge))
    shelf.close()
    #expect(shelf.offer(Self.frame("a", 1)) == .dropped(.closed))
    #expect(shelf.counts[""]?.dropped == [.unknownNode: 1])
    #expect(shelf.counts["a"]?.dropped == [.tooLarge: 1, .closed: 1])
  }

  @Test func aChangedDefinitionKeepsWhatStillHasItsPlace() {
    var shelf = Self.shelf(["a": .normal, "b": .normal])
    for node in ["a", "b"] { _ = shelf.offer(Self.frame(node, 0)) }
    shelf.change(limits: shelf.limits, nodes: ["b": .normal, "c": .emergency])
    #expect(shelf.lease(upTo: 9).map(\.nodeID) == ["b"])
    #expect(shelf.counts["a"]?.dropped == [.closed: 1])
    #expect(shelf.counts["b"]?.offered == 1)
    #expect(shelf.offer(Self.frame("a", 1)) == .dropped(.unknownNode))
  }

  /// Random offers and takes: the bounds hold, nothing is lost uncounted, order and turns are those of a slow oracle.
  @Test(arguments: 0..<40)
  func randomUseKeepsEveryBoundAndEveryCount(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let names = (0..<Int.random(in: 1...7, using: &random)).map { "n\($0)" }
    let emergencies = Set(names.filter { _ in Int.random(in: 0..<4, using: &random) == 0 })
    let lanes = Dictionary(
      uniqueKeysWithValues: names.map { ($0, emergencies.contains($0) ? LiveNode.Lane.emergency : .normal) })
    var shelf = Self.shelf(
      maximum: 1000, emergency: 300, perNode: Int.random(in: 1...3, using: &random), turns: 3, lanes)
    var oracle = ShelfOracle(shelf.limits, lanes)
    for number in 0..<600 {
      let name = names.randomElement(using: &random)!
      if Int.random(in: 0..<3, using: &random) > 0 {
        let bytes =
          Bool.random(using: &random)
          ? Int.random(in: 1...100, using: &random) : Int.random(in: 1...650, using: &random)
        let frame = Self.frame(name, number, bytes: bytes)
        #expect(shelf.offer(frame) == oracle.offer(frame))
        let isSmall = bytes <= min(600, shelf.fairShareBytes(lanes[name]!))
        if isSmall { #expect(oracle.isWaiting(frame)) }
      } else if Bool.random(using: &random) {
        let count = Int.random(in: 1...4, using: &random)
        #expect(shelf.lease(upTo: count) == oracle.lease(upTo: count))
      } else {
        shelf.finish([name])
        oracle.leased.remove(name)
      }
      #expect(shelf.waitingBytes == oracle.waiting.map(\.bytes.count).reduce(0, +))
      #expect(shelf.waitingBytes <= 1000)
    }
    let waiting = Dictionary(grouping: oracle.waiting, by: \.nodeID).mapValues(\.count)
    for (name, counts) in shelf.counts {
      #expect(counts.offered == counts.taken + counts.droppedInTotal + waiting[name, default: 0])
    }
  }

  @Test func aConsumerThatWaitsGetsTheFrameThatComes() async {
    let inlet = FrameInlet(limits: InletLimits(), nodes: [Self.node("a"), Self.node("b")])
    await withTaskGroup(of: Int.self) { group in
      for _ in 0..<2 {
        group.addTask {
          var count = 0
          while await inlet.next() != nil { count += 1 }
          return count
        }
      }
      var admitted = 0
      for number in 0..<200 {
        if inlet.offer(Self.frame(number % 2 == 0 ? "a" : "b", number)) == .admitted { admitted += 1 }
        await Task.yield()
      }
      inlet.close()
      var taken = 0
      for await count in group { taken += count }
      let superseded = inlet.counts.values.compactMap { $0.dropped[.superseded] }.reduce(0, +)
      #expect(admitted == 200)
      #expect(taken + superseded == 200)
    }
  }

  @Test func aCancelledConsumerStopsWaiting() async {
    let inlet = FrameInlet(limits: InletLimits(), nodes: [Self.node("a")])
    await withTaskGroup(of: Bool.self) { group in
      group.addTask { await inlet.lease(upTo: 3).isEmpty }
      await Task.yield()
      group.cancelAll()
      for await isEmpty in group { #expect(isEmpty) }
    }
    inlet.offer(Self.frame("a", 0))
    #expect(await inlet.next()?.sequence == 0)
  }

  @Test func aLeasedNodeIsHandedOutAgainWhenItsLeaseEnds() async {
    let inlet = FrameInlet(limits: InletLimits(), nodes: [Self.node("a")])
    inlet.offer(Self.frame("a", 0))
    inlet.offer(Self.frame("a", 1))
    let first = await inlet.lease(upTo: 6)
    #expect(first.map(\.sequence) == [0])
    await withTaskGroup(of: [Int].self) { group in
      group.addTask { await inlet.lease(upTo: 6).map(\.sequence) }
      await Task.yield()
      inlet.finish(first)
      for await second in group { #expect(second == [1]) }
    }
    inlet.close()
    #expect(await inlet.next() == nil)
  }
}
