package import InspectionModel

/// When the first look is due at the frames of one source, and what follows from it.
package struct FirstLookSchedule: Sendable {
  /// Every source is looked at so often at least.
  package static let periodMilliseconds = 1000
  /// A candidate that stays is looked at in full so often.
  package static let candidateMilliseconds = 5000

  private var latest: Timestamp?
  private var asked: Timestamp?
  private let phaseMilliseconds: Int

  /// - Parameter phaseMilliseconds: by how much sooner than after a whole period the second look comes: sources that
  ///   began together are then not all looked at together.
  package init(phaseMilliseconds: Int = 0) { self.phaseMilliseconds = phaseMilliseconds }

  /// Whether the frame with these findings is to be looked at; takes it as looked at where it is.
  ///
  /// A blind camera shows nothing to look at.
  package mutating func isDue(_ findings: CoarseFindings) -> Bool {
    guard findings.attention.reason != .blind else { return false }
    let isOld = latest.map { findings.timestamp.milliseconds(since: $0) >= Self.periodMilliseconds } ?? true
    guard isOld || findings.attention.needsFullLook else { return false }
    let phase = latest == nil ? Int64(phaseMilliseconds) : 0
    latest = findings.timestamp.advanced(byNanoseconds: -phase * 1_000_000)
    return true
  }

  /// What the looked-at frame deserves, by the coarse level and the first look together.
  package mutating func attention(
    _ findings: CoarseFindings, scores: [(hazard: HazardKind, score: HazardScore)]
  ) -> Attention {
    if findings.attention.needsFullLook {
      asked = findings.timestamp
      return findings.attention
    }
    guard scores.contains(where: { $0.score >= FirstLook.threshold }) else { return findings.attention }
    let isOld = asked.map { findings.timestamp.milliseconds(since: $0) >= Self.candidateMilliseconds } ?? true
    guard isOld else { return findings.attention }
    asked = findings.timestamp
    return Attention(needsFullLook: true, reason: .candidate)
  }
}
