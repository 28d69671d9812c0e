package import InspectionModel

/// Who is told of an event.
extension CaseLife {
  /// The notices of an event: to the tiers that hold the case where it is new to them, goes on again, or runs out of
  /// time; to the supervising tier, too, where there is one.
  ///
  /// - Parameter file: the case after the event.
  package func notices(of event: CaseEvent, on file: CaseFile) -> [AlarmNotice] {
    let tiers: [GovernanceTier]
    switch event.step {
    case .established, .reopened: tiers = file.order.tiers
    case .handedUp(_, let to, _), .pushedDown(_, let to, _): tiers = [to]
    case .escalated(_, _, _, let holders, let supervisor, _):
      tiers = Set(holders + (supervisor.map { [$0] } ?? [])).sorted()
    default: tiers = []
    }
    let order = file.order
    let isEmergency =
      governance.hazardClass(order.hazardClass)?.neverPauses == true
      || order.severity >= governance.caseRules.alarms.alwaysFrom
    return tiers.map { tier in
      AlarmNotice(
        caseNumber: event.caseNumber, sequence: event.sequence, tier: tier, time: event.time,
        hazardClass: order.hazardClass, nameZh: order.nameZh, nameEn: order.nameEn,
        severity: order.severity, town: order.town, isEmergency: isEmergency, reason: event.reason)
    }
  }
}
