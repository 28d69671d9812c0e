import InspectionModel

/// One command on one case: turns it into steps. The table has allowed it already; here its values are looked at.
struct CaseDecision {
  let life: CaseLife
  let file: CaseFile
  let command: CaseCommand
  let actor: CaseActor
  let time: Timestamp

  var governance: Governance { life.governance }
  var order: WorkOrder { file.order }
  /// `nil` where the class is no longer on file.
  var hazardClass: HazardClass? { governance.hazardClass(order.hazardClass) }

  func steps() throws(CaseRefusal) -> [CaseStep] {
    switch command {
    case .register: return [.registered]
    case .dispatch(let id): return [try dispatch(to: id)]
    case .accept: return [.accepted]
    case .reach(let step): return try reach(step)
    case .feedback(let evidence, _): return [.feedback(evidence: evidence)]
    case .check(let after): return [try check(after)]
    case .evaluate(let grade, _): return [try evaluate(grade)]
    case .decline: return [.declined]
    case .sendBack: return [.sentBack(evidence: nil)]
    case .handUp: return [try handUp()]
    case .handSideways(let id, _): return [try handSideways(to: id)]
    case .pushDown: return [try pushDown()]
    case .reopen: return [reopened()]
    case .pause: return [try pause()]
    case .resume: return [resumed()]
    case .extend(let step, let limit, _): return [try extend(step, by: limit)]
    case .merge(let survivor, _): return [try merge(into: survivor)]
    case .void: return [.voided]
    case .notAHazard: return [.notAHazard]
    case .linkDuplicate(let other): return try link(other)
    case .see(let sighting): return see(sighting)
    case .miss(let witness, let instant): return [.noLongerSeen(by: witness, at: instant)]
    case .confirm(let witness): return confirm(witness)
    case .add(let evidence): return add(evidence)
    case .note: return [.noted]
    }
  }

  private func reach(_ step: String) throws(CaseRefusal) -> [CaseStep] {
    try requireDeadline(step)
    return file.reachedSteps.contains { $0.step == step } ? [] : [.reached(step: step)]
  }

  private func evaluate(_ grade: Int) throws(CaseRefusal) -> CaseStep {
    guard (1...5).contains(grade) else {
      throw refusal(.wrongValue, zh: "评分为 1 至 5，而不是 \(grade)", en: "grades are 1 to 5, not \(grade)")
    }
    return .evaluated(grade: grade)
  }

  private func merge(into survivor: String) throws(CaseRefusal) -> CaseStep {
    guard survivor != file.caseNumber else {
      throw refusal(.wrongCase, zh: "案件不能并入自身", en: "a case is not merged into itself")
    }
    return .merged(into: survivor)
  }

  private func link(_ other: String) throws(CaseRefusal) -> [CaseStep] {
    guard other != file.caseNumber else {
      throw refusal(.wrongCase, zh: "案件不是自身的重复案件", en: "a case is no duplicate of itself")
    }
    return file.duplicates.contains(other) ? [] : [.linkedDuplicate(of: other)]
  }

  /// New sightings register a case that waited for a second look, and re-open one that was closed before them.
  private func see(_ sighting: CaseSighting) -> [CaseStep] {
    guard sighting != file.sighting else { return [] }
    let news = CaseStep.seenAgain(sighting: sighting)
    if let closedAt = file.closedAt, sighting.lastSeen > closedAt { return [news, reopened()] }
    return order.status == .collected && sighting.state == .confirmed ? [news, .registered] : [news]
  }

  private func confirm(_ witness: Witness) -> [CaseStep] {
    let isKnown = file.sighting.state == .confirmed && file.sighting.witnesses.contains(witness)
    let news = isKnown ? [] : [CaseStep.confirmedByWitness(by: witness)]
    return order.status == .collected ? news + [.registered] : news
  }

  private func add(_ evidence: [CaseEvidence]) -> [CaseStep] {
    let fresh = evidence.filter { !file.evidence.contains($0) }
    return fresh.isEmpty ? [] : [.evidenceAdded(evidence: fresh)]
  }
}
