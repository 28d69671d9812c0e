internal import ArgumentParser
internal import Foundation
internal import InspectionModel
internal import InspectionPipeline
internal import InspectionStore

/// `jinxun import`: observations that others made.
struct Import: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Takes observations and looks (JSON lines) into a store and turns them into incidents and cases.",
    discussion: """
      The files hold what `jinxun export --format jsonl` writes, one observation a line, and looks that found \
      nothing (looks.jsonl of `jinxun simulate day`). Lines may stand in any order and several times; importing a \
      file again adds nothing. An import that was stopped, even by kill -9, goes on where it was.

      Examples:
        jinxun import day/observations.jsonl day/looks.jsonl --store district.sqlite
        cat more.jsonl | jinxun import - --store district.sqlite

      Exit code: 0 done; 1 done, but some lines could not be taken; 2 could not run.
      """)

  @Argument(help: ArgumentHelp("Files, or - for standard input.", valueName: "file"))
  var files: [String]

  @Option(help: ArgumentHelp("The store; made where there is none.", valueName: "file"))
  var store: String

  @OptionGroup var pipeline: PipelineOptions

  @Option(
    help: ArgumentHelp(
      "Nothing can have been seen after this; default: the machine's clock.", valueName: "time"))
  var now: String?

  @Flag(help: "No progress on stderr.")
  var quiet = false

  func run() async throws {
    try await reportingFailures {
      let pipeline = try pipeline.load()
      let now = try instant(now, option: "--now", zone: pipeline.governance.calendar.zone) ?? wallClock()
      for file in files where file != "-" && !FileManager.default.isReadableFile(atPath: file) {
        throw CommandFailure("\(file): there is no such file, or it cannot be read")
      }
      let opened = try InspectionStore(path: store)
      let began = ContinuousClock.now
      let quiet = quiet
      let outcome = try await ObservationImport(store: opened, pipeline: pipeline, now: now).run(files) {
        if !quiet { Standard.error($0) }
      }
      try opened.close()
      for fault in outcome.faults { Standard.error(fault.description) }
      if outcome.faultCount > outcome.faults.count {
        Standard.error(
          "… and \(outcome.faultCount - outcome.faults.count) more lines that could not be taken")
      }
      Standard.output(summary(outcome, seconds: began.duration(to: .now) / .seconds(1)))
      if outcome.faultCount > 0 { throw ExitCode(1) }
    }
  }

  private func summary(_ outcome: ObservationImport.Outcome, seconds: Double) -> String {
    let changes = outcome.changes
    let rate = Double(outcome.lines) / max(seconds, 0.001)
    return """
      \(outcome.lines) lines: \(outcome.observationsAdded) observations and \(outcome.looksAdded) looks new, \
      \(outcome.known) known, \(outcome.faultCount) refused, \(changes.lateObservations) late
      \(changes.incidentsAdded) incidents opened, \(changes.incidentsMerged) merged; \
      \(changes.workOrdersAdded) cases established, \(changes.workOrdersUpdated) with news
      \((seconds * 10).rounded() / 10) s, \(Int(rate)) lines/s
      """
  }
}
