internal import ArgumentParser
internal import Foundation
internal import HazardAnalysis
internal import HazardReports
internal import InspectionModel
internal import InspectionPipeline

/// `jinxun evaluate`: how good the analyser is on labelled pictures.
struct Evaluate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Judges the analyser on labelled pictures, the district's own for example.",
    discussion: """
      The folder holds manifest.csv with the columns file, set, fire_smoke, water, road_damage, garbage (1, 0, or \
      blank: not judged) and, where there are, vehicles (a count), mask, boxes and note. AUC is the chance that a \
      picture with the hazard scores above one without; R@1% the share of the hazards that is found where one in a \
      hundred pictures without raises an alarm.

      Examples:
        jinxun evaluate --data pictures
        jinxun evaluate --data pictures --threshold-for recall=0.95 --threshold-for false-alarms=0.01

      Exit code: 0 done; 1 done, but some pictures could not be read; 2 nothing could be read.
      """)

  @Option(help: ArgumentHelp("Folder with manifest.csv and the pictures.", valueName: "dir"))
  var data: String

  @Option(help: ArgumentHelp("Judge only the pictures that this file names, one a line.", valueName: "file"))
  var only: String?

  @Option(help: "Score that raises an alarm, 0 to 1.")
  var threshold = 0.5

  @Option(
    help: ArgumentHelp(
      "Proposes a threshold for each hazard: recall=SHARE or false-alarms=SHARE. Repeatable.",
      valueName: "aim"))
  var thresholdFor: [ThresholdAim] = []

  @Option(help: ArgumentHelp("Also write all figures here.", valueName: "file"))
  var json: String?

  @Option(help: "Pictures in work at once; default: one per processor. Figures do not depend on it.")
  var workers: Int?

  func validate() throws {
    guard (0...1).contains(threshold) else { throw ValidationError("--threshold: expected 0 to 1") }
    if let workers, !(1...256).contains(workers) {
      throw ValidationError("--workers: expected 1 to 256, found \(workers)")
    }
  }

  func run() async throws {
    try await reportingFailures {
      let pictures = try readPictures()
      for warning in pictures.warnings { Standard.error("note: \(warning)") }
      let analyzer = NetworkAnalyzer(tier: try chosenTier())
      let evaluation = PictureEvaluation(pictures, analyzer: analyzer, threshold: threshold)
      let workers = workers ?? min(256, ProcessInfo.processInfo.activeProcessorCount)
      let (result, signal) = try await untilSignal { try await evaluation.run(workers: workers) }
      if let signal { throw ExitCode(signal.exitCode) }
      for refusal in result.refusals { Standard.error("\(refusal.name): \(refusal.reason)") }
      if result.refusals.count == result.pictureCount {
        throw CommandFailure("none of the \(result.pictureCount) pictures could be read")
      }
      Standard.output(EvaluationText(result, aims: thresholdFor).text, terminator: "")
      if let json { try write(result, to: json) }
      if !result.refusals.isEmpty { throw ExitCode(1) }
    }
  }

  private func readPictures() throws -> LabelledPictures {
    do {
      let names = try only.map { path in
        Set(
          try String(contentsOfFile: path, encoding: .utf8).split(whereSeparator: \.isNewline).map(
            String.init))
      }
      let pictures = try LabelledPictures(
        folder: URL(filePath: data, directoryHint: .isDirectory), only: names)
      if pictures.pictures.isEmpty { throw CommandFailure("--data \(data): no picture to judge") }
      return pictures
    } catch let failure as DelimitedTable.Failure {
      throw CommandFailure(failure.description)
    } catch let failure as CommandFailure {
      throw failure
    } catch {
      throw CommandFailure("--only \(only ?? ""): cannot read it: \((error as NSError).localizedDescription)")
    }
  }

  private func write(_ result: PictureEvaluation.Result, to path: String) throws {
    do {
      try Data(EvaluationText(result, aims: thresholdFor).json.utf8).write(to: URL(filePath: path))
    } catch {
      throw CommandFailure("--json \(path): cannot write it: \((error as NSError).localizedDescription)")
    }
  }
}

/// What a proposed threshold is to reach.
enum ThresholdAim: ExpressibleByArgument, CustomStringConvertible {
  case recall(Double)
  case falseAlarms(Double)

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1)
    guard parts.count == 2, let share = Double(parts[1]), (0...1).contains(share) else { return nil }
    switch parts[0] {
    case "recall": self = .recall(share)
    case "false-alarms": self = .falseAlarms(share)
    default: return nil
    }
  }

  var description: String {
    switch self {
    case .recall(let share): "recall=\(share)"
    case .falseAlarms(let share): "false-alarms=\(share)"
    }
  }

  /// The threshold that reaches the aim; `nil` without pictures to learn it from.
  func threshold(positives: [Double], negatives: [Double]) -> Double? {
    switch self {
    case .recall(let share): DetectionFigures.threshold(recall: share, positives: positives)
    case .falseAlarms(let share): DetectionFigures.threshold(falseAlarms: share, negatives: negatives)
    }
  }
}
