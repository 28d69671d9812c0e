internal import InspectionModel

/// Whether a full look at a frame is worth its time, and why.
package struct Attention: Sendable, Hashable {
  /// Why, or why not.
  package enum Reason: String, Sendable, Hashable, Codable, CaseIterable {
    /// Nothing is known yet of what the camera sees.
    case firstFrame = "first-frame"
    /// Something began or ended.
    case event
    /// Flames flicker, or something in their colours cannot be judged.
    case flames
    /// Something moves where traffic does not.
    case motion
    /// The network's first look saw a candidate.
    case candidate
    /// The last full look is long ago.
    case overdue
    /// Nothing moves.
    case still
    /// What moves does so where traffic always moves.
    case usualMotion = "usual-motion"
    /// The same was looked at a moment ago.
    case recent
    /// Dark, covered, frozen or cut: a full look would see nothing either.
    case blind
  }

  package var needsFullLook: Bool
  package var reason: Reason

  package init(needsFullLook: Bool, reason: Reason) {
    (self.needsFullLook, self.reason) = (needsFullLook, reason)
  }
}

/// Decides which frames need a full look; takes each that it asks for as looked at.
struct AttentionJudge: Sendable {
  /// What goes on is looked at this often.
  static let flameMilliseconds = 1000
  static let motionMilliseconds = 5000

  private let overdueMilliseconds: Int
  private var lastLook: Timestamp?

  init(settings: CoarseSettings) { overdueMilliseconds = settings.fullLookMilliseconds }

  /// Judges a frame by what it brought.
  ///
  /// - Parameter movesUnusually: whether something moves where traffic does not.
  mutating func judge(_ findings: CoarseFindings, movesUnusually: Bool) -> Attention {
    let attention = decide(findings, movesUnusually: movesUnusually)
    if attention.needsFullLook { lastLook = findings.timestamp }
    return attention
  }

  private func decide(_ findings: CoarseFindings, movesUnusually: Bool) -> Attention {
    func isOld(_ milliseconds: Int) -> Bool {
      lastLook.map { findings.timestamp.milliseconds(since: $0) >= milliseconds } ?? true
    }
    func look(_ reason: Attention.Reason, every milliseconds: Int) -> Attention {
      isOld(milliseconds)
        ? Attention(needsFullLook: true, reason: reason) : Attention(needsFullLook: false, reason: .recent)
    }
    func isBlind(_ condition: SourceCondition) -> Bool {
      condition == .dark || condition == .covered || condition == .frozen
    }
    if findings.seenThousandths == 0 || findings.conditions.contains(where: isBlind) {
      return Attention(needsFullLook: false, reason: .blind)
    }
    if lastLook == nil { return Attention(needsFullLook: true, reason: .firstFrame) }
    if !findings.events.isEmpty { return Attention(needsFullLook: true, reason: .event) }
    if isOld(overdueMilliseconds) { return Attention(needsFullLook: true, reason: .overdue) }
    if findings.flicker != .none { return look(.flames, every: Self.flameMilliseconds) }
    if movesUnusually { return look(.motion, every: Self.motionMilliseconds) }
    return Attention(
      needsFullLook: false, reason: findings.motionThousandths > 0 ? .usualMotion : .still)
  }
}
