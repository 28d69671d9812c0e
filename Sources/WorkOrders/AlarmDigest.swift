package import InspectionModel

/// What a tier was not told at once in one hour, in groups.
package struct AlarmDigest: Sendable, Hashable, Codable {
  /// Notices of one class in one town.
  package struct Group: Sendable, Hashable, Codable {
    package var hazardClass: String
    package var nameZh: String
    package var nameEn: String
    /// `nil` outside the district or without a position.
    package var town: WorkOrder.Town?
    /// Notices, at least one per case.
    package var noticeCount: Int
    /// In order, each once.
    package var caseNumbers: [String]
    package var worst: Severity
    package var firstTime: Timestamp
    package var lastTime: Timestamp
  }

  package var tier: GovernanceTier
  /// When the hour of the clock begins.
  package var hourStart: Timestamp
  /// By class, then town.
  package var groups: [Group]

  package var noticeCount: Int { groups.reduce(0) { $0 + $1.noticeCount } }

  /// Puts notices of one tier and hour into groups.
  init(tier: GovernanceTier, hourStart: Timestamp, notices: [AlarmNotice]) {
    self.tier = tier
    self.hourStart = hourStart
    groups = []
    for notice in notices.sorted(by: Self.isOrdered) {
      guard let last = groups.last, last.hazardClass == notice.hazardClass, last.town == notice.town else {
        groups.append(
          Group(
            hazardClass: notice.hazardClass, nameZh: notice.nameZh, nameEn: notice.nameEn, town: notice.town,
            noticeCount: 1, caseNumbers: [notice.caseNumber], worst: notice.severity,
            firstTime: notice.time, lastTime: notice.time))
        continue
      }
      var group = last
      group.noticeCount += 1
      if group.caseNumbers.last != notice.caseNumber { group.caseNumbers.append(notice.caseNumber) }
      group.worst = max(group.worst, notice.severity)
      group.firstTime = min(group.firstTime, notice.time)
      group.lastTime = max(group.lastTime, notice.time)
      groups[groups.count - 1] = group
    }
  }

  private static func isOrdered(_ left: AlarmNotice, _ right: AlarmNotice) -> Bool {
    (left.hazardClass, left.town?.code ?? "", left.caseNumber, left.sequence)
      < (right.hazardClass, right.town?.code ?? "", right.caseNumber, right.sequence)
  }
}
