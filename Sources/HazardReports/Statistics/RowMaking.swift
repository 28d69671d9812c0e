internal import InspectionModel

/// Makes the rows of statistics: which cases, notices, hours and which area belong to each.
struct RowMaking {
  let input: StatisticsInput
  let cases: [CaseRecord]
  let asOf: Timestamp
  /// Numbers of the cases at repeat places.
  let repeated: Set<String>

  var total: StatisticsRow {
    row(
      key: "", zh: "合计", en: "All", cases, alarms: alarms, hours: input.watched,
      area: input.districtSquareKilometers)
  }

  func rows(of kind: StatisticsGroup.Kind) -> [StatisticsRow] {
    switch kind {
    case .hazardClass: classRows
    case .town: townRows
    case .department: departmentRows
    case .tier: tierRows
    }
  }

  /// Classes on the subject's list first, in its order, then others by their keys.
  private var classRows: [StatisticsRow] {
    let members = Dictionary(grouping: cases, by: \.hazardClass)
    let listed = input.subject.classes, keys = Set(listed.map(\.key))
    let others = members.keys.filter { !keys.contains($0) }.sorted().compactMap { key in
      members[key]?.first.map {
        StatisticsInput.ReportedClass(key: key, nameZh: $0.nameZh, nameEn: $0.nameEn)
      }
    }
    return (listed + others).map { reported in
      row(
        key: reported.key, zh: reported.nameZh, en: reported.nameEn, members[reported.key] ?? [],
        alarms: alarms?.filter { $0.hazardClass == reported.key }, hours: input.watched,
        area: input.districtSquareKilometers)
    }
  }

  private var townRows: [StatisticsRow] {
    let members = Dictionary(grouping: cases) { $0.town?.code ?? "" }
    let isByTown = input.watched?.contains { $0.townCode != nil } ?? true
    return members.keys.sorted { ($0.isEmpty ? 1 : 0, $0) < ($1.isEmpty ? 1 : 0, $1) }.map { code in
      let own = members[code] ?? [], town = own.first?.town
      var made = row(
        key: code, zh: town?.nameZh ?? "不属任何镇街", en: town?.nameEn ?? "in no town", own,
        alarms: alarms?.filter { ($0.townCode ?? "") == code },
        hours: input.watched?.filter { $0.townCode == code }, area: input.townSquareKilometers[code])
      if !isByTown { made.perHourWatched = .missing(.hoursNotCountedHere) }
      return made
    }
  }

  private var departmentRows: [StatisticsRow] {
    let members = Dictionary(grouping: cases) { [$0.departmentID ?? "", $0.department] }
    return members.keys.sorted { ($0[0], $0[1]) < ($1[0], $1[1]) }.map { names in
      var made = row(
        key: names[0], zh: names[1], en: names[1], members[names] ?? [], alarms: nil, hours: input.watched,
        area: input.districtSquareKilometers)
      let gap = StatisticsFigure.missing(input.alarms == nil ? .alarmsNotCounted : .alarmsNotCountedHere)
      (made.alarmsDelivered, made.alarmsDigested) = (gap, gap)
      return made
    }
  }

  private var tierRows: [StatisticsRow] {
    GovernanceTier.allCases.sorted().map { tier in
      row(
        key: tier.rawValue, zh: tier.name(in: .zh), en: tier.name(in: .en),
        cases.filter { $0.tiers.contains(tier) }, alarms: alarms?.filter { $0.tier == tier },
        hours: input.watched, area: input.districtSquareKilometers)
    }
  }

  /// Notices about the subject's cases.
  private var alarms: [StatisticsInput.AlarmCount]? {
    guard case .campaign(_, _, _, let classes) = input.subject else { return input.alarms }
    let keys = Set(classes.map(\.key))
    return input.alarms?.filter { keys.contains($0.hazardClass) }
  }

  private func row(
    key: String, zh: String, en: String, _ cases: [CaseRecord], alarms: [StatisticsInput.AlarmCount]?,
    hours: [StatisticsInput.WatchedHours]?, area: Double?
  ) -> StatisticsRow {
    let figures = CaseFigures(cases, from: input.from, asOf: asOf) { repeated.contains($0.caseNumber) }
    func sum(_ part: KeyPath<StatisticsInput.AlarmCount, Int>) -> StatisticsFigure {
      alarms.map { .count($0.reduce(0) { $0 + $1[keyPath: part] }) } ?? .missing(.alarmsNotCounted)
    }
    let watched = hours?.reduce(0) { $0 + max(0, $1.hours) }
    let perHour: StatisticsFigure =
      switch watched {
      case nil: .missing(.hoursNotCounted)
      case let hours? where hours > 0: .rate(Double(figures.established) / hours)
      default: .missing(.noHours)
      }
    return StatisticsRow(
      key: key, nameZh: zh, nameEn: en, figures: figures, alarmsDelivered: sum(\.delivered),
      alarmsDigested: sum(\.digested),
      perSquareKilometer: area.flatMap { $0 > 0 ? .rate(Double(figures.established) / $0) : nil }
        ?? .missing(.areaUnknown),
      perHourWatched: perHour)
  }
}
