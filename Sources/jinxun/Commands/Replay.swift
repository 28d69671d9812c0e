internal import ArgumentParser
internal import Foundation
internal import InspectionModel
internal import InspectionPipeline
internal import InspectionStore

/// `jinxun replay`: what other rules would have done.
struct Replay: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Tries another governance file on what a store observed, and says what would differ.",
    discussion: """
      The store is only read. Steps that people took are not repeated: compared is what the rules decide.

      Example:
        jinxun replay --store district.sqlite --rules new.yaml
      """)

  @Option(help: ArgumentHelp("The store.", valueName: "file"))
  var store: String
  @Option(help: ArgumentHelp("Governance file to try.", valueName: "file"))
  var rules: String
  @OptionGroup var pipeline: PipelineOptions
  @Option(help: ArgumentHelp("As for import; default: the machine's clock.", valueName: "time"))
  var now: String?
  @Option(help: "Differences to print at most.")
  var limit = 100

  func run() async throws {
    try await reportingFailures {
      let current = try pipeline.load()
      let tried: ValidatedPipeline
      do throws(DefinitionError) {
        tried = try current.replacingGovernance(file: URL(filePath: rules))
      } catch {
        throw CommandFailure(error.description)
      }
      let zone = tried.governance.calendar.zone
      let now = try instant(now, option: "--now", zone: zone) ?? wallClock()
      let opened = try InspectionStore.existing(path: store)
      let folder = FileManager.default.temporaryDirectory.appending(
        path: "jinxun-replay-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      let outcome = try await RuleReplay(store: opened, rules: tried, now: now).run(in: folder)
      try opened.close()
      Standard.output(
        """
        incidents: \(outcome.incidentsBefore) → \(outcome.incidentsAfter)
        cases: \(outcome.casesBefore) → \(outcome.casesAfter)
        closed on time: \(outcome.onTimeBefore) → \(outcome.onTimeAfter) of \(outcome.closed)
        differences: \(outcome.differences.count)
        """)
      for difference in outcome.differences.prefix(max(0, limit)) {
        Standard.output(
          "\(difference.caseNumber ?? "-")  \(difference.hazard.rawValue)  "
            + "\(difference.firstSeen.iso8601(in: zone).prefix(16))  "
            + difference.changes.joined(separator: "; "))
      }
    }
  }
}
