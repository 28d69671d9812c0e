internal import Foundation
internal import HazardReports
internal import InspectionModel
internal import InspectionPipeline

/// Tables and JSON of an evaluation.
struct EvaluationText {
  private static let columns: [(title: String, name: String, value: @Sendable (DetectionFigures) -> Double)] =
    [
      ("pos", "positives", { Double($0.positives) }), ("neg", "negatives", { Double($0.negatives) }),
      ("AUC", "auc", { $0.areaUnderCurve }), ("low", "auc_low", { $0.interval?.lowerBound ?? .nan }),
      ("high", "auc_high", { $0.interval?.upperBound ?? .nan }),
      ("R@1%FA", "recall_at_1", { $0.recallAtOnePercent }),
      ("R@5%FA", "recall_at_5", { $0.recallAtFivePercent }),
      ("prec", "precision", { $0.precision }), ("recall", "recall", { $0.recall }), ("F1", "f1", { $0.f1 }),
    ]
  /// Slices have no alarm threshold of their own.
  private static let sliceColumns = 7

  private let result: PictureEvaluation.Result
  private let aims: [ThresholdAim]

  init(_ result: PictureEvaluation.Result, aims: [ThresholdAim]) { (self.result, self.aims) = (result, aims) }

  /// For people.
  var text: String {
    let titles = Self.columns.map(\.title)
    var parts = [
      Self.table(
        [["hazard"] + titles]
          + result.detection.map { row in
            [row.hazard.rawValue] + Self.columns.map { Self.text($0.value(row.figures), $0.name) }
          })
    ]
    if !result.slices.isEmpty {
      let columns = Self.columns.prefix(Self.sliceColumns)
      parts.append(
        Self.table(
          [["slice"] + columns.map(\.title)]
            + result.slices.map { slice in
              [slice.name] + columns.map { Self.text($0.value(slice.figures), $0.name) }
            }))
    }
    if !aims.isEmpty {
      parts.append(
        Self.table(
          [["threshold for"] + LabelledPictures.hazards.map(\.rawValue)]
            + aims.map { aim in [aim.description] + LabelledPictures.hazards.map { proposal(aim, $0) } }))
    }
    parts.append(
      Self.table([["figure", "value"]] + result.others.map { [$0.name, Self.text($0.value, $0.name)] }))
    return parts.joined(separator: "\n")
  }

  /// All figures by name.
  var json: String {
    var members: [(name: String, value: JSONValue)] = []
    for (hazard, figures) in result.detection {
      members += Self.columns.map { ("\(hazard.rawValue).\($0.name)", Self.value($0.value(figures))) }
    }
    for (name, figures) in result.slices {
      members += Self.columns.prefix(Self.sliceColumns).map {
        ("slice.\(name).\($0.name)", Self.value($0.value(figures)))
      }
    }
    for aim in aims {
      for hazard in LabelledPictures.hazards {
        members.append(("threshold.\(aim).\(hazard.rawValue)", Self.value(threshold(aim, hazard) ?? .nan)))
      }
    }
    members += result.others.map { ($0.name, Self.value($0.value)) }
    return JSONValue.object(members).line + "\n"
  }

  private func threshold(_ aim: ThresholdAim, _ hazard: HazardKind) -> Double? {
    result.scores[hazard].flatMap { aim.threshold(positives: $0.positives, negatives: $0.negatives) }
  }

  private func proposal(_ aim: ThresholdAim, _ hazard: HazardKind) -> String {
    threshold(aim, hazard).map { String(format: "%.6f", $0) } ?? "–"
  }

  private static func value(_ number: Double) -> JSONValue { .number(number, decimals: 6) }

  /// Numbers of things are whole; all else has four decimals.
  private static func text(_ number: Double, _ name: String) -> String {
    guard number.isFinite else { return "–" }
    let last = name.split(separator: ".").last ?? ""
    if ["positives", "negatives", "images", "usable", "marked"].contains(last) { return String(Int(number)) }
    return String(format: "%.4f", number)
  }

  /// Columns side by side, the first one to the left, the others to the right.
  private static func table(_ rows: [[String]]) -> String {
    let count = rows.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    return rows.map { row in
      let cells = row.enumerated().map { column, cell in
        let blanks = String(repeating: " ", count: widths[column] - cell.count)
        return column == 0 ? cell + blanks : blanks + cell
      }
      return cells.joined(separator: "  ") + "\n"
    }.joined()
  }
}
