import InspectionPipeline
import Synchronization
import TestSupport
import Testing

@Suite struct OrderedWorkTests {
  static func work(width: Int) -> OrderedWork {
    OrderedWork(width: width, threads: WorkerThreads(name: "test"))
  }

  /// Work of very different length, so that pieces end out of order.
  static func busy(_ index: Int, seed: UInt64) -> Int {
    var generator = SeededGenerator(seed: seed &+ UInt64(index))
    let rounds = Int.random(in: 0..<20_000, using: &generator)
    return (0..<rounds).reduce(index) { ($0 &* 31 &+ $1) & 0xFFFF }
  }

  @Test(arguments: [1, 2, 3, 8]) func resultsComeInOrder(width: Int) async throws {
    let seed: UInt64 = 20_261_125
    var results: [Int] = []
    let count = try await Self.work(width: width).run(count: 200) { index in
      Self.busy(index, seed: seed)
    } consume: { index, output in
      #expect(index == results.count, "seed \(seed)")
      results.append(output)
    }
    #expect(count == 200)
    #expect(results == (0..<200).map { Self.busy($0, seed: seed) }, "seed \(seed)")
  }

  @Test func noMoreThanTheWidthRunsAtOnceAndFewAreAhead() async throws {
    let running = Mutex((now: 0, most: 0)), started = Mutex(0)
    var consumed = 0
    _ = try await Self.work(width: 3).run(count: 100) { index in
      running.withLock {
        $0.now += 1
        $0.most = max($0.most, $0.now)
      }
      started.withLock { $0 += 1 }
      let result = Self.busy(index, seed: 7)
      running.withLock { $0.now -= 1 }
      return result
    } consume: { _, _ in
      consumed += 1
      #expect(started.withLock { $0 } - consumed <= 12)
    }
    #expect(running.withLock { $0.most } <= 3)
  }

  @Test func whatTheConsumerThrowsEndsTheWork() async {
    struct Stop: Error {}
    let started = Mutex(0)
    await #expect(throws: Stop.self) {
      _ = try await Self.work(width: 2).run(count: 1000) { index in
        started.withLock { $0 += 1 }
        return index
      } consume: { index, _ in
        if index == 5 { throw Stop() }
      }
    }
    #expect(started.withLock { $0 } < 20)
  }

  @Test func aCancelledRunFinishesWhatItStarted() async throws {
    let stop = CancellationGate()
    let consumed = try await stop.run {
      var indices: [Int] = []
      let count = try await Self.work(width: 2).run(count: 1000) { index in
        index
      } consume: { index, _ in
        indices.append(index)
        if index == 10 { await stop.requestAndWait() }
      }
      return (count, indices)
    }
    #expect(consumed.0 == consumed.1.count && consumed.1 == Array(0..<consumed.0))
    #expect((11...20).contains(consumed.0))
  }

  @Test func noWorkIsDoneAtOnce() async throws {
    let count = try await Self.work(width: 2).run(count: 0) {
      $0
    } consume: { _, _ in
      Issue.record("none")
    }
    #expect(count == 0)
  }
}
