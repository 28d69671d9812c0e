package import InspectionModel

/// What somebody wants to be done with a case. `CaseLife` turns it into events or refuses it.
package enum CaseCommand: Sendable, Hashable {
  case register
  /// To a department by id; `nil` for the one that the case names.
  case dispatch(departmentID: String?)
  case accept
  case reach(step: String)
  case feedback(evidence: [CaseEvidence], note: String)
  /// With the picture taken after the handling.
  case check(after: CaseEvidence)
  case evaluate(grade: Int, note: String)

  case decline(reason: String)
  case sendBack(reason: String)
  case handUp(reason: String)
  case handSideways(departmentID: String, reason: String)
  case pushDown(reason: String)
  case reopen(reason: String)

  case pause(reason: String)
  case resume
  case extend(step: String, by: WorkLimit, reason: String)

  case merge(into: String, reason: String)
  case void(reason: String)
  case notAHazard(reason: String)

  case linkDuplicate(of: String)
  case see(CaseSighting)
  case miss(by: Witness, at: Timestamp)
  case confirm(by: Witness)
  case add(evidence: [CaseEvidence])
  case note(String)

  /// A command without its values, as the command line and the table of transitions name it.
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    case register, dispatch, accept, reach, feedback, check, evaluate
    case decline, sendBack, handUp, handSideways, pushDown, reopen
    case pause, resume, extend
    case merge, void, notAHazard
    case linkDuplicate, see, miss, confirm, add, note

    /// Name for people.
    package var name: BilingualText {
      switch self {
      case .register: BilingualText(zh: "立案", en: "register")
      case .dispatch: BilingualText(zh: "派遣", en: "dispatch")
      case .accept: BilingualText(zh: "接单", en: "accept")
      case .reach: BilingualText(zh: "完成节点", en: "reach a step")
      case .feedback: BilingualText(zh: "处理反馈", en: "report back")
      case .check: BilingualText(zh: "核查", en: "check")
      case .evaluate: BilingualText(zh: "综合评价", en: "evaluate")
      case .decline: BilingualText(zh: "退单", en: "decline")
      case .sendBack: BilingualText(zh: "退回整改", en: "send back")
      case .handUp: BilingualText(zh: "上报", en: "hand up")
      case .handSideways: BilingualText(zh: "转办", en: "hand sideways")
      case .pushDown: BilingualText(zh: "下派", en: "push down")
      case .reopen: BilingualText(zh: "重新立案", en: "re-open")
      case .pause: BilingualText(zh: "挂账", en: "pause")
      case .resume: BilingualText(zh: "恢复计时", en: "resume")
      case .extend: BilingualText(zh: "延期", en: "extend")
      case .merge: BilingualText(zh: "并案", en: "merge")
      case .void: BilingualText(zh: "作废", en: "void")
      case .notAHazard: BilingualText(zh: "认定非隐患", en: "decide that it is no hazard")
      case .linkDuplicate: BilingualText(zh: "关联重复案件", en: "link a duplicate")
      case .see: BilingualText(zh: "补充发现", en: "add sightings")
      case .miss: BilingualText(zh: "复看未见", en: "record a look that saw nothing")
      case .confirm: BilingualText(zh: "人工确认", en: "confirm")
      case .add: BilingualText(zh: "补充证据", en: "add evidence")
      case .note: BilingualText(zh: "备注", en: "note")
      }
    }
  }

  package var kind: Kind {
    switch self {
    case .register: .register
    case .dispatch: .dispatch
    case .accept: .accept
    case .reach: .reach
    case .feedback: .feedback
    case .check: .check
    case .evaluate: .evaluate
    case .decline: .decline
    case .sendBack: .sendBack
    case .handUp: .handUp
    case .handSideways: .handSideways
    case .pushDown: .pushDown
    case .reopen: .reopen
    case .pause: .pause
    case .resume: .resume
    case .extend: .extend
    case .merge: .merge
    case .void: .void
    case .notAHazard: .notAHazard
    case .linkDuplicate: .linkDuplicate
    case .see: .see
    case .miss: .miss
    case .confirm: .confirm
    case .add: .add
    case .note: .note
    }
  }

  /// The words that somebody gave for it; `nil` where the command takes none.
  package var words: String? {
    switch self {
    case .feedback(_, let words), .evaluate(_, let words), .decline(let words), .sendBack(let words),
      .handUp(let words), .handSideways(_, let words), .pushDown(let words), .reopen(let words),
      .pause(let words), .extend(_, _, let words), .merge(_, let words), .void(let words),
      .notAHazard(let words), .note(let words):
      words
    default: nil
    }
  }
}
