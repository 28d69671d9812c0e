package import IncidentFusion
import InspectionModel
package import WorkOrders

/// A governance file, read and checked: `Pipelines/governance/<district>.yaml`.
package struct GovernanceFile: Sendable, Hashable {
  package let source: DefinitionSource
  package let governance: Governance
  package let fusionRules: FusionRules

  /// Reads and checks a file.
  ///
  /// - Throws: at the first value that is missing, unknown, of a wrong type or refers to nothing.
  package init(_ source: DefinitionSource) throws(DefinitionError) {
    let top = try DefinitionNode(source).mapping([
      "district", "attributions", "calendar", "escalation", "departments", "towns", "areas", "rules",
      "classes", "fusion", "cases", "campaigns",
    ])
    let district = try top.required("district").mapping(["code", "name", "box", "polygon"])
    let calendar = try top.required("calendar").mapping([
      "zone", "weekdays", "officeHours", "night", "announcedYears", "holidays", "makeUpDays",
    ])
    let departments = try Self.departments(top.required("departments"))
    let classes = try Self.classes(top.required("classes"), departments: departments)
    self.source = source
    governance = Governance(
      divisionCode: try district.required("code").value("six digits") { Self.digits($0, count: 6) },
      name: try Self.name(district.required("name")),
      area: try Self.districtArea(district),
      towns: try Self.towns(top.required("towns")),
      departments: departments,
      knownAreas: try Self.knownAreas(top.required("areas")),
      classes: classes,
      rules: try Self.rules(top.required("rules"), classes: classes),
      night: try calendar.required("night").value("a span such as 19:00-07:00") { ClockSpan($0) },
      calendar: try Self.workingCalendar(calendar),
      escalation: try Self.escalation(top.required("escalation")),
      attributions: try top.required("attributions").items { (node) throws(DefinitionError) in
        try node.text()
      },
      caseRules: try Self.caseRules(top.required("cases"), classes: classes),
      campaigns: try Self.campaigns(top.required("campaigns"), classes: classes))
    fusionRules = try Self.fusionRules(top.required("fusion"))
  }

  /// A name in both languages.
  static func name(_ node: DefinitionNode) throws(DefinitionError) -> BilingualText {
    let entry = try node.mapping(["zh", "en"])
    return BilingualText(zh: try entry.required("zh").text(), en: try entry.required("en").text())
  }

  /// The text if it is that many decimal digits.
  static func digits(_ text: String, count: Int) -> String? {
    text.utf8.count == count && text.utf8.allSatisfy { (48...57).contains($0) } ? text : nil
  }

  /// Seconds of `90 s`, `30 min`, `2 h` or `3 d`; `nil` for anything else, for 0 and for more than 366 days.
  static func seconds(_ text: String) -> Int? {
    let words = text.split(separator: " ")
    let units = ["s": 1, "min": 60, "h": 3600, "d": 86_400]
    guard words.count == 2, let amount = Int(words[0]), let unit = units[String(words[1])],
      (1...31_622_400 / unit).contains(amount)
    else { return nil }
    return amount * unit
  }

  /// Fails at the first item whose key another one before it has.
  static func requireUnique(
    _ nodes: [DefinitionNode], _ keys: [String], what: String
  ) throws(DefinitionError) {
    var seen: Set<String> = []
    for (node, key) in zip(nodes, keys) where !seen.insert(key).inserted {
      throw node.error("the \(what) '\(key)' is defined twice")
    }
  }
}
