internal import FrameMemory
internal import InspectionModel
internal import PixelKernels

/// All that is learnt of one view of one camera: the measuring and the detectors.
struct CoarseScene: Sendable {
  let format: CoarseFormat
  /// Seen tiles of the frame that the scene began with.
  private let knownCount: Int
  private var meter: CoarseMeter
  private var motion: MotionDetector
  private var freeze: FreezeDetector
  private var flicker: FlickerDetector
  private var slow: SlowChangeDetector
  private var occupancy: OccupancyDetector
  private(set) var view: ViewDetector
  /// What is measured once a second, in between the other detectors' steps.
  private var detailClock = StepClock(periodMilliseconds: 1000, phaseMilliseconds: 400)
  private var detail = TileDetail()
  private var usual: UsualDetail
  private var light = LightDetector()
  private var lamps: LampWatch
  private var blur = BlurDetector()
  private var cover: CoverDetector
  private var movesUnusually = false

  /// - Parameters:
  ///   - frame: shows format and rows; it is not appended here.
  ///   - view: what tells whether the camera is moved, where it goes on from the scene before.
  init(_ frame: CoarseFrame, kernels: PixelKernels, settings: CoarseSettings, view: ViewDetector? = nil) {
    format = frame.format
    meter = CoarseMeter(frame.format, kernels: kernels)
    let count = meter.tiles.grid.count
    knownCount = meter.tiles.tiling.seenCount(completeRows: frame.completeRows)
    motion = MotionDetector(tileCount: count)
    freeze = FreezeDetector(tileCount: count)
    flicker = FlickerDetector(tiling: meter.tiles.tiling)
    slow = SlowChangeDetector(tileCount: count, settings: settings)
    occupancy = OccupancyDetector(tileCount: count, settings: settings)
    usual = UsualDetail(tileCount: count)
    lamps = LampWatch(tileCount: count, settings: settings)
    cover = CoverDetector(tileCount: count)
    self.view = view ?? ViewDetector()
  }

  /// Whether a frame shows no tile that the first frame did not show.
  func hasKnownRows(of frame: CoarseFrame) -> Bool {
    meter.tiles.tiling.seenCount(completeRows: frame.completeRows) <= knownCount
  }

  /// - Parameter partDone: is told when each part is done.
  mutating func append(_ frame: CoarseFrame, at time: Timestamp, partDone: (CoarsePart) -> Void) {
    meter.measure(frame, at: time, wantsDistances: motion.wantsDistances)
    partDone(.measuring)
    guard meter.tiles.seenCount > 0 else { return }
    motion.append(meter, at: time)
    partDone(.motion)
    flicker.append(meter.tiles, at: time)
    partDone(.flicker)
    movesUnusually = motion.moves(outside: occupancy.surroundings, count: meter.tiles.seenCount)
    // What takes its time is judged for the frames that stand for a step.
    guard meter.isStep else { return }
    freeze.append(meter.tiles, frame: frame, at: time, kernels: meter.kernels)
    partDone(.freeze)
    slow.append(
      meter.tiles, frame: frame, at: time, traffic: occupancy, isHeld: isDisturbed, kernels: meter.kernels)
    partDone(.slowChange)
    // What is before the lens hides the road and does not stand on it.
    if cover.hides { occupancy.hold() } else { occupancy.append(meter, motion: motion, slow: slow, at: time) }
    partDone(.occupancy)
    view.append(meter.tiles, at: time, kernels: meter.kernels)
    partDone(.view)
    if let elapsed = detailClock.step(at: time) { judgeDetail(frame, elapsed: elapsed, at: time) }
    partDone(.detail)
  }

