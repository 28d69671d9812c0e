import InspectionModel
import WorkOrders

/// Calendar and escalation.
extension GovernanceFile {
  static func workingCalendar(_ calendar: DefinitionMapping) throws(DefinitionError) -> WorkingCalendar {
    let weekdays = try calendar.required("weekdays")
    let worked = try weekdays.items { (node) throws(DefinitionError) in try node.integer(in: 1...7) }
    guard !worked.isEmpty else { throw weekdays.error(expected: "at least one weekday") }
    let hours = try calendar.required("officeHours")
    let spans = try hours.items { (node) throws(DefinitionError) in
      try node.value("a span such as 09:00-12:30") { ClockSpan($0) }
    }
    guard !spans.isEmpty, WorkingCalendar.areInOrder(spans) else {
      throw hours.error("expected spans of one day, in order and apart")
    }
    let holidays = try days(calendar.required("holidays"))
    let makeUpNode = try calendar.required("makeUpDays")
    let makeUpDays = try days(makeUpNode)
    if let both = holidays.intersection(makeUpDays).min() {
      throw makeUpNode.error("\(both.text) is a holiday, too")
    }
    return WorkingCalendar(
      zone: try calendar.required("zone").value("an offset such as +08:00") { UTCOffset(suffix: $0) },
      workingWeekdays: Set(worked), officeHours: spans, holidays: holidays, makeUpDays: makeUpDays,
      announcedYears: Set(
        try calendar.required("announcedYears").items { (node) throws(DefinitionError) in
          try node.integer(in: 2000...2200)
        }))
  }

  static func escalation(_ node: DefinitionNode) throws(DefinitionError) -> [Governance.EscalationStep] {
    let steps = try node.items { (node) throws(DefinitionError) in
      let entry = try node.mapping(["percent", "action", "supervise", "takeOver"])
      return Governance.EscalationStep(
        percent: try entry.required("percent").integer(in: 1...1000),
        action: try name(entry.required("action")), effect: try escalationEffect(entry))
    }
    try requireUnique(node.items(), steps.map { "\($0.percent)" }, what: "percent")
    return steps
  }

  private static func escalationEffect(
    _ entry: DefinitionMapping
  ) throws(DefinitionError) -> Governance.EscalationStep.Effect {
    switch (entry.optional("supervise"), entry.optional("takeOver")) {
    case (nil, nil): return .tell
    case (let node?, nil): return .supervise(try node.word("tier"))
    case (nil, let node?): return .takeOver(try node.word("tier"))
    case (_?, let node?): throw node.error("a tier that takes over does not supervise, too")
    }
  }

  /// Single days and ranges such as `2026-02-15..2026-02-23`.
  private static func days(_ node: DefinitionNode) throws(DefinitionError) -> Set<CalendarDay> {
    var result: Set<CalendarDay> = []
    for item in try node.items() {
      result.formUnion(
        try item.value("a day such as 2026-10-01, or two days with '..' between (at most 31 days)", range))
    }
    return result
  }

  private static func range(_ text: String) -> [CalendarDay]? {
    let parts = text.split(separator: "..", omittingEmptySubsequences: false).map { CalendarDay(String($0)) }
    guard (1...2).contains(parts.count), let first = parts[0], let last = parts[parts.count - 1] else {
      return nil
    }
    let length = last.daysSinceEpoch - first.daysSinceEpoch
    guard (0...30).contains(length) else { return nil }
    return (0...length).map { first.advanced(byDays: $0) }
  }
}
