/// What somebody has to do about an incident, by when, and why it is theirs.
package struct WorkOrder: Sendable, Hashable, Codable {
  /// The seven steps of a case and its side states.
  package enum Status: String, Sendable, Hashable, Codable, CaseIterable {
    case collected, registered, dispatched, handling, feedback, checked, evaluated
    case returned, paused, merged, void

    /// Whether somebody still has something to do.
    package var isOpen: Bool {
      switch self {
      case .collected, .registered, .dispatched, .handling, .feedback, .returned, .paused: true
      case .checked, .evaluated, .merged, .void: false
      }
    }

    /// Name for people, in the given language.
    package func name(in language: Language) -> String {
      switch (self, language) {
      case (.collected, .zh): "信息采集"
      case (.registered, .zh): "案卷建立"
      case (.dispatched, .zh): "任务派遣"
      case (.handling, .zh): "任务处理"
      case (.feedback, .zh): "处理反馈"
      case (.checked, .zh): "核查结案"
      case (.evaluated, .zh): "综合评价"
      case (.returned, .zh): "退回整改"
      case (.paused, .zh): "挂账暂停"
      case (.merged, .zh): "并案"
      case (.void, .zh): "作废"
      case (_, .en): rawValue
      }
    }
  }

  /// `500116-YYYYMMDD-S-NNNNNN`: division, local day of establishment, source letter, daily serial.
  package var caseNumber: String
  package var incidentID: String
  package var hazard: HazardKind
  /// Key of the class in the governance file, such as `waterlogging`.
  package var hazardClass: String
  package var nameZh: String
  package var nameEn: String
  package var code: CaseCode
  package var severity: Severity
  package var status: Status
  /// Tiers that hold the case at once, lowest first.
  package var tiers: [GovernanceTier]
  /// Lead department as the governance file names it.
  package var department: String
  /// Identifier of the department, such as `D04`; `nil` where the file gives none.
  package var departmentID: String?
  package var supportingDepartments: [String]
  /// Where it lies; `nil` outside the district or without a position.
  package var town: Town?
  package var establishedAt: Timestamp
  /// What has to be reached by when, soonest first.
  package var deadlines: [Deadline]
  /// Which rule fired and why, in both languages.
  package var reason: DecisionReason
  /// The tier that supervises the holders since a limit passed; `nil` where none does.
  package var supervisedBy: GovernanceTier?

  package init(
    caseNumber: String, incidentID: String, hazard: HazardKind, hazardClass: String, nameZh: String,
    nameEn: String, code: CaseCode, severity: Severity, status: Status, tiers: [GovernanceTier],
    department: String, departmentID: String?, supportingDepartments: [String], town: Town?,
    establishedAt: Timestamp, deadlines: [Deadline], reason: DecisionReason,
    supervisedBy: GovernanceTier? = nil
  ) {
    self.caseNumber = caseNumber
    self.incidentID = incidentID
    self.hazard = hazard
    self.hazardClass = hazardClass
    self.nameZh = nameZh
    self.nameEn = nameEn
    self.code = code
    self.severity = severity
    self.status = status
    self.tiers = tiers
    self.department = department
    self.departmentID = departmentID
    self.supportingDepartments = supportingDepartments
    self.town = town
    self.establishedAt = establishedAt
    self.deadlines = deadlines
    self.reason = reason
    self.supervisedBy = supervisedBy
  }

  /// A code of GB/T 47678.5 or a local extension of it.
  package struct CaseCode: Sendable, Hashable, Codable {
    /// Five digits.
    package var code: String
    /// Eleven digits: division and code.
    package var matterCode: String
    package var isLocalExtension: Bool

    package init(code: String, matterCode: String, isLocalExtension: Bool) {
      self.code = code
      self.matterCode = matterCode
      self.isLocalExtension = isLocalExtension
    }
  }

  /// A town or street of the district.
  package struct Town: Sendable, Hashable, Codable {
    /// Nine digits.
    package var code: String
    package var nameZh: String
    package var nameEn: String

    package init(code: String, nameZh: String, nameEn: String) {
      self.code = code
      self.nameZh = nameZh
      self.nameEn = nameEn
    }
  }

  /// Something due at an instant.
  package struct Deadline: Sendable, Hashable, Codable {
    /// What is due: `respond`, `dispatch`, `onSite`, `barrier`, `repair` … as the governance file calls it.
    package var step: String
    package var nameZh: String
    package var nameEn: String
    package var due: Timestamp
    /// The limit in words, such as `4 工作时`.
    package var limitZh: String
    package var limitEn: String
    /// The limit as the governance file writes it, such as `4 working h`; `nil` in cases of before this was kept.
    package var limit: String?

    package init(
      step: String, nameZh: String, nameEn: String, due: Timestamp, limitZh: String, limitEn: String,
      limit: String? = nil
    ) {
      self.step = step
      self.nameZh = nameZh
      self.nameEn = nameEn
      self.due = due
      self.limitZh = limitZh
      self.limitEn = limitEn
      self.limit = limit
    }
  }

  /// Why a case went where it went.
  package struct DecisionReason: Sendable, Hashable, Codable {
    /// Identifier of the rule in the governance file.
    package var rule: String
    package var zh: String
    package var en: String

    package init(rule: String, zh: String, en: String) {
      self.rule = rule
      self.zh = zh
      self.en = en
    }

    package func text(in language: Language) -> String { language == .zh ? zh : en }
  }
}
