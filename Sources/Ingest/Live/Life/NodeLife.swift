package import InspectionModel

/// The life of one node: what its source and the analysis tell, and the passing time, become its state. Pure: time comes
/// in as data and may stand still, never run backwards (an earlier time counts as the latest seen).
///
/// - New pictures count from their arrival. An answer "not modified" shows that the node is there, so that it becomes
///   neither stale nor offline by it; but a node that only answers so for the stale limit is `frozen` with the reason
///   `not_modified`: an unchanged picture is never shown as a live one.
/// - Verdicts (`frozen`, `poor`) count while pictures come; a stale or offline node is that first of all, and the
///   verdicts before the gap are forgotten.
/// - A failed connection alone changes nothing until a limit of time is passed: its code is then the reason.
package struct NodeLife: Sendable, Hashable {
  /// What happens to a node.
  package enum Input: Sendable, Hashable {
    case attempt
    case connected
    case failed(NodeFailure.Code)
    case frame
    case unchanged
    case verdict(ContentVerdict)
    case tick
  }

  package let rules: NodeLifeRules
  package private(set) var condition: NodeCondition
  /// When the newest picture came; `nil` before the first one.
  package private(set) var lastFrame: Timestamp?

  private var now: Timestamp
  private let start: Timestamp
  private var lastAnswer: Timestamp?
  private var lastFailure: NodeFailure.Code?
  /// Since when pictures come without a stale gap.
  private var flowingSince: Timestamp?
  private var verdict = ContentVerdict.sound
  private var verdictSince: Timestamp
  /// The verdict that stood long enough.
  private var settledVerdict = ContentVerdict.sound
  private var badSince: Timestamp?
  private var isAlarmed = false

  /// A node that begins to connect.
  package init(rules: NodeLifeRules, start: Timestamp) {
    self.rules = rules
    self.start = start
    now = start
    verdictSince = start
    condition = NodeCondition(state: .connecting, since: start, reason: "")
  }

  /// Takes what happened and tells what changed by it, in order.
  package mutating func take(_ input: Input, at time: Timestamp) -> [NodeChange] {
    now = max(now, time)
    // What the passed time alone has done comes first: a picture after a long gap does not hide the gap.
    var changes = settle()
    switch input {
    case .attempt, .connected, .tick: break
    case .failed(let code): lastFailure = code
    case .frame: noteFrame()
    case .unchanged: lastAnswer = now
    case .verdict(let new):
      if new != verdict { (verdict, verdictSince) = (new, now) }
    }
    changes += settle()
    return changes
  }

  private mutating func noteFrame() {
    let isGap = lastFrame.map { now.seconds(since: $0) >= rules.staleSeconds } ?? true
    if isGap {
      flowingSince = now
      // What was said of pictures before the gap does not hold for those after it.
      (verdict, verdictSince, settledVerdict) = (.sound, now, .sound)
    }
    (lastFrame, lastAnswer, lastFailure) = (now, now, nil)
  }

  private mutating func settle() -> [NodeChange] {
    if verdict != settledVerdict, now.seconds(since: verdictSince) >= rules.verdictSeconds {
      settledVerdict = verdict
    }
    let next = judged()
    var changes: [NodeChange] = []
    if next.state != condition.state || next.reason != condition.reason {
      changes.append(.condition(next, was: condition))
      condition = next
    }
    return changes + settleAlarm()
  }

  private mutating func settleAlarm() -> [NodeChange] {
    guard condition.state != .live else {
      defer { (badSince, isAlarmed) = (nil, false) }
      return isAlarmed ? [.alarmOver(condition, badSince: badSince ?? condition.since)] : []
    }
    let since = badSince ?? condition.since
    badSince = since
    guard !isAlarmed, now.seconds(since: since) >= rules.alarmSeconds else { return [] }
    isAlarmed = true
    return [.alarm(condition)]
  }

  /// What the facts so far amount to.
  private func judged() -> NodeCondition {
    let seen = lastFrame ?? start
    let frameAge = now.seconds(since: seen)
    let answered = max(seen, lastAnswer ?? seen)
    let isAnswering = lastAnswer != nil && now.seconds(since: answered) < rules.staleSeconds
    if frameAge >= rules.staleSeconds, isAnswering {
      return bad(.frozen, since: seen, reason: "not_modified")
    }
    let silence = now.seconds(since: answered)
    let why = lastFailure?.rawValue ?? "no_frame"
    if silence >= rules.offlineSeconds {
      return bad(.offline, since: answered.advanced(bySeconds: rules.offlineSeconds), reason: why)
    }
    guard lastFrame != nil else {
      return condition.state == .connecting ? condition : bad(.offline, since: now, reason: why)
    }
    if silence >= rules.staleSeconds {
      let since = answered.advanced(bySeconds: rules.staleSeconds)
      // A node on its way back that stops again is as it was.
      return condition.state == .offline ? condition : bad(.stale, since: since, reason: why)
    }
    let isRecovering =
      [.stale, .offline].contains(condition.state)
      && seen.seconds(since: flowingSince ?? seen) < rules.recoverySeconds
    if isRecovering { return condition }
    switch settledVerdict {
    case .frozen: return bad(.frozen, since: verdictSince, reason: "same_picture")
    case .poor(let poorness): return bad(.poor, since: verdictSince, reason: poorness.rawValue)
    case .sound:
      return condition.state == .live ? condition : NodeCondition(state: .live, since: now, reason: "")
    }
  }

  /// A bad state; what already is so keeps its beginning and its first reason, so that one outage is one event.
  private func bad(_ state: NodeState, since: Timestamp, reason: String) -> NodeCondition {
    let keepsReason = state == .stale || state == .offline
    if condition.state == state, keepsReason || condition.reason == reason { return condition }
    return NodeCondition(state: state, since: max(since, start), reason: reason)
  }
}
