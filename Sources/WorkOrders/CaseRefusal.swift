package import InspectionModel

/// A command that a case does not take: what was asked, where the case stands, why not, and what would do.
package struct CaseRefusal: Error, Sendable, Hashable {
  /// Constant words for counting and for exit codes.
  package enum Cause: String, Sendable, Hashable, CaseIterable {
    case wrongState, wrongRole, missingReason, wrongTier, notOnPushDownList, clockNeverPauses
    case unknownDepartment, unknownStep, wrongPicture, wrongCase, wrongValue, timeBackwards
  }

  package let cause: Cause
  package let caseNumber: String
  package let status: WorkOrder.Status
  package let command: CaseCommand.Kind
  /// What the same actor could do in this state.
  package let allowed: [CaseCommand.Kind]
  package let explanation: BilingualText

  /// The whole sentence for people.
  package func text(in language: Language) -> String {
    let names = allowed.map { $0.name.text(in: language) }
    let state = status.name(in: language)
    let what = command.name.text(in: language)
    let why = explanation.text(in: language)
    switch language {
    case .zh:
      let next = names.isEmpty ? "此角色在该状态下没有可用操作" : "可以：" + names.joined(separator: "、")
      return "\(caseNumber)：案件处于“\(state)”，不能“\(what)”：\(why)。\(next)。"
    case .en:
      let next = names.isEmpty ? "nothing for this role" : names.joined(separator: ", ")
      return "\(caseNumber): cannot \(what) in state \(state): \(why). Allowed here: \(next)."
    }
  }
}
