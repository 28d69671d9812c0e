package import InspectionModel

extension CaseRecord {
  /// What statistics need of a case whose life is on record.
  ///
  /// - Parameter observations: those of its incident; they tell which kind of witness saw it first.
  package init(_ file: CaseFile, observations: [Observation], position: GeodeticPosition<CGCS2000>?) {
    self.init(file.order, observations: observations, position: position)
    closedAt = file.arrivals.filter { $0.status == .checked }.map(\.time)
    for event in file.events {
      switch event.step {
      case .reopened: reopenedAt.append(event.time)
      case .merged: ending = Ending(reason: .merged, time: event.time)
      case .notAHazard: ending = Ending(reason: .notAHazard, time: event.time)
      case .voided: ending = Ending(reason: .void, time: event.time)
      default: break
      }
    }
  }

  /// What statistics need of a case of which only the order is on record: it was never closed.
  ///
  /// - Parameter observations: those of its incident; they tell which kind of witness saw it first.
  package init(_ order: WorkOrder, observations: [Observation], position: GeodeticPosition<CGCS2000>?) {
    self.init(
      caseNumber: order.caseNumber, hazardClass: order.hazardClass, nameZh: order.nameZh,
      nameEn: order.nameEn,
      town: order.town, departmentID: order.departmentID, department: order.department, tiers: order.tiers,
      severity: order.severity, status: order.status, firstSights: Self.firstSights(in: observations),
      establishedAt: order.establishedAt, due: order.deadlines.map(\.due).max(), closedAt: [], reopenedAt: [],
      ending: nil, position: position)
  }

  /// When each kind of witness first saw what was observed; kinds in order.
  private static func firstSights(in observations: [Observation]) -> [FirstSight] {
    WitnessKind.allCases.compactMap { kind in
      observations.filter { $0.witness.kind == kind }.map(\.phenomenonTime).min().map {
        FirstSight(kind: kind, time: $0)
      }
    }
  }
}
