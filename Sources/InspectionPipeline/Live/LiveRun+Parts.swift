internal import Foundation
internal import HazardAnalysis
internal import ImageCodecs
internal import IncidentFusion
internal import Ingest
internal import InspectionModel
internal import InspectionStore
internal import Logging
internal import PixelKernels
internal import Synchronization
internal import WorkOrders

/// The parts of a run that go on beside the looking.
extension LiveRun {
  private static let flushSeconds = 0.1
  private static let settleSeconds = 1.0
  private static let retrySeconds = 2.0
  private static let tickSeconds = 0.25
  private static let coverageSeconds = 10.0
  private static let houseSeconds = 30.0

  /// What nodes remember, anew.
  static func eyes(_ pipeline: ValidatedLivePipeline, tier: KernelTier) -> [String: NodeEye] {
    let nodes = pipeline.definition.enabledNodes
    var settings = CoarseSettings()
    settings.fullLookMilliseconds = Int(pipeline.definition.attention.fullLookEverySeconds * 1000)
    return Dictionary(
      uniqueKeysWithValues: nodes.enumerated().map { index, node in
        let eye = NodeEye(
          node: node, settings: settings, tier: tier,
          phaseMilliseconds: index * FirstLookSchedule.periodMilliseconds / nodes.count,
          confirmation: .threeOfFive, lookIntervalSeconds: pipeline.fusionRules.lookIntervalSeconds)
        return (node.id, eye)
      })
  }

  func readSources(_ pipeline: ValidatedLivePipeline) async {
    let definition = pipeline.definition
    await LiveSources(
      nodes: definition.nodes, policy: definition.addressPolicy, limits: definition.sourceLimits,
      environment: options.environment, clock: options.clock, seed: options.seed, logger: logger
    ).run(inlet: inlet) { event in self.take(event) }
  }

  func serveInlets(_ pipeline: ValidatedLivePipeline) async throws {
    guard let settings = pipeline.definition.server else { return }
    let desk = reportDesk
    try await InletServer(
      settings: settings, nodes: pipeline.definition.nodes, environment: options.environment,
      clock: options.clock, logger: logger, inlet: inlet, events: { event in self.take(event) },
      accept: { report in try await desk.accept(report) }
    ).run { [logger] port in
      logger.info("the inlet listens", metadata: ["host": "\(settings.host)", "port": "\(port)"])
    }
  }

  private func take(_ event: NodeEvent) {
    desk.watch.take(event)
    if case .frame = event.kind, let eye = desk.eye(of: event.nodeID) {
      desk.note(.received, of: eye.node, at: options.clock.wall())
    }
  }

  private var reportDesk: ReportDesk {
    let definition = pipeline.definition
    return ReportDesk(
      store: store, analysis: analysis, limits: definition.decodeLimits, threads: threads,
      maximumWaiting: definition.maximumQueuedObservations, logger: logger)
  }

  /// Repeats a part until everything was looked at, and once more then.
  private func repeated(every seconds: Double, _ part: () async -> Bool) async {
    while true {
      let isLast = facts.withLock { $0.hasLookedAtAll }
      let wasDone = await part()
      if isLast { return }
      // Waiting is cut short by nothing: a run ends within the longest of these times.
      try? await options.clock.sleep(wasDone ? seconds : max(seconds, Self.retrySeconds))
    }
  }

  /// Makes observations durable and settles them.
  func writing(_ settlement: Settlement) async {
    async let reports: Void = workingOnReports()
    async let settling: Void = settle(settlement)
    await repeated(every: Self.flushSeconds) { await desk.intake.flush() }
    await settling
    await reports
  }

  private func settle(_ settlement: Settlement) async {
    await repeated(every: Self.settleSeconds) {
      let began = options.clock.steady()
      do {
        if try await settlement.run() != Settlement.Changes() {
          desk.times.note(options.clock.steady().seconds(since: began), of: .settle)
        }
        return true
      } catch {
        facts.withLock { $0.settlementFailures += 1 }
        logger.error("observations could not be settled now", metadata: ["reason": "\(error)"])
        return false
      }
    }
  }

