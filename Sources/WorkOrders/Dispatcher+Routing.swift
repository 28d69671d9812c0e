import InspectionModel

/// The single questions of a decision: does a rule apply, where does it lie, how bad is it, whose is it.
extension Dispatcher {
  func applies(_ rule: ClassificationRule, to incident: Incident) -> Bool {
    guard rule.hazard == incident.hazard else { return false }
    if let wanted = rule.timeOfDay, wanted != timeOfDay(of: incident) { return false }
    guard let kind = rule.areaKind else { return true }
    guard let position = incident.place?.position else { return false }
    return governance.knownAreas.contains { $0.kind == kind && $0.area.contains(position) }
  }

  /// Night where the first or the last sighting falls into it.
  private func timeOfDay(of incident: Incident) -> ClassificationRule.TimeOfDay {
    let isNight = [incident.firstSeen, incident.lastSeen].contains { instant in
      let civil = instant.civil(in: governance.calendar.zone)
      return governance.night.contains(minuteOfDay: civil.hour * 60 + civil.minute)
    }
    return isNight ? .night : .day
  }

  /// The worst severity step that an incident reaches; `nil` where it reaches none.
  func severityStep(of hazardClass: HazardClass, for incident: Incident) -> HazardClass.SeverityStep? {
    hazardClass.severitySteps
      .filter {
        incident.peakScore >= $0.peakScore && incident.confidence >= $0.confidence
          && $0.vehicleCount ?? 0 <= incident.vehicleCount ?? 0
      }
      .max { $0.severity < $1.severity }
  }

  func addSeverity(_ step: HazardClass.SeverityStep, to text: inout ReasonText) {
    var zh = "达到“\(step.severity.name(in: .zh))”级：评分不低于 \(step.peakScore.decimal)"
    var en = "severity \(step.severity.name(in: .en)): score at least \(step.peakScore.decimal)"
    zh += "，置信度不低于 \(step.confidence.decimal)"
    en += ", confidence at least \(step.confidence.decimal)"
    if let vehicles = step.vehicleCount {
      zh += "，车辆不少于 \(vehicles) 辆"
      en += ", at least \(vehicles) vehicles"
    }
    text.add(zh: zh, en: en)
  }

  /// Which of the wanted tiers can hold the case, given where it lies; adds the reason.
  ///
  /// A place outside the district and a case without place have no town, so the district holds them.
  func place(
    _ incident: Incident, wanted: [GovernanceTier], text: inout ReasonText
  ) -> (tiers: [GovernanceTier], town: WorkOrder.Town?) {
    let higher = wanted.filter { $0 != .townStreet }
    let withoutTown = higher.isEmpty ? [.district] : higher
    switch TownFinder(governance: governance).find(incident.place) {
    case .noPosition:
      let sources = incident.witnesses.map(\.source)
      text.add(
        zh: "无位置信息，按来源 \(sources.joined(separator: "、")) 由区级受理",
        en: "no position is known: taken by the district for the source \(sources.joined(separator: ", "))")
      return (withoutTown, nil)
    case .outsideDistrict:
      text.add(
        zh: "位置在本区（\(governance.name.zh)）之外，由区级受理",
        en: "outside the district (\(governance.name.en)): the district holds the case")
      return ([.district], nil)
    case .inside(let town, let how):
      text.add(zh: "\(town.nameZh)：\(how.zh)", en: "\(town.nameEn): \(how.en)")
      let tiers = wanted.sorted()
      text.add(
        zh: (tiers.count > 1 ? "同时派至" : "派至") + tiers.map { $0.name(in: .zh) }.joined(separator: "、"),
        en: "goes to " + tiers.map { $0.name(in: .en) }.joined(separator: " and ")
          + (tiers.count > 1 ? " at once" : ""))
      return (tiers, town)
    }
  }

  func leadName(of hazardClass: HazardClass) -> String {
    hazardClass.leadName?.zh ?? governance.department(hazardClass.leadDepartmentID)?.name.zh ?? ""
  }

  /// Names of the supporting units; the local town under its own name where it is known.
  func supportingNames(of hazardClass: HazardClass, town: WorkOrder.Town?) -> [String] {
    hazardClass.supporting.compactMap {
      switch $0 {
      case .department(let id): governance.department(id)?.name.zh
      case .localTown: town?.nameZh ?? "属地镇街"
      }
    }
  }

  /// The route's reason, with a warning where a limit runs into a year whose holidays are not announced.
  func reason(of route: CaseRoute, from start: Timestamp, to end: Timestamp) -> WorkOrder.DecisionReason {
    let onOfficeClock = route.steps.contains { if case .clock = $0.limit { false } else { true } }
    let years = governance.calendar.unannouncedYears(from: start, to: end)
    guard onOfficeClock, !years.isEmpty else { return route.reason }
    var reason = route.reason
    let list = years.map { String($0) }
    reason.zh += "\(list.joined(separator: "、")) 年节假日安排未录入，时限只按周末推算。"
    reason.en += " The holidays of \(list.joined(separator: ", ")) are not on file: only weekends count."
    return reason
  }
}
