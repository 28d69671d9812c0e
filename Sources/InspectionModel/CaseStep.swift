/// What happened in one step of a case, with its results.
///
/// A step carries what was decided (deadlines, tiers, department), not what it was decided by: a case reads the same
/// after the governance file was edited, and is put together again without that file. Stored as JSON: names of cases
/// and of their values never change; a new value is optional.
package enum CaseStep: Sendable, Hashable, Codable {
  // The seven links.
  /// 信息采集 or, where the incident is confirmed, 案卷建立 at once.
  case established(order: WorkOrder, sighting: CaseSighting, evidence: [CaseEvidence])
  /// 案卷建立 (立案).
  case registered
  /// 任务派遣, to the department named.
  case dispatched(department: String, departmentID: String?)
  /// 任务处理 begins: the unit took the case.
  case accepted
  /// A step with a limit of its own is done, such as `barrier`.
  case reached(step: String)
  /// 处理反馈: the unit says that it is done, with the pictures it has.
  case feedback(evidence: [CaseEvidence])
  /// 核查结案: the after-picture shows the place without the hazard.
  case checkPassed(evidence: CaseEvidence)
  /// 综合评价, 1 (bad) … 5 (good).
  case evaluated(grade: Int)

  // Ways back and to the side.
  /// 退单: the unit says that the case is not its own.
  case declined
  /// 退回整改: the check failed; by picture, or by the checker's own look (`nil`).
  case sentBack(evidence: CaseEvidence?)
  /// The tier above holds the case now.
  case handedUp(from: GovernanceTier, to: GovernanceTier, tiers: [GovernanceTier])
  /// Another department of the same tier holds the case now.
  case handedSideways(department: String, departmentID: String?)
  /// The tier below holds the case now.
  case pushedDown(from: GovernanceTier, to: GovernanceTier, tiers: [GovernanceTier])
  /// A closed case goes on, with a new clock.
  case reopened(deadlines: [WorkOrder.Deadline])

  // The clock.
  /// 挂账: the clock stops.
  case paused
  /// The clock goes on; what is left of every limit runs from here.
  case resumed(deadlines: [WorkOrder.Deadline])
  /// 延期 of one step by a limit such as `2 working d`.
  case extended(step: String, by: String, deadlines: [WorkOrder.Deadline])
  /// A share of a step's limit has passed, at `since`; what follows is in `tiers` and `supervisedBy`.
  case escalated(
    step: String, percent: Int, since: Timestamp, tiers: [GovernanceTier], supervisedBy: GovernanceTier?,
    isTakenOver: Bool)

  // Ends without handling.
  /// 并案: another case goes on for both.
  case merged(into: String)
  /// 作废.
  case voided
  /// Somebody looked: there is no hazard.
  case notAHazard

  // What comes in from outside.
  /// Another case was merged into this one.
  case linkedDuplicate(of: String)
  /// The incident has new sightings.
  case seenAgain(sighting: CaseSighting)
  /// Somebody looked and saw nothing.
  case noLongerSeen(by: Witness, at: Timestamp)
  /// A person vouches for the hazard.
  case confirmedByWitness(by: Witness)
  /// More pictures.
  case evidenceAdded(evidence: [CaseEvidence])
  /// Words for the record only.
  case noted
}
