internal import FrameMemory
internal import InspectionModel
internal import PixelKernels

/// All that is learnt of one view of one camera: the measuring and the detectors.
struct CoarseScene: Sendable {
  let format: CoarseFormat
  /// Seen tiles of the frame that showed most.
  private let knownCount: Int
  private var meter: CoarseMeter
  private var motion: MotionDetector
  private var freeze: FreezeDetector
  private var flicker: FlickerDetector
  private var slow: SlowChangeDetector

  /// - Parameter frame: the first; it is appended thereafter.
  init(_ frame: CoarseFrame, kernels: PixelKernels, settings: CoarseSettings) {
    format = frame.format
    meter = CoarseMeter(frame.format, kernels: kernels)
    let count = meter.tiles.grid.count
    knownCount = meter.tiles.tiling.seenCount(completeRows: frame.completeRows)
    motion = MotionDetector(tileCount: count)
    freeze = FreezeDetector(tileCount: count)
    flicker = FlickerDetector(tiling: meter.tiles.tiling)
    slow = SlowChangeDetector(tileCount: count, settings: settings)
  }

  /// Whether a frame shows no tile that the first frame did not show.
  func hasKnownRows(of frame: CoarseFrame) -> Bool {
    meter.tiles.tiling.seenCount(completeRows: frame.completeRows) <= knownCount
  }

  mutating func append(_ frame: CoarseFrame, at time: Timestamp) {
    meter.measure(frame, at: time, wantsDistances: motion.wantsDistances)
    guard meter.tiles.seenCount > 0 else { return }
    motion.append(meter.tiles, at: time)
    flicker.append(meter.tiles, at: time)
    if meter.isStep { freeze.append(meter.tiles, frame: frame, at: time, kernels: meter.kernels) }
    slow.append(
      meter.tiles, frame: frame, at: time, isTraffic: [], isHeld: false, kernels: meter.kernels)
  }

  /// Adds what the frame that was appended last brought.
  func report(_ findings: inout CoarseFindings, _ ledger: inout EventLedger) {
    let time = findings.timestamp
    findings.seenThousandths = 1000 * meter.tiles.seenCount / meter.tiles.grid.count
    guard meter.tiles.seenCount > 0 else { return }
    findings.motionThousandths = motion.shareThousandths
    findings.movingRegions = motion.boxes
    findings.flicker = flicker.state.isOn ? .flames : flicker.canJudge ? .none : .cannotJudge
    findings.flickerRegions = flicker.boxes
    ledger.update(
      .flames, flicker.state, region: flicker.boxes.first ?? .whole, at: time, into: &findings.events)
    ledger.update(
      .frozen, isOn: freeze.isFrozen, since: freeze.since ?? time, at: time, into: &findings.events)
    report(slow.changes, &findings, &ledger)
    if freeze.isFrozen { findings.conditions.append(.frozen) }
  }

  private func report(
    _ changes: ChangedGroups, _ findings: inout CoarseFindings, _ ledger: inout EventLedger
  ) {
    findings.slowChanges = changes.list
    for (number, change) in zip(changes.numbers, changes.list) {
      ledger.update(
        .slowChange, instance: number, isOn: true, since: change.since, region: change.box,
        at: findings.timestamp, into: &findings.events)
    }
    for number in changes.ended {
      ledger.update(
        .slowChange, instance: number, isOn: false, since: findings.timestamp, at: findings.timestamp,
        into: &findings.events)
    }
    for number in changes.abandoned {
      ledger.abandon(.slowChange, instance: number, at: findings.timestamp, into: &findings.events)
    }
  }
}
