import IncidentFusion
import InspectionModel
import WorkOrders

/// Classification and fusion.
extension GovernanceFile {
  static func rules(
    _ node: DefinitionNode, classes: [HazardClass]
  ) throws(DefinitionError) -> [ClassificationRule] {
    let keys = classes.map(\.key)
    let rules = try node.items { (node) throws(DefinitionError) in try rule(node, classKeys: keys) }
    try requireUnique(node.items(), rules.map(\.id), what: "rule")
    for kind in HazardKind.allCases {
      guard let last = rules.last(where: { $0.hazard == kind }) else {
        throw node.error("no rule for the hazard '\(kind.rawValue)'")
      }
      guard last.timeOfDay == nil, last.areaKind == nil else {
        throw node.error(
          "the last rule of '\(kind.rawValue)' ('\(last.id)') has a condition: some would have none")
      }
    }
    return rules
  }

  private static func rule(
    _ node: DefinitionNode, classKeys: [String]
  ) throws(DefinitionError) -> ClassificationRule {
    let entry = try node.mapping(["id", "hazard", "when", "class", "limits", "reason"])
    let condition = try entry.optional("when").map { (node) throws(DefinitionError) in
      try node.mapping(["time", "area"])
    }
    let outcome = try oneOf(classKeys + ["none"], entry.required("class"), what: "class")
    return ClassificationRule(
      id: try entry.required("id").text(), hazard: try entry.required("hazard").word("hazard"),
      timeOfDay: try condition?.optional("time").map { (node) throws(DefinitionError) in
        try node.word("time of day")
      },
      areaKind: try condition?.optional("area").map { (node) throws(DefinitionError) in try node.text() },
      outcome: outcome == "none" ? .noCase : .hazardClass(outcome),
      steps: try entry.optional("limits").map { (node) throws(DefinitionError) in try steps(node) },
      reason: try name(entry.required("reason")))
  }

  static func fusionRules(_ node: DefinitionNode) throws(DefinitionError) -> FusionRules {
    let entry = try node.mapping([
      "gateSigmas", "apartSigmas", "window", "step", "looks", "sharedBiasMeters", "sharedErrorShare",
      "repeatGain", "sameKindIndependence", "hazards",
    ])
    let looks = try entry.required("looks").mapping(["missWeight", "interval", "goneBelow"])
    let hazards = try entry.required("hazards").mapping(HazardKind.allCases.map(\.rawValue))
    var rules: [HazardKind: FusionRules.HazardRules] = [:]
    for kind in HazardKind.allCases {
      rules[kind] = try hazardFusionRules(hazards.required(kind.rawValue))
    }
    let time = "a time such as '30 min', '2 h' or '3 d'"
    let step = try entry.required("step").value(time, seconds)
    let window = try entry.required("window").value(time, seconds)
    guard window >= step else { throw try entry.required("window").error(expected: "at least one step") }
    return FusionRules(
      gateSigmas: try entry.required("gateSigmas").number(in: 0.5...10),
      apartSigmas: try entry.required("apartSigmas").number(in: 0...10),
      windowSeconds: window, stepSeconds: step,
      missWeight: HazardScore(fraction: try looks.required("missWeight").number(in: 0...1)),
      lookIntervalSeconds: try looks.required("interval").value(time, seconds),
      goneBelow: HazardScore(fraction: try looks.required("goneBelow").number(in: 0...1)),
      sharedBiasSigmaMeters: try entry.required("sharedBiasMeters").number(in: 0.001...1000),
      sharedErrorShare: try entry.required("sharedErrorShare").number(in: 0...1),
      repeatGain: HazardScore(fraction: try entry.required("repeatGain").number(in: 0...1)),
      sameKindIndependence: HazardScore(
        fraction: try entry.required("sameKindIndependence").number(in: 0...1)),
      hazards: rules)
  }

  private static func hazardFusionRules(
    _ node: DefinitionNode
  ) throws(DefinitionError) -> FusionRules.HazardRules {
    let entry = try node.mapping(["spreadMeters", "gap", "confirm"])
    let confirm = try entry.required("confirm").mapping(["confidence", "frames"])
    return FusionRules.HazardRules(
      spreadMeters: try entry.required("spreadMeters").number(in: 0.1...10_000),
      gapSeconds: try entry.required("gap").value("a time such as '30 min', '2 h' or '3 d'", seconds),
      confirmConfidence: HazardScore(fraction: try confirm.required("confidence").number(in: 0...1)),
      confirmFrames: try confirm.required("frames").integer(in: 1...1000))
  }
}