  private mutating func judgeDetail(_ frame: CoarseFrame, elapsed: Int, at time: Timestamp) {
    let tiles = meter.tiles
    detail.measure(tiles, frame, kernels: meter.kernels)
    usual.follow(quantizer: tiles.quantizer)
    light.append(tiles, detail, at: time)
    lamps.append(tiles, detail, motion: motion.marks, elapsed: elapsed, at: time)
    let isComparable = usual.isComparable(detail.light) && tiles.isWhole
    if isComparable { blur.measure(tiles, detail, usual, motion: motion.marks) }
    cover.append(
      tiles, detail, usual, gradientHundredths: isComparable ? blur.gradientHundredths : nil,
      isDark: light.isDark, elapsed: elapsed, at: time)
    if isComparable { blur.judge(isHidden: cover.hides, elapsed: elapsed, at: time) }
    let isGood = !isDisturbed && (!isComparable || blur.isUsual)
    if !detail.light.isNight, isGood || !usual.isKnown { usual.learn(tiles, detail) }
  }

  /// Whether the picture is so unlike its usual look that nothing should be learnt of it.
  private var isDisturbed: Bool {
    view.isInDoubt || blur.fellSuddenly || blur.state.isOn || cover.hides
  }

  /// Adds what the frame that was appended last brought.
  func report(_ findings: inout CoarseFindings, _ ledger: inout EventLedger) -> Bool {
    findings.seenThousandths = 1000 * meter.tiles.seenCount / meter.tiles.grid.count
    guard meter.tiles.seenCount > 0 else { return false }
    findings.motionThousandths = motion.shareThousandths
    findings.movingRegions = motion.boxes
    findings.showsFlameColours = meter.tiles.showsFlame
    findings.flicker = flicker.state.isOn ? .flames : flicker.canJudge ? .none : .cannotJudge
    findings.flickerRegions = flicker.boxes
    findings.occupiedThousandths = occupancy.occupiedThousandths
    findings.congestedRegions = occupancy.boxes
    findings.coveredRegions = cover.boxes
    let time = findings.timestamp
    ledger.update(
      .flames, flicker.state, region: flicker.boxes.first ?? .whole, at: time, into: &findings.events)
    ledger.update(
      .congestion, occupancy.state, region: occupancy.boxes.first ?? .whole, at: time,
      into: &findings.events)
    reportCamera(&findings, &ledger)
    report(slow.changes, &findings, &ledger)
    report(lamps, &findings, &ledger)
    return movesUnusually
  }
}

extension CoarseScene {
  /// What is wrong with the camera.
  private func reportCamera(_ findings: inout CoarseFindings, _ ledger: inout EventLedger) {
    let time = findings.timestamp
    let isCovered = cover.whole.isOn
    ledger.update(
      .frozen, isOn: freeze.isFrozen, since: freeze.since ?? time, at: time, into: &findings.events)
    // A cover by day is no lack of light.
    ledger.update(
      .dark, isOn: light.dark.isOn && !isCovered, since: light.dark.since ?? time, at: time,
      into: &findings.events)
    ledger.update(.covered, cover.whole, at: time, into: &findings.events)
    ledger.update(
      .partlyCovered, cover.part, region: cover.boxes.first ?? .whole, at: time, into: &findings.events)
    ledger.update(.blurred, blur.state, at: time, into: &findings.events)
    ledger.update(.moved, view.state, at: time, into: &findings.events)
    // In the order of their names.
    if blur.state.isOn { findings.conditions.append(.blurred) }
    if isCovered { findings.conditions.append(.covered) }
    if light.dark.isOn, !isCovered { findings.conditions.append(.dark) }
    if freeze.isFrozen { findings.conditions.append(.frozen) }
    if view.state.isOn { findings.conditions.append(.moved) }
    if cover.part.isOn { findings.conditions.append(.partlyCovered) }
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

  private func report(
    _ watch: LampWatch, _ findings: inout CoarseFindings, _ ledger: inout EventLedger
  ) {
    let time = findings.timestamp
    for outage in watch.outages {
      findings.lampsOut += outage.lampCount
      ledger.update(
        outage.isRow ? .lampRowOut : .lampOut, instance: outage.number, isOn: true, since: outage.since,
        region: outage.box, at: time, into: &findings.events)
    }
    for outage in watch.ended {
      ledger.update(
        outage.isRow ? .lampRowOut : .lampOut, instance: outage.number, isOn: false, since: time, at: time,
        into: &findings.events)
    }
  }
}
