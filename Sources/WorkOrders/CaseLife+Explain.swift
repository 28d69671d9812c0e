package import InspectionModel

/// A case's life in sentences.
extension CaseLife {
  /// One sentence per event: when, who, what, why, by which rule, and by when what comes next is due.
  package func explain(_ file: CaseFile) -> [BilingualText] {
    file.events.map { event in
      let actor = Self.words(event.actor)
      let step = Self.words(event.step)
      let time = civilText(event.time)
      let (reasonZh, reasonEn) = (Self.clause(event.reason.zh), Self.clause(event.reason.en))
      var zh = "\(time) \(actor.zh)：\(step.zh)。依据 \(event.reason.rule)：\(reasonZh)。"
      var en = "\(time) \(actor.en): \(step.en). By \(event.reason.rule): \(reasonEn)."
      let deadlines = Self.deadlines(of: event.step)
      if !deadlines.isEmpty {
        zh +=
          "时限："
          + deadlines.map { "\($0.nameZh) \(civilText($0.due)) 前（\($0.limitZh)）" }
          .joined(separator: "，") + "。"
        en +=
          " Due: "
          + deadlines.map { "\($0.nameEn) by \(civilText($0.due)) (\($0.limitEn))" }
          .joined(separator: ", ") + "."
      }
      return BilingualText(zh: zh, en: en)
    }
  }

  private func civilText(_ instant: Timestamp) -> String {
    let text = instant.iso8601(in: governance.calendar.zone)
    return "\(text.prefix(10)) \(text.dropFirst(11).prefix(8))"
  }

  /// Without its full stop.
  private static func clause(_ text: String) -> String {
    text.hasSuffix("。") || text.hasSuffix(".") ? String(text.dropLast()) : text
  }

  private static func deadlines(of step: CaseStep) -> [WorkOrder.Deadline] {
    switch step {
    case .established(let order, _, _): order.deadlines
    case .resumed(let deadlines), .reopened(let deadlines), .extended(_, _, let deadlines): deadlines
    default: []
    }
  }

  private static func words(_ actor: CaseActor) -> BilingualText {
    let zh = [actor.tier?.name(in: .zh), actor.name].compactMap { $0 }.joined(separator: "，")
    let en = [actor.tier?.name(in: .en), actor.name].compactMap { $0 }.joined(separator: ", ")
    return BilingualText(
      zh: "\(actor.role.name(in: .zh))（\(zh)）", en: "\(actor.role.name(in: .en)) (\(en))")
  }

  private static func words(_ step: CaseStep) -> BilingualText {
    linkWords(step) ?? changeWords(step) ?? newsWords(step) ?? BilingualText(zh: "备注", en: "note")
  }

  private static func linkWords(_ step: CaseStep) -> BilingualText? {
    switch step {
    case .established(let order, _, let evidence):
      BilingualText(
        zh: "\(order.status == .collected ? "信息采集" : "案卷建立")：\(order.nameZh)，"
          + "\(order.severity.name(in: .zh))，证据 \(evidence.count) 份",
        en: "\(order.status == .collected ? "collected" : "registered"): \(order.nameEn), "
          + "\(order.severity.name(in: .en)), pictures: \(evidence.count)")
    case .registered: BilingualText(zh: "立案", en: "registered")
    case .dispatched(let department, _):
      BilingualText(zh: "派遣至\(department)", en: "dispatched to \(department)")
    case .accepted: BilingualText(zh: "接单，开始处理", en: "accepted, handling begins")
    case .reached(let step): BilingualText(zh: "完成节点“\(step)”", en: "step '\(step)' reached")
    case .feedback(let evidence):
      BilingualText(
        zh: "处理反馈，照片 \(evidence.count) 张", en: "reported as done, pictures: \(evidence.count)")
    case .checkPassed: BilingualText(zh: "核查通过，结案", en: "check passed, closed")
    case .evaluated(let grade):
      BilingualText(zh: "综合评价 \(grade) 分（满分 5 分）", en: "evaluated: \(grade) of 5")
    default: nil
    }
  }

