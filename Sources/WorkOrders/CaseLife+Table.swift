package import InspectionModel

/// The table of a case's life.
extension CaseLife {
  private typealias Status = WorkOrder.Status

  /// Merged and void cases are over for good.
  private static let open: [Status] = [
    .collected, .registered, .dispatched, .handling, .feedback, .returned, .paused,
  ]
  private static let living: [Status] = open + [.checked, .evaluated]
  /// States in which somebody has the next step before him and the clock may stand still.
  private static let running: [Status] = [.registered, .dispatched, .handling, .returned]
  private static let desk: [CaseActor.Role] = [.dispatcher, .supervisor]

  /// Every command with the states it is allowed in, where it leads and who may give it: one row each.
  package static let table: [CaseTransition] = links + waysBack + clock + ends + news

  private static let links = [
    row(
      .register, [.collected], [.registered], [.rule, .acceptor, .supervisor],
      zh: "情况属实，予以立案", en: "the report holds: the case is registered"),
    row(
      .dispatch, [.registered], [.dispatched], [.rule] + desk,
      zh: "派遣至主责部门", en: "goes to the department in charge"),
    row(.accept, [.dispatched], [.handling], [.handler], zh: "处置单位接单", en: "the unit takes the case"),
    row(
      .reach, [.dispatched, .handling, .returned], [], [.handler],
      zh: "处置单位完成节点", en: "the unit has done a step that has a limit of its own"),
    row(
      .feedback, [.handling, .returned], [.feedback], [.handler],
      zh: "处置单位反馈已处理", en: "the unit says that it is done"),
    row(
      .check, [.feedback], [.checked, .returned], [.checker],
      zh: "核查处置后照片", en: "the picture taken afterwards decides"),
    row(
      .evaluate, [.checked], [.evaluated], [.rule, .supervisor],
      zh: "结案后综合评价", en: "the closed case is evaluated"),
  ]

  private static let waysBack = [
    row(
      .decline, [.dispatched], [.registered], [.handler], reason: true,
      zh: "处置单位认为不属其职责", en: "the unit says that the case is not its own"),
    row(
      .sendBack, [.feedback], [.returned], [.checker], reason: true,
      zh: "核查不通过", en: "the checker is not content"),
    row(
      .handUp, [.collected] + running, [.registered, .collected], desk, reason: true,
      zh: "本级无法处置，上报上一级", en: "beyond this tier: the tier above takes it"),
    row(
      .handSideways, [.registered, .dispatched, .handling, .returned], [.dispatched], desk, reason: true,
      zh: "转同级其他部门办理", en: "another department of the tier takes it"),
    row(
      .pushDown, [.registered, .dispatched], [.dispatched], desk, reason: true,
      zh: "列入分级分类库，可下派", en: "the class is on the list of what may be pushed down"),
    row(
      .reopen, [.checked, .evaluated], [.registered], [.rule, .acceptor, .checker, .supervisor],
      reason: true, zh: "隐患复现，重新立案", en: "the hazard is back: the case goes on with a new clock"),
  ]

  private static let clock = [
    row(.pause, running, [.paused], desk, reason: true, zh: "挂账，停止计时", en: "the clock stops"),
    row(.resume, [.paused], running, [.rule] + desk, zh: "恢复计时", en: "the clock goes on"),
    row(
      .extend, running, [], desk, reason: true, zh: "批准延期", en: "more time is granted for a step"),
  ]

  private static let ends = [
    row(
      .merge, open, [.merged], [.rule, .acceptor] + desk, reason: true,
      zh: "与另一案件为同一隐患", en: "another case is about the same hazard"),
    row(.void, open, [.void], [.acceptor] + desk, reason: true, zh: "作废", en: "the case is void"),
    row(
      .notAHazard, open, [.void], [.collector, .acceptor, .checker, .supervisor], reason: true,
      zh: "经查看，不是隐患", en: "somebody looked: there is no hazard"),
  ]

  private static let news = [
    row(
      .linkDuplicate, living, [], [.rule, .acceptor] + desk,
      zh: "另一案件并入本案", en: "another case was merged into this one"),
    row(
      .see, living, [.registered], [.rule],
      zh: "同一隐患有新的发现", en: "the same hazard was seen again"),
    row(
      .miss, living, [], [.rule, .collector],
      zh: "复看未见隐患，不据此结案", en: "a look saw nothing; that alone does not close the case"),
    row(
      .confirm, open, [.registered], [.rule, .collector, .acceptor],
      zh: "人工确认属实", en: "a person vouches for the hazard"),
    row(
      .add, open, [], [.rule, .collector, .acceptor, .handler, .checker],
      zh: "补充证据", en: "more pictures"),
    row(
      .note, living, [], CaseActor.Role.allCases, reason: true,
      zh: "备注", en: "words for the record"),
  ]

  private static func row(
    _ command: CaseCommand.Kind, _ from: [Status], _ to: [Status], _ roles: [CaseActor.Role],
    reason: Bool = false, zh: String, en: String
  ) -> CaseTransition {
    CaseTransition(
      command: command, from: from, to: to, roles: roles, needsReason: reason,
      meaning: BilingualText(zh: zh, en: en))
  }

  /// The row of a command.
  package static func transition(_ kind: CaseCommand.Kind) -> CaseTransition {
    guard let row = table.first(where: { $0.command == kind }) else {
      preconditionFailure("the table has a row for every command")
    }
    return row
  }

  /// What may be done with a case in a state, by somebody of a role.
  package static func allowed(
    in status: WorkOrder.Status, for role: CaseActor.Role
  ) -> [CaseCommand.Kind] {
    table.filter { $0.from.contains(status) && $0.roles.contains(role) }.map(\.command)
  }
}
