/// One step of a case, never changed once it is written.
package struct CaseEvent: Sendable, Hashable, Codable {
  package var caseNumber: String
  /// From 1 without gaps.
  package var sequence: Int
  /// When it was decided; never before the event that it follows.
  package var time: Timestamp
  package var actor: CaseActor
  package var step: CaseStep
  /// Why, in both languages, with the rule that allowed or demanded it.
  package var reason: WorkOrder.DecisionReason

  package init(
    caseNumber: String, sequence: Int, time: Timestamp, actor: CaseActor, step: CaseStep,
    reason: WorkOrder.DecisionReason
  ) {
    self.caseNumber = caseNumber
    self.sequence = sequence
    self.time = time
    self.actor = actor
    self.step = step
    self.reason = reason
  }
}
