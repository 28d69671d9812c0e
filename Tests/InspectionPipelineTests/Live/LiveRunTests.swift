import Foundation
import Ingest
import InspectionModel
import InspectionPipeline
import InspectionStore
import Logging
import Synchronization
import TestSupport
import Testing

/// A whole live run, fed frame by frame: what a fixed camera saw becomes incidents and cases, exactly once.
@Suite(.timeLimit(.minutes(2))) struct LiveRunTests {
  /// A steady clock that goes on when the test says so; waits are short.
  private final class TestClock: Sendable {
    private let now = Mutex(Timestamp(milliseconds: 1_795_492_800_000))

    var time: Timestamp { now.withLock { $0 } }

    func advance(bySeconds seconds: Double) { now.withLock { $0 = $0.advanced(bySeconds: seconds) } }

    var live: LiveClock {
      LiveClock(
        wall: { self.time }, steady: { self.time },
        sleep: { _ in try await Task.sleep(for: .milliseconds(2)) })
    }
  }

  let root: TemporaryFolder
  let pictures: [[UInt8]]

  init() throws {
    root = try TemporaryFolder()
    let folder = ProjectFiles.root.appending(path: "Fixtures/flights/fixed-camera")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
      $0.hasSuffix(".JPG")
    }
    pictures = try names.sorted().map { Array(try Data(contentsOf: folder.appending(path: $0))) }
  }

  private func pipeline(analyser: String = "markers") throws -> ValidatedLivePipeline {
    let inbox = root.file("inbox")
    try FileManager.default.createDirectory(at: inbox, withIntermediateDirectories: true)
    let nodes = """
      nodes:
        - {id: a, unit: 甲, endpoint: {kind: directory, path: \(inbox.path)}, periodSeconds: 1, position: {latitude: 29.29, longitude: 106.25}}

      """
    let text = try #require(try BuiltInPipelines.source("live-network.yaml")).text
      .replacing(/analyser: \w+/, with: "analyser: \(analyser)")
      .replacing(/\nserver:\n(?:  .*\n)+/, with: "\n").replacing(/\noperations:\n(?:  .*\n)+/, with: "\n")
    let definition = try LiveDefinition(DefinitionSource(name: "live.yaml", text: text)) { _ in
      DefinitionSource(name: "nodes.yaml", text: nodes)
    }
    let governance = try #require(try BuiltInPipelines.source("governance/jiangjin.yaml"))
    return ValidatedLivePipeline(
      definition: definition, governanceFile: try GovernanceFile(governance))
  }

  /// Feeds every picture a minute after the other and lets each be looked at in full before the next.
  private func feed(_ run: LiveRun, _ clock: TestClock) async {
    for (sequence, bytes) in pictures.enumerated() {
      let known = run.fullLookCount
      clock.advance(bySeconds: 61)
      run.inlet.offer(LiveFrame(nodeID: "a", bytes: bytes, arrival: clock.time, sequence: sequence))
      while run.fullLookCount == known { await Task.yield() }
    }
  }

  private func ran(
    into store: InspectionStore, feeding feed: @escaping @Sendable (LiveRun, LiveClock) async -> Void,
    clock: LiveClock
  ) async throws -> LiveSummary {
    var options = LiveRun.Options()
    options.clock = clock
    options.workers = 2
    let run = LiveRun(
      pipeline: try pipeline(), store: store, options: options,
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    return try await withThrowingTaskGroup(of: LiveSummary?.self) { group in
      group.addTask { try await run.run() }
      group.addTask {
        await feed(run, clock)
        run.stop()
        return nil
      }
      var summary: LiveSummary?
      while let part = try await group.next() { summary = part ?? summary }
      return try #require(summary)
    }
  }

  @Test func whatACameraSawBecomesIncidentsExactlyOnce() async throws {
    let store = try InspectionStore(path: root.file("live.sqlite").path)
    let clock = TestClock()
    let summary = try await ran(
      into: store, feeding: { run, _ in await feed(run, clock) }, clock: clock.live)
    #expect(summary.framesReceived == pictures.count && summary.framesAnalysed == pictures.count)
    #expect(summary.fullLooks == pictures.count && summary.framesDropped.isEmpty)
    #expect(summary.observations > 0 && summary.incidents > 0)
    let snapshot = try await store.snapshot()
    #expect(snapshot.observations.count == summary.observations)
    #expect(try await store.pendingObservationCount() == 0)
    let homes = snapshot.incidents.flatMap(\.observationKeys)
    #expect(homes.sorted() == snapshot.observations.map(\.key).sorted())
    #expect(snapshot.observations.allSatisfy { $0.place?.method == .node && $0.witness.kind == .ground })
    for observation in snapshot.observations {
      #expect(try store.evidence.bytes(sha256: observation.frame.sha256) != nil)
    }
    // The same pictures again, by a program that begins anew: nothing is there twice.
    let again = try await ran(
      into: store, feeding: { run, _ in await feed(run, clock) }, clock: clock.live)
    #expect(again.observations == 0 && again.incidents == summary.incidents)
    #expect(again.workOrders == summary.workOrders)
  }

  @Test func whatWasWatchedIsKept() async throws {
    let store = try InspectionStore(path: root.file("live.sqlite").path)
    let clock = TestClock()
    _ = try await ran(into: store, feeding: { run, _ in await feed(run, clock) }, clock: clock.live)
    let intervals = try await store.watchIntervals()
    #expect(intervals.reduce(0) { $0 + $1.framesLooked } == pictures.count)
    #expect(intervals.reduce(0) { $0 + $1.fullLooks } == pictures.count)
    #expect(try await store.watchedSources().map(\.source) == ["a"])
    // Pictures that are fed beside the sources are no sign of life of the source: it never sent one.
    #expect(try await store.nodeHistory(of: "a").last?.state == "offline")
  }

  @Test func aRunWithoutFramesEndsWhenItIsStopped() async throws {
    let store = try InspectionStore(path: root.file("live.sqlite").path)
    let summary = try await ran(into: store, feeding: { _, _ in }, clock: TestClock().live)
    #expect(summary.framesReceived == 0 && summary.nodes == 1 && summary.latencyP99Ms == nil)
  }
}
