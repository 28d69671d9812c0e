package import InspectionModel

/// What statistics need to know of one case: plain values, whoever keeps them.
package struct CaseRecord: Sendable, Hashable {
  package var caseNumber: String
  /// Key of the class in the governance file.
  package var hazardClass: String
  package var nameZh: String
  package var nameEn: String
  package var town: WorkOrder.Town?
  package var departmentID: String?
  package var department: String
  /// All that hold it at once.
  package var tiers: [GovernanceTier]
  package var severity: Severity
  package var status: WorkOrder.Status
  /// When each kind of witness first saw the hazard, in any order; empty where nobody knows.
  package var firstSights: [FirstSight]
  package var establishedAt: Timestamp
  /// When its last limit ends; `nil` for a case without one.
  package var due: Timestamp?
  /// Every passed check, in order of time.
  package var closedAt: [Timestamp]
  /// Every re-opening, in order of time.
  package var reopenedAt: [Timestamp]
  /// How it ended otherwise than by a passed check.
  package var ending: Ending?
  package var position: GeodeticPosition<CGCS2000>?

  package init(
    caseNumber: String, hazardClass: String, nameZh: String, nameEn: String, town: WorkOrder.Town?,
    departmentID: String?, department: String, tiers: [GovernanceTier], severity: Severity,
    status: WorkOrder.Status, firstSights: [FirstSight], establishedAt: Timestamp, due: Timestamp?,
    closedAt: [Timestamp], reopenedAt: [Timestamp], ending: Ending?, position: GeodeticPosition<CGCS2000>?
  ) {
    self.caseNumber = caseNumber
    self.hazardClass = hazardClass
    self.nameZh = nameZh
    self.nameEn = nameEn
    self.town = town
    self.departmentID = departmentID
    self.department = department
    self.tiers = tiers
    self.severity = severity
    self.status = status
    self.firstSights = firstSights
    self.establishedAt = establishedAt
    self.due = due
    self.closedAt = closedAt
    self.reopenedAt = reopenedAt
    self.ending = ending
    self.position = position
  }

  /// When a kind of witness first saw the hazard.
  package struct FirstSight: Sendable, Hashable {
    package var kind: WitnessKind
    package var time: Timestamp

    package init(kind: WitnessKind, time: Timestamp) {
      self.kind = kind
      self.time = time
    }
  }

  /// An end without a passed check.
  package struct Ending: Sendable, Hashable {
    /// Why a case ends without a passed check.
    package enum Reason: String, Sendable, Hashable {
      /// Another case goes on for both.
      case merged
      /// Somebody decided that there was no hazard.
      case notAHazard
      case void
    }

    package var reason: Reason
    package var time: Timestamp

    package init(reason: Reason, time: Timestamp) {
      self.reason = reason
      self.time = time
    }
  }
}

extension CaseRecord {
  /// The first who saw the hazard; of equal times the first kind in the order air, ground, person.
  package var firstSight: FirstSight? {
    WitnessKind.allCases.compactMap { kind in
      firstSights.filter { $0.kind == kind }.min { $0.time < $1.time }
    }.min { $0.time < $1.time }
  }

  /// Whether a passed check had closed it by then and nobody had re-opened it since.
  package func isClosed(at time: Timestamp) -> Bool {
    guard let closed = closedAt.last(where: { $0 <= time }) else { return false }
    guard let reopened = reopenedAt.last(where: { $0 <= time }) else { return true }
    return reopened < closed
  }

  /// Whether it had ended otherwise by then.
  func isEnded(at time: Timestamp) -> Bool { ending.map { $0.time <= time } ?? false }

  func isOpen(at time: Timestamp) -> Bool {
    establishedAt <= time && !isClosed(at: time) && !isEnded(at: time)
  }
}
