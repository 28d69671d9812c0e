package import InspectionModel

/// One row of the table of a case's life: who may give a command, in which states, and where it leads.
package struct CaseTransition: Sendable, Hashable {
  package let command: CaseCommand.Kind
  package let from: [WorkOrder.Status]
  /// States that the case may be in afterwards; empty where it stays where it is.
  package let to: [WorkOrder.Status]
  package let roles: [CaseActor.Role]
  /// Whether words are demanded.
  package let needsReason: Bool
  /// What the step means, for the record.
  package let meaning: BilingualText

  /// Name under which the record cites the row: `case.accept`.
  package var id: String { "case.\(command.rawValue)" }

  /// `退单: 任务派遣 → 案卷建立 (处置单位; 须说明理由)`.
  package func text(in language: Language) -> String {
    let separator = language == .zh ? "、" : ", "
    let names = { (states: [WorkOrder.Status]) in
      states.map { $0.name(in: language) }.joined(separator: separator)
    }
    let stays = language == .zh ? "状态不变" : "stays"
    let who = roles.map { $0.name(in: language) }.joined(separator: separator)
    let reason = needsReason ? (language == .zh ? "；须说明理由" : "; with a reason") : ""
    let end = to.isEmpty ? stays : names(to)
    return "\(command.name.text(in: language)): \(names(from)) → \(end) (\(who)\(reason))"
  }
}
