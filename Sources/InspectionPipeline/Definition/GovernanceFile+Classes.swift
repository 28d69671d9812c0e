import InspectionModel
import WorkOrders

/// Classes with their departments, limits and severities.
extension GovernanceFile {
  private static let alertCategories = [
    "Geo", "Met", "Safety", "Security", "Rescue", "Fire", "Health", "Env", "Transport", "Infra", "CBRNE",
    "Other",
  ]
  private static let alertUrgencies = ["Immediate", "Expected", "Future", "Past", "Unknown"]

  static func classes(
    _ node: DefinitionNode, departments: [Governance.Department]
  ) throws(DefinitionError) -> [HazardClass] {
    let ids = departments.map(\.id)
    let classes = try node.items { (node) throws(DefinitionError) in
      try hazardClass(node, departmentIDs: ids)
    }
    try requireUnique(node.items(), classes.map(\.key), what: "class")
    return classes
  }

  private static func hazardClass(
    _ node: DefinitionNode, departmentIDs: [String]
  ) throws(DefinitionError) -> HazardClass {
    let entry = try node.mapping([
      "key", "name", "code", "related", "lead", "support", "tiers", "limits", "severity", "alert",
      "neverPauses",
    ])
    let (code, isLocal) = try code(entry.required("code"))
    let lead = try entry.required("lead").mapping(["department", "name"])
    let severity = try entry.required("severity").mapping(["default", "steps"])
    let alert = try entry.required("alert").mapping(["category", "urgency"])
    return HazardClass(
      key: try entry.required("key").text(), name: try name(entry.required("name")), code: code,
      isLocalExtension: isLocal,
      relatedCodes: try entry.required("related").items { (node) throws(DefinitionError) in
        try node.value("five digits") { digits($0, count: 5) }
      },
      leadDepartmentID: try oneOf(departmentIDs, lead.required("department"), what: "department"),
      leadName: try lead.optional("name").map { (node) throws(DefinitionError) in try name(node) },
      supporting: try entry.required("support").items { (node) throws(DefinitionError) in
        let word = try oneOf(departmentIDs + ["town"], node, what: "department")
        return word == "town" ? .localTown : .department(id: word)
      },
      tiers: try tiers(entry.required("tiers")), steps: try steps(entry.required("limits")),
      severity: try severity.required("default").word("severity"),
      severitySteps: try severity.required("steps").items { (node) throws(DefinitionError) in
        try severityStep(node)
      },
      alert: HazardClass.AlertFields(
        category: try oneOf(alertCategories, alert.required("category"), what: "CAP category"),
        urgency: try oneOf(alertUrgencies, alert.required("urgency"), what: "CAP urgency")),
      neverPauses: try entry.optional("neverPauses").map { (node) throws(DefinitionError) in
        try oneOf(["true", "false"], node, what: "truth value") == "true"
      } ?? false)
  }

  /// Five digits; extensions of the file begin with 21, which no class of the standard does.
  private static func code(
    _ node: DefinitionNode
  ) throws(DefinitionError) -> (code: String, isLocalExtension: Bool) {
    let entry = try node.mapping(["kind", "number"])
    let isLocal = try oneOf(["national", "local"], entry.required("kind"), what: "kind of code") == "local"
    let number = try entry.required("number")
    let code = try number.value("five digits") { digits($0, count: 5) }
    guard isLocal == code.hasPrefix("21") else {
      throw number.error(
        isLocal
          ? "a local extension begins with 21, found '\(code)'"
          : "'\(code)' is no national code: 21 is kept for local extensions")
    }
    return (code, isLocal)
  }

  static func steps(_ node: DefinitionNode) throws(DefinitionError) -> [HazardClass.Step] {
    let steps = try node.items { (node) throws(DefinitionError) in
      let entry = try node.mapping(["step", "name", "limit"])
      return HazardClass.Step(
        key: try entry.required("step").text(), name: try name(entry.required("name")),
        limit: try entry.required("limit").value(
          "a limit such as '30 min', '4 working h' or '5 working d'"
        ) { WorkLimit($0) })
    }
    guard !steps.isEmpty else { throw node.error("expected at least one limit, found an empty list") }
    try requireUnique(node.items(), steps.map(\.key), what: "step")
    return steps
  }

  private static func severityStep(
    _ node: DefinitionNode
  ) throws(DefinitionError) -> HazardClass.SeverityStep {
    let entry = try node.mapping(["severity", "score", "confidence", "vehicles", "tiers"])
    return HazardClass.SeverityStep(
      severity: try entry.required("severity").word("severity"),
      peakScore: HazardScore(fraction: try entry.required("score").number(in: 0...1)),
      confidence: HazardScore(fraction: try entry.required("confidence").number(in: 0...1)),
      vehicleCount: try entry.optional("vehicles").map { (node) throws(DefinitionError) in
        try node.integer(in: 1...100_000)
      },
      tiers: try entry.optional("tiers").map { (node) throws(DefinitionError) in try tiers(node) })
  }

  private static func tiers(_ node: DefinitionNode) throws(DefinitionError) -> [GovernanceTier] {
    let tiers = try node.items { (node) throws(DefinitionError) -> GovernanceTier in try node.word("tier") }
    guard !tiers.isEmpty else { throw node.error("expected at least one tier, found an empty list") }
    try requireUnique(node.items(), tiers.map(\.rawValue), what: "tier")
    return tiers.sorted()
  }

  static func oneOf(
    _ known: [String], _ node: DefinitionNode, what: String
  ) throws(DefinitionError) -> String {
    let word = try node.text()
    guard known.contains(word) else { throw node.error(unknown: what, word, known: known) }
    return word
  }
}
