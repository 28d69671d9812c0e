package import InspectionModel

/// The life of a case: which steps are allowed, what they do, and why; a pure state machine.
///
/// ```
///  信息采集      案卷建立       任务派遣        任务处理      处理反馈      核查结案     综合评价
///  collected ─► registered ─► dispatched ─► handling ─► feedback ─► checked ─► evaluated
///                 ▲  ▲  └◄─ decline ─┘          ▲           │  │          │          │
///                 │  │        (退单)             └─ returned ◄┘  │          │          │
///                 │  └── hand up                    (退回整改)    after-picture        │
///                 └────────────────────── reopen (new clock) ◄───────────┴──────────┘
///
///  registered, dispatched, handling, returned ◄─► paused (挂账)
///  every open state ─► merged (并案) | void (作废, not a hazard): for good
/// ```
///
/// A command and the case's file go in; events, or a refusal that says what would do, come out. Nothing else changes a
/// case: `CaseFile` is its events folded, so the same events give the same case on every machine and in every replay.
/// - The **table** (`CaseLife.table`) says who may do what in which state: the only place that does.
/// - **Checks** beyond it are in `CaseDecision`: the after-picture shows the same place without the hazard
///   (`+Closing`); tiers keep their order and push down only what is on the list (`+Hands`); the clock of life-safety
///   classes never stops (`+Clock`).
/// - **Clocks** run in `CaseClock`; shares of a limit that have passed become events in `CaseLife+Escalation`.
/// - The handling unit changes only state, words and pictures: its role is in no row that changes anything else.
/// - What is decided outside a case, but by its events: `ThresholdTuning` (no hazard here), `AlarmBudget` (who is told).
package struct CaseLife: Sendable {
  package let governance: Governance

  package init(governance: Governance) { self.governance = governance }

  /// The first event of a case.
  ///
  /// - Parameter order: as `Dispatcher` makes it.
  package func establishment(
    of order: WorkOrder, for incident: Incident, evidence: [CaseEvidence], by actor: CaseActor
  ) -> CaseEvent {
    CaseEvent(
      caseNumber: order.caseNumber, sequence: 1, time: order.establishedAt, actor: actor,
      step: .established(order: order, sighting: CaseSighting(incident), evidence: evidence),
      reason: order.reason)
  }

  /// What a command does to a case: the events to write, in order; none where it brings nothing new.
  ///
  /// - Parameters:
  ///   - time: when it is decided. Clocks of two machines differ a little: a time less than five minutes before the
  ///     last event counts as the time of that event.
  /// - Throws: `CaseRefusal` where the case does not take the command.
  package func events(
    for command: CaseCommand, on file: CaseFile, at time: Timestamp, by actor: CaseActor
  ) throws(CaseRefusal) -> [CaseEvent] {
    let decision = CaseDecision(
      life: self, file: file, command: command, actor: actor, time: max(time, file.lastEventTime))
    let row = Self.transition(command.kind)
    guard row.from.contains(file.status) else { throw decision.refuseState() }
    guard row.roles.contains(actor.role) else {
      let roles = row.roles.map { $0.name(in: .zh) }.joined(separator: "、")
      throw decision.refusal(
        .wrongRole, zh: "须由\(roles)操作，而不是\(actor.role.name(in: .zh))",
        en: "it takes \(row.roles.map(\.rawValue).joined(separator: " or ")), not \(actor.role.rawValue)")
    }
    guard !row.needsReason || command.words?.contains(where: { !$0.isWhitespace }) == true else {
      throw decision.refusal(.missingReason, zh: "须说明理由", en: "it takes a reason in words")
    }
    guard file.lastEventTime.seconds(since: time) < 300 else {
      throw decision.refusal(
        .timeBackwards, zh: "操作时间早于上一步 \(file.lastEventTime.iso8601(in: .shanghai))",
        en: "its time lies before the last step, \(file.lastEventTime.iso8601(in: .shanghai))")
    }
    let steps = try decision.steps()
    return steps.enumerated().map { offset, step in
      CaseEvent(
        caseNumber: file.caseNumber, sequence: file.nextSequence + offset, time: decision.time, actor: actor,
        step: step, reason: decision.reason(row, step))
    }
  }

  /// Merges a case into another one: what to write on both.
  ///
  /// - Throws: `CaseRefusal` of whichever case does not take it.
  package func merge(
    _ file: CaseFile, into survivor: CaseFile, reason: String, at time: Timestamp, by actor: CaseActor
  ) throws(CaseRefusal) -> (merged: [CaseEvent], survivor: [CaseEvent]) {
    let merged = try events(
      for: .merge(into: survivor.caseNumber, reason: reason), on: file, at: time, by: actor)
    let linked = try events(
      for: .linkDuplicate(of: file.caseNumber), on: survivor, at: time, by: actor)
    return (merged, linked)
  }
}
