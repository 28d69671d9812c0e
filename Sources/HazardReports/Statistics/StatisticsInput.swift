package import InspectionModel

/// Everything that a statistics report is made of.
package struct StatisticsInput: Sendable, Hashable {
  package var subject: Subject
  /// Begin of the period; it belongs to it.
  package var from: Timestamp
  /// End of the period; it does not belong to it.
  package var to: Timestamp
  /// When the cases stood as they are given; a period that is not over yet is judged up to here.
  package var asOf: Timestamp
  package var zone: UTCOffset
  /// Cases of the district, those from before the period too; others than the subject's are left out.
  package var cases: [CaseRecord]
  /// Notices of the period; `nil` where nobody counted them.
  package var alarms: [AlarmCount]?
  /// Hours of the period that sources watched; `nil` where nobody counted them.
  package var watched: [WatchedHours]?
  /// `nil` where it is not known.
  package var districtSquareKilometers: Double?
  /// By the town's code, as far as known.
  package var townSquareKilometers: [String: Double]
  /// Name of the district.
  package var districtZh: String
  package var districtEn: String
  package var programVersion: String

  package init(
    subject: Subject, from: Timestamp, to: Timestamp, asOf: Timestamp, zone: UTCOffset, cases: [CaseRecord],
    alarms: [AlarmCount]?, watched: [WatchedHours]?, districtSquareKilometers: Double?,
    townSquareKilometers: [String: Double], districtZh: String, districtEn: String, programVersion: String
  ) {
    self.subject = subject
    self.from = from
    self.to = to
    self.asOf = asOf
    self.zone = zone
    self.cases = cases
    self.alarms = alarms
    self.watched = watched
    self.districtSquareKilometers = districtSquareKilometers
    self.townSquareKilometers = townSquareKilometers
    self.districtZh = districtZh
    self.districtEn = districtEn
    self.programVersion = programVersion
  }

  /// A class of cases that has a row even when there is no case of it.
  package struct ReportedClass: Sendable, Hashable {
    package var key: String
    package var nameZh: String
    package var nameEn: String

    package init(key: String, nameZh: String, nameEn: String) {
      (self.key, self.nameZh, self.nameEn) = (key, nameZh, nameEn)
    }
  }

  /// What is reported on.
  package enum Subject: Sendable, Hashable {
    /// All cases; the classes have rows in this order, others follow.
    case allCases(classes: [ReportedClass])
    /// A campaign: the cases of its classes only.
    case campaign(key: String, nameZh: String, nameEn: String, classes: [ReportedClass])

    var classes: [ReportedClass] {
      switch self {
      case .allCases(let classes), .campaign(_, _, _, let classes): classes
      }
    }
  }

  /// Notices about one class to one tier.
  package struct AlarmCount: Sendable, Hashable {
    package var tier: GovernanceTier
    package var hazardClass: String
    package var townCode: String?
    /// Sent one by one.
    package var delivered: Int
    /// Sent as part of a digest.
    package var digested: Int

    package init(tier: GovernanceTier, hazardClass: String, townCode: String?, delivered: Int, digested: Int)
    {
      self.tier = tier
      self.hazardClass = hazardClass
      self.townCode = townCode
      self.delivered = delivered
      self.digested = digested
    }
  }

  /// How long one source watched.
  package struct WatchedHours: Sendable, Hashable {
    package var source: Witness
    package var townCode: String?
    package var hours: Double

    package init(source: Witness, townCode: String?, hours: Double) {
      self.source = source
      self.townCode = townCode
      self.hours = hours
    }
  }
}
