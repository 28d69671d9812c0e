internal import Foundation
internal import HazardAnalysis
internal import ImageCodecs
package import Ingest
internal import InspectionModel
package import InspectionStore
package import Logging
package import PixelKernels
internal import Synchronization

/// The same stages as a batch, on live sources, for weeks.
///
///     sources, inlets ─► FrameInlet ─► FrameScanning ─► FullLookQueue ─► FullLooks ─► ObservationIntake ─► Settlement
///       newest wins        bounded       every frame      a budget        scores        durable            cases
///
/// Frames are dropped at the entrance only; observations, reports and orders never. `stop` ends the run in order: no
/// frame comes in any more, those in work are finished, everything that was found is durable and settled.
package final class LiveRun: Sendable {
  /// What is chosen for a run beside its definition.
  package struct Options: Sendable {
    /// `nil` runs until it is stopped.
    package var seconds: Double?
    /// Workers of the coarse level.
    package var workers = 2
    package var tier = KernelTier.best
    /// Chooses the chance in waits.
    package var seed: UInt64 = 1
    /// Where secrets are looked up by name.
    package var environment: [String: String] = [:]
    package var clock = LiveClock.system()

    package init() {}
  }

  private enum Request: Sendable {
    case stop
    case reload(ValidatedLivePipeline)
    /// A part of the entrance cannot go on.
    case failed(any Error)
  }

  let store: InspectionStore
  let options: Options
  let logger: Logger
  let threads = WorkerThreads(name: "live")
  /// Where frames come in; a run that has no sources of its own can be fed here.
  package let inlet: FrameInlet
  let desk: LiveDesk
  let looks: FullLooks
  let analysis: AnalysisSetup
  private let current: Mutex<ValidatedLivePipeline>
  private let requests: AsyncStream<Request>
  private let ask: AsyncStream<Request>.Continuation
  let facts = Mutex(Facts())

  /// What is counted beside the desk's counts.
  struct Facts: Sendable {
    var stateChanges: [String: Int] = [:]
    var isReady = false
    var settlementFailures = 0
    var freeDiskBytes = 0
    var mayKeepEvidence = true
    /// No further look will be taken: the other parts end.
    var hasLookedAtAll = false
  }

  /// - Parameter logger: where changes of nodes and faults are told, one line each.
  package init(
    pipeline: ValidatedLivePipeline, store: InspectionStore, options: Options = Options(), logger: Logger
  ) {
    self.store = store
    self.options = options
    self.logger = logger
    current = Mutex(pipeline)
    (requests, ask) = AsyncStream.makeStream(of: Request.self)
    let definition = pipeline.definition
    analysis = AnalysisSetup(
      analyser: definition.analyser, thresholds: definition.thresholds, tier: options.tier)
    inlet = FrameInlet(limits: definition.inletLimits, nodes: definition.enabledNodes)
    let looks = FullLooks(analysis: analysis, limits: definition.decodeLimits)
    self.looks = looks
    let clock = options.clock
    let watch = NodeWatch(definition.watchedNodes, start: clock.steady())
    let times = StageTimes()
    let intake = ObservationIntake(
      store: store, threads: threads, times: times, steady: clock.steady, logger: logger)
    desk = LiveDesk(
      clock: clock, times: times, intake: intake, watch: watch,
      eyes: Self.eyes(pipeline, tier: options.tier), limits: definition.fullLookLimits, logger: logger,
      wake: { looks.wake() })
  }

  var pipeline: ValidatedLivePipeline { current.withLock { $0 } }

  /// Frames that were decoded and scored so far.
  package var fullLookCount: Int { desk.counts.fullLooks }

  /// Ends the run in order; may be called from anywhere, more than once.
  package func stop() { ask.yield(.stop) }

  /// Goes on with another definition; nodes that stay keep what was learnt of them. What the analysis is made of
  /// (analyser, thresholds, limits of decoding) and the governance file stay as they were until the program starts
  /// anew; a log line names what waits for that.
  package func reload(_ pipeline: ValidatedLivePipeline) { ask.yield(.reload(pipeline)) }

  /// Runs until stopped, or for `Options.seconds`.
  ///
  /// - Throws: `StoreError` where the store cannot be read or written at the beginning or at the end, and where an
  ///   inlet cannot listen. In between, failures are told and tried again.
  package func run() async throws -> LiveSummary {
    let began = options.clock.steady()
    let settlement = try await Settlement(
      store: store, governance: pipeline.governance, fusionRules: pipeline.fusionRules,
      now: options.clock.wall)
    _ = try await settlement.run()
    try await store.record(sources: pipeline.definition.enabledNodes.map(\.watched))
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await self.entrance() }
      group.addTask { await self.analysing() }
      group.addTask { await self.writing(settlement) }
      group.addTask { await self.telling() }
      group.addTask { await self.keepingHouse() }
      do {
        while let _ = try await group.next() {}
      } catch {
        // The inlet is closed by then: the other parts end by themselves, and what was found is kept.
        while !group.isEmpty { try? await group.next() }
        await desk.intake.flush()
        throw error
      }
    }
    guard await desk.intake.flush() else {
      throw StoreError(.other, subject: store.path, message: "observations could not be written at the end")
    }
    _ = try await settlement.run()
    try await tell()
    return try await summary(seconds: options.clock.steady().seconds(since: began))
  }

  // MARK: Parts of a run

  /// Lets frames in until the run ends; then closes the inlet.
  private func entrance() async throws {
    defer {
      inlet.close()
      facts.withLock { $0.isReady = false }
    }
    var requests = requests.makeAsyncIterator()
    let deadline = options.seconds.map { options.clock.steady().advanced(bySeconds: $0) }
    while true {
      let request = await withDiscardingTaskGroup { group in
        let pipeline = pipeline
        group.addTask { await self.readSources(pipeline) }
        group.addTask { await self.orFail { try await self.serveInlets(pipeline) } }
        group.addTask { await self.orFail { try await self.serveOperations(pipeline) } }
        if let deadline { group.addTask { await self.wait(until: deadline) } }
        facts.withLock { $0.isReady = true }
        let request = await requests.next() ?? .stop
        group.cancelAll()
        return request
      }
      switch request {
      case .stop: return
      case .failed(let error): throw error
      case .reload(let changed): apply(changed)
      }
    }
  }

  private func orFail(_ part: () async throws -> Void) async {
    do {
      try await part()
    } catch is CancellationError {
      return
    } catch {
      ask.yield(.failed(error))
    }
  }

  private func wait(until deadline: Timestamp) async {
    do {
      try await options.clock.sleep(max(0, deadline.seconds(since: options.clock.steady())))
      ask.yield(.stop)
    } catch {
      return
    }
  }

  private func apply(_ changed: ValidatedLivePipeline) {
    let definition = changed.definition
    let old = pipeline
    let waiting = [
      changed.governanceFile == old.governanceFile ? nil : "governance",
      definition.analyser == old.definition.analyser && definition.thresholds == old.definition.thresholds
        ? nil : "analysis",
      definition.decodeLimits == old.definition.decodeLimits ? nil : "decode",
    ].compactMap(\.self)
    if !waiting.isEmpty {
      logger.warning(
        "parts of the changed definition wait for the next start",
        metadata: ["parts": "\(waiting.joined(separator: ", "))"])
    }
    current.withLock { $0 = changed }
    inlet.change(limits: definition.inletLimits, nodes: definition.enabledNodes)
    desk.watch.change(definition.watchedNodes, at: options.clock.steady())
    desk.change(Self.eyes(changed, tier: options.tier), limits: definition.fullLookLimits)
    logger.notice("the changed definition is in use", metadata: ["nodes": "\(definition.enabledNodes.count)"])
  }

  /// Looks at frames until the inlet is closed and empty, then finishes the full looks.
  private func analysing() async {
    let limits = pipeline.definition.decodeLimits
    async let fullLooks: Void = looks.run(desk: desk)
    await withDiscardingTaskGroup { group in
      for _ in 0..<options.workers {
        let scanning = FrameScanning(desk: desk, limits: limits, tier: options.tier)
        group.addTask { await scanning.run(inlet: self.inlet, threads: self.threads) }
      }
    }
    looks.end()
    await fullLooks
    facts.withLock { $0.hasLookedAtAll = true }
  }
}
