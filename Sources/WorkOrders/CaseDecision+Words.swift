import InspectionModel

/// Reasons and refusals in words.
extension CaseDecision {
  func refusal(_ cause: CaseRefusal.Cause, zh: String, en: String) -> CaseRefusal {
    CaseRefusal(
      cause: cause, caseNumber: file.caseNumber, status: order.status, command: command.kind,
      allowed: CaseLife.allowed(in: order.status, for: actor.role).filter { $0 != command.kind },
      explanation: BilingualText(zh: zh, en: en))
  }

  func refuseState() -> CaseRefusal {
    if order.status == .merged || order.status == .void {
      return refusal(.wrongState, zh: "案件已终止", en: "the case is over for good")
    }
    let states = CaseLife.transition(command.kind).from
    return refusal(
      .wrongState, zh: "须先到达“\(states.map { $0.name(in: .zh) }.joined(separator: "”或“"))”",
      en: "it takes the state \(states.map(\.rawValue).joined(separator: " or "))")
  }

  /// Why a step is taken: the row of the table, what the step adds to it, and the words that came with the command.
  func reason(_ row: CaseTransition, _ step: CaseStep) -> WorkOrder.DecisionReason {
    let detail = detail(of: step)
    var (zh, en) = (detail?.zh ?? row.meaning.zh, detail?.en ?? row.meaning.en)
    if let words = command.words?.trimmed, !words.isEmpty {
      zh += "：\(words)"
      en += ": \(words)"
    }
    return WorkOrder.DecisionReason(rule: row.id, zh: zh, en: en)
  }

  /// What a step is about, where the row of its command does not say it.
  private func detail(of step: CaseStep) -> BilingualText? {
    switch step {
    case .seenAgain(let sighting) where sighting.state == .resolved:
      return BilingualText(zh: "复看该地点未见此隐患", en: "later looks at the place did not find it")
    case .checkPassed(let picture): return Self.verdict(picture, isHigh: false)
    case .sentBack(let picture?): return Self.verdict(picture, isHigh: true)
    case .registered where command.kind != .register:
      return BilingualText(zh: "事件已确认，予以立案", en: "the incident is confirmed: the case is registered")
    case .reopened where command.kind == .see:
      return BilingualText(
        zh: "结案之后同一隐患再次被发现，重新立案",
        en: "the hazard was seen after the case was closed: it goes on with a new clock")
    default: return nil
    }
  }

  private static func verdict(_ picture: CaseEvidence, isHigh: Bool) -> BilingualText {
    let (score, threshold) = (picture.score?.decimal ?? "-", picture.threshold?.decimal ?? "-")
    return isHigh
      ? BilingualText(
        zh: "处置后照片评分 \(score)，不低于阈值 \(threshold)，退回整改",
        en: "the after-picture scores \(score), not below the threshold \(threshold): sent back")
      : BilingualText(
        zh: "处置后照片评分 \(score)，低于阈值 \(threshold)，予以结案",
        en: "the after-picture scores \(score), below the threshold \(threshold): closed")
  }
}

extension String {
  /// Without blanks at both ends.
  var trimmed: String {
    let head = drop { $0.isWhitespace }
    return String(head.reversed().drop { $0.isWhitespace }.reversed())
  }
}
