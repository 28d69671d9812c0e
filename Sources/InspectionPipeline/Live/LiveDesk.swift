internal import FrameMemory
internal import HazardAnalysis
internal import ImageCodecs
internal import Ingest
internal import InspectionModel
internal import InspectionStore
internal import Logging
internal import PixelKernels
internal import Synchronization

/// What all workers of a live run share: the nodes' memories, the wishes for full looks, and where results go.
final class LiveDesk: Sendable {
  /// What is counted of the run as a whole and by node.
  struct Counts: Sendable {
    /// Frames that the coarse level looked at, by node.
    var looked: [String: Int] = [:]
    var firstLooks = 0
    var fullLooks = 0
    /// Full looks by wish.
    var fullLooksByWish: [String: Int] = [:]
    /// Pictures that could not be read, by node and code.
    var unreadable: [String: [String: Int]] = [:]
  }

  let clock: LiveClock
  let times: StageTimes
  let intake: ObservationIntake
  let watch: NodeWatch
  let logger: Logger
  private let eyes: Mutex<[String: NodeEye]>
  private let looks: Mutex<FullLookQueue>
  private let coverage: Mutex<CoverageLedger>
  private let counted = Mutex(Counts())
  /// Called when a full look is wanted.
  private let wake: @Sendable () -> Void

  init(
    clock: LiveClock, times: StageTimes, intake: ObservationIntake, watch: NodeWatch, eyes: [String: NodeEye],
    limits: FullLookQueue.Limits, logger: Logger, wake: @escaping @Sendable () -> Void
  ) {
    self.clock = clock
    self.times = times
    self.intake = intake
    self.watch = watch
    self.eyes = Mutex(eyes)
    looks = Mutex(FullLookQueue(limits: limits))
    coverage = Mutex(CoverageLedger(gapSeconds: 5))
    self.logger = logger
    self.wake = wake
  }

  var counts: Counts { counted.withLock { $0 } }
  var waitingLooks: (count: Int, bytes: Int) { looks.withLock { ($0.count, $0.byteCount) } }

  func eye(of node: String) -> NodeEye? { eyes.withLock { $0[node] } }

  /// Takes over the memories of changed nodes; those that stay go on.
  func change(_ eyes: [String: NodeEye], limits: FullLookQueue.Limits) {
    self.eyes.withLock { old in
      old = eyes.mapValues { eye in old[eye.node.id].flatMap { $0.node == eye.node ? $0 : nil } ?? eye }
    }
    looks.withLock { looks in
      looks.limits = limits
      for node in looks.waitingNodes where eyes[node] == nil { looks.forget(node) }
    }
  }

  /// A frame of a node as the coarse level shows it.
  func take(_ coarse: CoarseFrame, of frame: LiveFrame, firstLook: inout FirstLook) {
    guard let eye = eye(of: frame.nodeID) else { return }
    let time = frame.time
    let now = clock.steady()
    let glance = eye.glance(at: coarse, time: time, firstLook: &firstLook)
    watch.take(ContentVerdict(glance.findings.conditions), of: frame.nodeID, at: now)
    counted.withLock { counts in
      counts.looked[frame.nodeID, default: 0] += 1
      if !glance.firstLook.isEmpty { counts.firstLooks += 1 }
    }
    note(.looked, of: eye.node, at: time)
    offerEvents(glance.findings.events, of: frame, eye, time: time)
    if let wish = wish(for: glance.findings.attention, of: eye, now) { want(frame, wish, now) }
  }

  /// A frame that the coarse level does not read.
  func takeWithoutGlance(_ frame: LiveFrame) {
    let now = clock.steady()
    counted.withLock { $0.looked[frame.nodeID, default: 0] += 1 }
    if let eye = eye(of: frame.nodeID) { note(.looked, of: eye.node, at: frame.time) }
    want(frame, .motion, now)
  }

  /// A frame of which nothing can be read.
  func refuse(_ frame: LiveFrame, _ error: ImageError) {
    counted.withLock { $0.unreadable[frame.nodeID, default: [:]][error.code.rawValue, default: 0] += 1 }
    logger.debug(
      "a picture cannot be read", metadata: ["node": "\(frame.nodeID)", "reason": "\(error)"])
  }

  private func wish(
    for attention: Attention, of eye: NodeEye, _ now: Timestamp
  ) -> FullLookQueue.Wish? {
    if attention.reason == .blind { return nil }
    if looks.withLock({ $0.isOverdue(eye.node.id, at: now) }) { return .overdue }
    guard attention.needsFullLook else { return eye.wantsConfirmation ? .candidate : nil }
    return switch attention.reason {
    case .event, .flames: .event
    case .candidate: .candidate
    case .firstFrame, .overdue: .overdue
    case .motion, .still, .usualMotion, .recent, .blind: .motion
    }
  }

  func want(_ frame: LiveFrame, _ wish: FullLookQueue.Wish, _ now: Timestamp) {
    looks.withLock { $0.want(frame, wish, at: now) }
    wake()
  }

  /// The next full look; `nil` while none is wanted, the budget is spent or the store cannot take more.
  func nextLook() -> (frame: LiveFrame, wish: FullLookQueue.Wish)? {
    guard !intake.isFull else { return nil }
    return looks.withLock { $0.take(at: clock.steady()) }
  }

  /// Seconds after which asking for the next look is worth while.
  var secondsToNextLook: Double {
    looks.withLock { $0.count == 0 ? 1 : max(0.02, $0.secondsToBudget(at: clock.steady())) }
  }

  func countFullLook(_ wish: FullLookQueue.Wish, of node: LiveNode, at time: Timestamp) {
    counted.withLock { counts in
      counts.fullLooks += 1
      counts.fullLooksByWish["\(wish)", default: 0] += 1
    }
    note(.fullyLooked, of: node, at: time)
  }

  func note(_ step: CoverageLedger.Step, of node: LiveNode, at time: Timestamp) {
    let quality = watch.quality(of: node.id)
    coverage.withLock {
      $0.note(step, of: node.id, quality: quality, period: node.periodSeconds, at: time)
    }
  }

  func takeCoverage() -> [WatchInterval] { coverage.withLock { $0.takeChanged() } }

  private func offerEvents(_ events: [CoarseEvent], of frame: LiveFrame, _ eye: NodeEye, time: Timestamp) {
    let findings = CoarseHazards.findings(of: events)
    guard !findings.isEmpty else { return }
    let sha256 = frame.sha256
    intake.offer(
      ObservationIntake.Sighting(
        observations: NodeObservations(node: eye.node, witness: eye.witness).observations(
          of: findings, in: frame, sha256: sha256, procedure: CoarseHazards.procedure, time: time,
          timeSource: .arrival, now: clock.wall()),
        looks: [], evidence: frame.bytes, sha256: sha256, name: "\(frame.nodeID)-\(frame.sequence).jpg",
        arrival: frame.arrival))
  }
}

extension LiveFrame {
  /// When the picture counts as taken: its arrival, since a node's own clock may be wrong by any amount.
  var time: Timestamp { arrival }
}
