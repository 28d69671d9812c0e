import ImageCodecs
import IncidentFusion
import InspectionModel
import WorkOrders

/// What `jinxun check` prints.
extension ValidatedPipeline {
  /// Every setting that decides a run, by name, in a fixed order.
  package var effectiveSettings: [(name: String, value: String)] {
    let limits = definition.decodeLimits
    var settings = [
      ("pipeline", definition.source.name),
      ("governance", governanceFile.source.name),
      ("district", "\(governance.divisionCode) \(governance.name.en)"),
      ("workers", definition.workers == .cores ? "cores" : "\(definition.workers.number ?? 0)"),
      ("analyser", definition.analyser.rawValue),
    ]
    for kind in HazardKind.allCases {
      let threshold = definition.thresholds[kind].map(\.decimal) ?? "fitted"
      settings.append(("threshold \(kind.rawValue)", threshold))
    }
    settings += [
      ("decode bytes", "\(limits.maximumBytes)"), ("decode pixels", "\(limits.maximumPixels)"),
      ("decode side", "\(limits.maximumSidePixels)"), ("decode scans", "\(limits.maximumScans)"),
      ("decode block visits", "\(limits.maximumBlockVisits)"),
      ("decode working bytes", "\(limits.maximumWorkingBytes)"),
      ("nominal period", "\(definition.nominalPeriodSeconds) s"),
      ("fault limit", "\(definition.faultLimit.count) and \(definition.faultLimit.shareOfFrames) of frames"),
      ("evidence", "JPEG \(definition.evidence.jpegQuality), \(definition.evidence.maximumSidePixels) px"),
      ("fusion gate", "\(fusionRules.gateSigmas) sigma of means, \(fusionRules.apartSigmas) of sightings"),
      ("fusion window", "\(fusionRules.windowSeconds) s in steps of \(fusionRules.stepSeconds) s"),
      (
        "fusion looks",
        "miss \(fusionRules.missWeight.decimal), interval \(fusionRules.lookIntervalSeconds) s, "
          + "gone below \(fusionRules.goneBelow.decimal)"
      ),
      ("fusion shared error", "\(fusionRules.sharedBiasSigmaMeters) m, \(fusionRules.sharedErrorShare)"),
      ("fusion repeat gain", fusionRules.repeatGain.decimal),
      ("fusion same kind", fusionRules.sameKindIndependence.decimal),
    ]
    for kind in HazardKind.allCases {
      let own = fusionRules[kind]
      settings.append(
        (
          "fusion \(kind.rawValue)",
          "spread \(own.spreadMeters) m, gap \(own.gapSeconds) s, confirmed from "
            + "\(own.confirmConfidence.decimal) and \(own.confirmFrames) frames"
        ))
    }
    settings += governance.rules.map { ("rule \($0.id)", $0.summary) }
    settings += governance.classes.map { ("class \($0.key)", $0.summary) }
    let calendar = governance.calendar
    settings += [
      ("office hours", calendar.officeHours.map(\.text).joined(separator: ", ")),
      ("holidays known for", calendar.announcedYears.sorted().map { "\($0)" }.joined(separator: ", ")),
      ("towns", "\(governance.towns.count), with border \(governance.towns.count { $0.area != nil })"),
    ]
    return settings
  }

  /// The settings as lines of two columns.
  package var settingsText: String { twoColumns(effectiveSettings) }
}

/// Names and values, the values one below the other.
func twoColumns(_ settings: [(name: String, value: String)]) -> String {
  let width = settings.map(\.name.count).max() ?? 0
  return settings.map {
    $0.name + String(repeating: " ", count: width - $0.name.count + 2) + $0.value + "\n"
  }.joined()
}

extension PipelineDefinition.Workers {
  fileprivate var number: Int? { if case .count(let number) = self { number } else { nil } }
}

extension ClassificationRule {
  fileprivate var summary: String {
    var words = [hazard.rawValue]
    if let timeOfDay { words.append("by \(timeOfDay.rawValue)") }
    if let areaKind { words.append("in \(areaKind)") }
    if case .hazardClass(let key) = outcome { words.append("→ \(key)") } else { words.append("→ no case") }
    return words.joined(separator: " ")
  }
}

extension HazardClass {
  fileprivate var summary: String {
    let limits = steps.map { "\($0.key) \($0.limit.words.en)" }.joined(separator: ", ")
    let tiers = tiers.map { $0.name(in: .en) }.joined(separator: " + ")
    let kind = isLocalExtension ? "local extension" : "GB/T 47678.5 transcription"
    return "\(code) (\(kind)); \(leadDepartmentID); \(tiers); \(severity.rawValue); \(limits)"
  }
}
