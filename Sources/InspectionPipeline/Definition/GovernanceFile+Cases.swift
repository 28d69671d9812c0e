import InspectionModel
import WorkOrders

/// The life of cases, and campaigns.
extension GovernanceFile {
  static func caseRules(
    _ node: DefinitionNode, classes: [HazardClass]
  ) throws(DefinitionError) -> CaseRules {
    let entry = try node.mapping(["pushDown", "closing", "tuning", "alarms"])
    let closing = try entry.required("closing").mapping(["gateSigmas", "spreadMeters"])
    return CaseRules(
      pushDown: try pushDown(entry.required("pushDown"), classKeys: classes.map(\.key)),
      closing: CaseRules.Closing(
        gateSigmas: try closing.required("gateSigmas").number(in: 0.5...10),
        spreadMeters: try closing.required("spreadMeters").number(in: 0...10_000)),
      tuning: try tuning(entry.required("tuning")), alarms: try alarms(entry.required("alarms")))
  }

  private static func pushDown(
    _ node: DefinitionNode, classKeys: [String]
  ) throws(DefinitionError) -> [GovernanceTier: Set<String>] {
    // The lowest tier has nobody to push down to.
    let tiers = GovernanceTier.allCases.filter { $0 != .townStreet }
    let entry = try node.mapping(tiers.map(\.rawValue))
    var lists: [GovernanceTier: Set<String>] = [:]
    for tier in tiers {
      lists[tier] = Set(try classList(entry.required(tier.rawValue), classKeys: classKeys))
    }
    return lists
  }

  private static func tuning(_ node: DefinitionNode) throws(DefinitionError) -> CaseRules.Tuning {
    let entry = try node.mapping(["step", "maximum", "ceiling", "minimumDecisions", "bandHours"])
    return CaseRules.Tuning(
      step: HazardScore(fraction: try entry.required("step").number(in: 0...1)),
      maximum: HazardScore(fraction: try entry.required("maximum").number(in: 0...1)),
      ceiling: HazardScore(fraction: try entry.required("ceiling").number(in: 0...1)),
      minimumDecisions: try entry.required("minimumDecisions").integer(in: 1...1000),
      bandHours: try entry.required("bandHours").value("a number of hours that divides 24") {
        Int($0).flatMap { (1...24).contains($0) && 24 % $0 == 0 ? $0 : nil }
      })
  }

  private static func alarms(_ node: DefinitionNode) throws(DefinitionError) -> CaseRules.Alarms {
    let entry = try node.mapping(["perHour", "alwaysFrom"])
    let numbers = try entry.required("perHour").mapping(GovernanceTier.allCases.map(\.rawValue))
    var perHour: [GovernanceTier: Int] = [:]
    for tier in GovernanceTier.allCases {
      perHour[tier] = try numbers.optional(tier.rawValue).map { (node) throws(DefinitionError) in
        try node.integer(in: 0...1_000_000)
      }
    }
    return CaseRules.Alarms(perHour: perHour, alwaysFrom: try entry.required("alwaysFrom").word("severity"))
  }

  static func campaigns(
    _ node: DefinitionNode, classes: [HazardClass]
  ) throws(DefinitionError) -> [Campaign] {
    let campaigns = try node.items { (node) throws(DefinitionError) in
      let entry = try node.mapping(["key", "name", "classes"])
      return Campaign(
        key: try entry.required("key").text(), name: try name(entry.required("name")),
        classes: try classList(entry.required("classes"), classKeys: classes.map(\.key)))
    }
    try requireUnique(node.items(), campaigns.map(\.key), what: "campaign")
    return campaigns
  }

  private static func classList(
    _ node: DefinitionNode, classKeys: [String]
  ) throws(DefinitionError) -> [String] {
    let keys = try node.items { (node) throws(DefinitionError) in
      try oneOf(classKeys, node, what: "class")
    }
    try requireUnique(node.items(), keys, what: "class")
    return keys
  }
}