  private func workingOnReports() async {
    let desk = reportDesk
    await repeated(every: Self.settleSeconds) {
      do {
        _ = try await desk.work()
        return true
      } catch {
        logger.error("reports wait", metadata: ["reason": "\(error)"])
        return false
      }
    }
  }

  /// Tells of changes of nodes: one log line and one stored event each; and keeps what was watched.
  func telling() async {
    var coverageTold = options.clock.steady()
    await repeated(every: Self.tickSeconds) {
      do {
        let now = options.clock.steady()
        let isCoverageDue = now.seconds(since: coverageTold) >= Self.coverageSeconds
        if isCoverageDue { coverageTold = now }
        try await tell(coverage: isCoverageDue)
        return true
      } catch {
        logger.error("changes of nodes could not be kept", metadata: ["reason": "\(error)"])
        return false
      }
    }
  }

  /// - Parameter coverage: also write what was watched.
  func tell(coverage: Bool = true) async throws {
    let entries = desk.watch.tick(at: options.clock.steady()).map(\.entry)
    for entry in entries {
      if entry.kind == .state {
        facts.withLock { $0.stateChanges[entry.state, default: 0] += 1 }
      }
      logger.log(
        level: entry.kind == .alarm ? .warning : .info, "\(entry.words)",
        metadata: ["node": "\(entry.node)", "state": "\(entry.state)", "reason": "\(entry.reason)"])
    }
    try await store.record(history: entries, intervals: coverage ? desk.takeCoverage() : [])
  }

  /// Escalations of open cases, digests, disk.
  func keepingHouse() async {
    let pipeline = pipeline
    var latest: Timestamp?
    await repeated(every: Self.tickSeconds) {
      let now = options.clock.steady()
      guard latest.map({ now.seconds(since: $0) >= Self.houseSeconds }) ?? true else { return true }
      latest = now
      do {
        let wall = options.clock.wall()
        let office = try await CaseOffice(store: store, governance: pipeline.governance, now: wall)
        _ = try await office.escalate(at: wall)
        _ = try await office.takeDigests(at: wall)
        let house = Housekeeping(store: store, retention: pipeline.definition.retention, logger: logger)
        let (free, mayKeep) = try await house.run(at: wall)
        let couldKeep = facts.withLock { facts in
          defer { (facts.freeDiskBytes, facts.mayKeepEvidence) = (free, mayKeep) }
          return facts.mayKeepEvidence
        }
        desk.intake.setKeepsEvidence(mayKeep)
        if mayKeep != couldKeep {
          logger.warning(
            mayKeep ? "evidence is kept again" : "new evidence is not kept: the disk is below its floor",
            metadata: ["free_bytes": "\(free)"])
        }
        return true
      } catch {
        logger.error("housekeeping failed", metadata: ["reason": "\(error)"])
        return false
      }
    }
  }
}

extension NodeWatch.Change {
  /// As it is kept.
  var entry: NodeHistoryEntry {
    let (kind, condition): (NodeHistoryEntry.Kind, NodeCondition) =
      switch change {
      case .condition(let condition, was: _): (.state, condition)
      case .alarm(let condition): (.alarm, condition)
      case .alarmOver(let condition, badSince: _): (.alarmOver, condition)
      }
    return NodeHistoryEntry(
      node: nodeID, time: time, since: condition.since, kind: kind, state: condition.state.rawValue,
      reason: condition.reason)
  }
}

extension NodeHistoryEntry {
  /// The constant message of its log line.
  fileprivate var words: String {
    switch kind {
    case .state: "a node's state changed"
    case .alarm: "a node is away"
    case .alarmOver: "a node is back"
    }
  }
}