  private static func changeWords(_ step: CaseStep) -> BilingualText? {
    switch step {
    case .declined: BilingualText(zh: "退单", en: "declined")
    case .sentBack: BilingualText(zh: "退回整改", en: "sent back")
    case .handedUp(let from, let to, _):
      BilingualText(
        zh: "由\(from.name(in: .zh))上报至\(to.name(in: .zh))",
        en: "handed up from \(from.name(in: .en)) to \(to.name(in: .en))")
    case .pushedDown(let from, let to, _):
      BilingualText(
        zh: "由\(from.name(in: .zh))下派至\(to.name(in: .zh))",
        en: "pushed down from \(from.name(in: .en)) to \(to.name(in: .en))")
    case .handedSideways(let department, _):
      BilingualText(zh: "转\(department)办理", en: "handed to \(department)")
    case .reopened: BilingualText(zh: "重新立案，时限重新计算", en: "re-opened with a new clock")
    case .paused: BilingualText(zh: "挂账，停止计时", en: "paused, the clock stops")
    case .resumed: BilingualText(zh: "恢复计时", en: "resumed, the clock goes on")
    case .extended(let step, let limit, _):
      BilingualText(
        zh: "节点“\(step)”延期 \(WorkLimit(limit)?.words.zh ?? limit)",
        en: "step '\(step)' extended by \(WorkLimit(limit)?.words.en ?? limit)")
    case .escalated(_, let percent, _, _, let supervisor, let isTakenOver):
      BilingualText(
        zh: "时限已过 \(percent)%" + (supervisor.map { "，\($0.name(in: .zh))督办" } ?? "")
          + (isTakenOver ? "，改由上级直接派遣" : ""),
        en: "\(percent) % of the limit has passed"
          + (supervisor.map { ", supervised by the \($0.name(in: .en))" } ?? "")
          + (isTakenOver ? ", dispatched by the tier above" : ""))
    default: nil
    }
  }

  private static func newsWords(_ step: CaseStep) -> BilingualText? {
    switch step {
    case .merged(let survivor): BilingualText(zh: "并入案件 \(survivor)", en: "merged into \(survivor)")
    case .voided: BilingualText(zh: "作废", en: "void")
    case .notAHazard: BilingualText(zh: "认定非隐患，销案", en: "no hazard: the case is void")
    case .linkedDuplicate(let other):
      BilingualText(zh: "关联重复案件 \(other)", en: "linked to its duplicate \(other)")
    case .seenAgain(let sighting) where sighting.state == .resolved:
      BilingualText(
        zh: "复看未见，视为已消除：此前共 \(sighting.observationCount) 次观测，\(sighting.witnesses.count) 个来源",
        en: "looked for again and not found, taken for gone: \(sighting.observationCount) observations by "
          + "\(sighting.witnesses.count) witnesses before")
    case .seenAgain(let sighting):
      BilingualText(
        zh: "再次发现：共 \(sighting.observationCount) 次观测，\(sighting.witnesses.count) 个来源，"
          + "置信度 \(sighting.confidence.decimal)",
        en: "seen again: \(sighting.observationCount) observations by \(sighting.witnesses.count) "
          + "witnesses, confidence \(sighting.confidence.decimal)")
    case .noLongerSeen(let witness, _):
      BilingualText(
        zh: "\(witness.kind.name(in: .zh)) \(witness.source) 复看未见",
        en: "\(witness.kind.name(in: .en)) \(witness.source) looked and saw nothing")
    case .confirmedByWitness(let witness):
      BilingualText(
        zh: "\(witness.kind.name(in: .zh)) \(witness.source) 确认",
        en: "confirmed by \(witness.kind.name(in: .en)) \(witness.source)")
    case .evidenceAdded(let evidence):
      BilingualText(zh: "补充证据 \(evidence.count) 份", en: "pictures added: \(evidence.count)")
    default: nil
    }
  }
}
