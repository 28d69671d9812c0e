package import FrameMemory
package import InspectionModel
package import PixelKernels

/// What the coarse frames of one source showed so far: turns each next one into findings.
///
/// A value owned by one task. Time comes in with the frames, at any rate from one in ten seconds to thirty a second;
/// all behaviour is in seconds. Everything is integer arithmetic, so that findings are the same on every kernel tier.
/// Nothing is allocated for a frame once all detectors have had work, as long as the caller drops findings before
/// it appends the next frame.
package struct CoarseSource: Sendable {
  private let kernels: PixelKernels
  private let settings: CoarseSettings
  private var scene: CoarseScene?
  private var ledger = EventLedger()
  private var latestTime: Timestamp?
  private var judge: AttentionJudge

  /// - Parameter tier: which instructions the kernels use; changes no finding.
  package init(tier: KernelTier = .best, settings: CoarseSettings = CoarseSettings()) {
    kernels = PixelKernels(tier: tier)
    self.settings = settings
    judge = AttentionJudge(settings: settings)
  }

  /// Takes the next frame of the source.
  ///
  /// - Parameter timestamp: when it was taken.
  package mutating func append(_ frame: CoarseFrame, timestamp: Timestamp) -> CoarseFindings {
    append(frame, timestamp: timestamp) { _ in }
  }

  /// Takes the next frame of the source and tells when each part of its analysis is done, for measuring them.
  package mutating func append(
    _ frame: CoarseFrame, timestamp: Timestamp, partDone: (CoarsePart) -> Void
  ) -> CoarseFindings {
    var findings = CoarseFindings(timestamp: timestamp)
    findings.restart = restartReason(frame, timestamp)
    latestTime = timestamp
    if findings.restart != nil {
      ledger.abandonAll(at: timestamp, into: &findings.events)
      scene = CoarseScene(frame, kernels: kernels, settings: settings)
      judge = AttentionJudge(settings: settings)
    }
    // In place: a scene is too large to be copied for every frame.
    scene?.append(frame, at: timestamp, partDone: partDone)
    let movesUnusually = scene?.report(&findings, &ledger) ?? false
    if let view = scene?.view, view.hasJustMoved {
      findings.restart = .moved
      ledger.abandonAll(but: .moved, at: timestamp, into: &findings.events)
      scene = CoarseScene(frame, kernels: kernels, settings: settings, view: view.afterMove())
    }
    findings.attention = judge.judge(findings, movesUnusually: movesUnusually)
    partDone(.report)
    return findings
  }

  private func restartReason(_ frame: CoarseFrame, _ time: Timestamp) -> CoarseFindings.Restart? {
    guard let scene, let latestTime else { return .firstFrame }
    if frame.format != scene.format { return .otherFormat }
    if time < latestTime { return .backInTime }
    if time.milliseconds(since: latestTime) > settings.longestGapMilliseconds { return .gap }
    return scene.hasKnownRows(of: frame) ? nil : .moreRows
  }
}

/// A part of the analysis of a coarse frame, in the order of their work.
package enum CoarsePart: String, Sendable, CaseIterable {
  /// Kernels of every frame, background and light.
  case measuring
  case motion
  case flicker
  case freeze
  case slowChange = "slow-change"
  case occupancy
  case view
  /// Once a second: detail, darkness, lamps, blur, covers.
  case detail
  case report
}
