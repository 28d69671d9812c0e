package import InspectionModel

/// Turns incidents into cases by the governance file: a pure function of incident, file, instant and serial.
package struct Dispatcher: Sendable {
  package let governance: Governance

  package init(governance: Governance) { self.governance = governance }

  /// Whether an incident becomes a case, and where it goes.
  package func decide(_ incident: Incident) -> DispatchDecision {
    guard let rule = governance.rules.first(where: { applies($0, to: incident) }) else {
      preconditionFailure("the last rule of every hazard has no conditions")
    }
    var text = ReasonText()
    text.add(
      zh: "规则 \(rule.id)：\(rule.reason.zh)", en: "rule \(rule.id): \(rule.reason.en)")
    guard case .hazardClass(let key) = rule.outcome, let hazardClass = governance.hazardClass(key) else {
      return .decline(text.reason(rule: rule.id))
    }
    let step = severityStep(of: hazardClass, for: incident)
    let wanted = step?.tiers ?? hazardClass.tiers
    let (tiers, town) = place(incident, wanted: wanted, text: &text)
    if let step { addSeverity(step, to: &text) }
    if incident.state == .suspected {
      text.add(
        zh: "事件为疑似，待人工核实", en: "the incident is suspected and waits for a person's check")
    }
    return .establish(
      CaseRoute(
        hazardClass: hazardClass, steps: rule.steps ?? hazardClass.steps,
        severity: step?.severity ?? hazardClass.severity, tiers: tiers, town: town,
        reason: text.reason(rule: rule.id)))
  }

  /// The series that the case number of an incident comes from: the letter is that of the drone if one saw it, else
  /// of the node, else of the person.
  package func series(of incident: Incident, establishedAt: Timestamp) -> CaseSeries {
    let kinds = incident.witnesses.map(\.kind)
    let kind = WitnessKind.allCases.first(where: kinds.contains) ?? .person
    return CaseSeries(
      divisionCode: governance.divisionCode,
      day: CalendarDay(of: establishedAt, in: governance.calendar.zone), letter: kind.caseLetter)
  }

  /// The case of an incident on its route.
  ///
  /// - Parameters:
  ///   - establishedAt: when the case is established; every limit runs from here.
  ///   - serial: the next free one of `series(of:establishedAt:)`, 1…999,999.
  package func workOrder(
    for incident: Incident, on route: CaseRoute, establishedAt: Timestamp, serial: Int
  ) -> WorkOrder {
    let hazardClass = route.hazardClass
    let deadlines = route.steps.enumerated()
      .map { (order: $0.offset, deadline: deadline(of: $0.element, from: establishedAt)) }
      .sorted { ($0.deadline.due, $0.order) < ($1.deadline.due, $1.order) }.map(\.deadline)
    return WorkOrder(
      caseNumber: series(of: incident, establishedAt: establishedAt).caseNumber(serial: serial),
      incidentID: incident.id, hazard: incident.hazard, hazardClass: hazardClass.key,
      nameZh: hazardClass.name.zh, nameEn: hazardClass.name.en,
      code: WorkOrder.CaseCode(
        code: hazardClass.code, matterCode: governance.divisionCode + hazardClass.code,
        isLocalExtension: hazardClass.isLocalExtension),
      severity: route.severity, status: incident.state == .suspected ? .collected : .registered,
      tiers: route.tiers, department: leadName(of: hazardClass), departmentID: hazardClass.leadDepartmentID,
      supportingDepartments: supportingNames(of: hazardClass, town: route.town), town: route.town,
      establishedAt: establishedAt, deadlines: deadlines,
      reason: reason(of: route, from: establishedAt, to: deadlines.last?.due ?? establishedAt))
  }

  private func deadline(of step: HazardClass.Step, from start: Timestamp) -> WorkOrder.Deadline {
    let words = step.limit.words
    return WorkOrder.Deadline(
      step: step.key, nameZh: step.name.zh, nameEn: step.name.en,
      due: governance.calendar.due(step.limit, from: start), limitZh: words.zh, limitEn: words.en,
      limit: step.limit.text)
  }
}
