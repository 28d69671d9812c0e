internal import FrameMemory
internal import HazardAnalysis
internal import Ingest
internal import InspectionModel
internal import PixelKernels
internal import Synchronization

/// What is remembered of one node's pictures: the coarse level's memory, when looks are due, what full looks found.
///
/// Frames of one node are leased to one worker at a time, so the lock never waits for long.
final class NodeEye: Sendable {
  private struct Coarse {
    var source: CoarseSource
    var schedule: FirstLookSchedule
  }

  private struct Full {
    var history: SourceHistory
    var looks: LookTally
    var wantsConfirmation = false
  }

  let node: LiveNode
  let witness: Witness
  private let coarse: Mutex<Coarse>
  private let full: Mutex<Full>

  /// - Parameter phaseMilliseconds: see `FirstLookSchedule`.
  init(
    node: LiveNode, settings: CoarseSettings, tier: KernelTier, phaseMilliseconds: Int,
    confirmation:
      SourceHistory.Confirmation, lookIntervalSeconds: Int
  ) {
    self.node = node
    witness = Witness(kind: .ground, source: node.id)
    coarse = Mutex(
      Coarse(
        source: CoarseSource(tier: tier, settings: settings),
        schedule: FirstLookSchedule(phaseMilliseconds: phaseMilliseconds)))
    full = Mutex(
      Full(
        history: SourceHistory(confirmation: confirmation),
        looks: LookTally(witness: witness, intervalSeconds: lookIntervalSeconds)))
  }

  /// What a coarse frame brought.
  struct Glance {
    var findings: CoarseFindings
    var firstLook: [(hazard: HazardKind, score: HazardScore)] = []
  }

  /// Looks at the node's next frame coarsely, and by the first network where that is due.
  ///
  /// - Parameter firstLook: the worker's.
  func glance(at frame: CoarseFrame, time: Timestamp, firstLook: inout FirstLook) -> Glance {
    coarse.withLock { coarse in
      var findings = coarse.source.append(frame, timestamp: time)
      guard coarse.schedule.isDue(findings) else { return Glance(findings: findings) }
      let scores = firstLook.look(frame)
      findings.attention = coarse.schedule.attention(findings, scores: scores)
      return Glance(findings: findings, firstLook: scores)
    }
  }

  /// What a full look brought.
  struct Verdict {
    var findings: [HazardFinding]
    /// What looks before this one did not find.
    var look: Look?
  }

  /// Takes the measurement of a full look.
  func judge(_ measurement: FrameMeasurement, time: Timestamp) -> Verdict {
    full.withLock { full in
      let update = full.history.append(measurement, timestamp: time)
      let seen = measurement.hazards.filter(\.isSeen).map(\.hazard)
      let look = full.looks.note(measurement.hazards.map(\.hazard), found: seen, at: time)
      full.wantsConfirmation = !Set(update.findings.map(\.hazard)).isSuperset(of: seen)
      return Verdict(findings: update.findings, look: look)
    }
  }

  /// Whether something was seen, but not often enough yet: another look soon tells.
  var wantsConfirmation: Bool { full.withLock { $0.wantsConfirmation } }
}

extension ContentVerdict {
  /// What the coarse level says of the node's picture.
  init(_ conditions: [SourceCondition]) {
    if conditions.contains(.frozen) {
      self = .frozen
    } else if conditions.contains(.covered) {
      self = .poor(.covered)
    } else if conditions.contains(.dark) {
      self = .poor(.dark)
    } else if conditions.contains(.blurred) {
      self = .poor(.blurred)
    } else if conditions.contains(.moved) {
      self = .poor(.moved)
    } else {
      self = .sound
    }
  }
}
