internal import ArgumentParser
internal import Foundation
internal import HazardReports
internal import Ingest
internal import InspectionModel
internal import InspectionPipeline
internal import InspectionStore
internal import PixelKernels
internal import WorkOrders

/// `jinxun process`: the main job.
struct Process: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Looks at recorded flights and writes hazards, incidents, work orders and a report.",
    discussion: """
      A flight is a folder of JPEG or PNG pictures, with their EXIF and XMP tags or a telemetry log (DJI .SRT, \
      Airdata .csv) beside them. A fixed camera's folder carries neither. Processing a flight again adds nothing; \
      a run that was stopped goes on where it was.

      Examples:
        jinxun process flights/degan --out report
        jinxun process flights/* --out report --store district.sqlite --language en
        jinxun process flights/degan --out report --now 2026-11-24T08:00:00+08:00

      DIR gets report.html, incidents.geojson, work-orders.csv, observations.jsonl and run.json of these flights.
      Exit code: 0 done; 1 done, with more faults than the pipeline allows or a folder that is no flight; \
      2 could not run; 130 or 143 stopped by a signal: run it again to go on.
      """)

  @Argument(help: ArgumentHelp("Folders with recorded flights.", valueName: "flight"))
  var flights: [String]

  @Option(help: ArgumentHelp("Folder for the results.", valueName: "dir"))
  var out: String

  @Option(
    help: ArgumentHelp(
      "Where everything is kept; default: jinxun.sqlite in the folder for the results.", valueName: "file"))
  var store: String?

  @OptionGroup var pipeline: PipelineOptions

  @Option(help: ArgumentHelp("When cases are established; default: the machine's clock.", valueName: "time"))
  var now: String?

  @Option(help: "Pictures in work at once; default: what the pipeline says. Results do not depend on it.")
  var workers: Int?

  @Option(help: "Language of the report and of the summary: zh or en.")
  var language: Language = .zh

  @Flag(help: "No progress on stderr.")
  var quiet = false

  func validate() throws {
    if flights.isEmpty { throw ValidationError("expected at least one folder with a recorded flight") }
    if let workers, !(1...256).contains(workers) {
      throw ValidationError("--workers: expected 1 to 256, found \(workers)")
    }
    let names = flights.map { FlightName.of(URL(filePath: $0, directoryHint: .isDirectory)) }
    let twice = Dictionary(grouping: names, by: \.self).filter { $0.value.count > 1 }.keys.min()
    if let twice {
      throw ValidationError("two of the folders are called \(twice): process them one after the other")
    }
  }

  func run() async throws {
    try await reportingFailures {
      let began = ContinuousClock.now, startedAt = wallClock()
      let pipeline = try pipeline.load()
      let now = try instant(now, option: "--now", zone: pipeline.governance.calendar.zone) ?? startedAt
      let tier = try chosenTier()
      let folder = URL(filePath: out, directoryHint: .isDirectory)
      let store = try openStore(in: folder)
      let inspection = InspectionRun(
        pipeline: pipeline, store: store, now: now, workers: workers, tier: tier)
      let progress = ProgressLine(isQuiet: quiet)
      let folders = flights.map { URL(filePath: $0, directoryHint: .isDirectory) }
      let (outcome, signal) = try await untilSignal {
        try await inspection.run(folders) { progress.show($0) }
      }
      progress.end()
      for refused in outcome.refused { Standard.error("jinxun: \(refused.message)") }
      guard outcome.isComplete else { throw stopped(outcome, signal) }
      if outcome.coverage.isEmpty { throw ExitCode(2) }
      let timing = RunSummary.Timing(
        startedAt: startedAt, elapsedSeconds: began.duration(to: .now) / .seconds(1),
        workers: inspection.workerCount, kernelTier: tier.rawValue)
      let record = try await StoredRecord(store: store, pipeline: pipeline)
        .record(of: outcome, now: now, timing: timing)
      try await write(record, outcome, pipeline: pipeline, store: store, into: folder)
      try store.close()
      let frames = outcome.coverage.reduce(0) { $0 + $1.framesFound }
      let tooMany = pipeline.definition.faultLimit.isExceeded(faults: outcome.faults.count, frames: frames)
      if tooMany || !outcome.refused.isEmpty { throw ExitCode(1) }
    }
  }

  /// Writes the result files, then the summary.
  private func write(
    _ record: InspectionRecord, _ outcome: InspectionRun.Outcome, pipeline: ValidatedPipeline,
    store: InspectionStore, into folder: URL
  ) async throws {
    let zone = pipeline.governance.calendar.zone, language = language
    let evidence = EvidencePictures(store: store, definition: pipeline.definition)
    let written = await WorkerThreads(name: "export").run {
      Result {
        let export = RecordExport(
          record: record, language: language, zone: zone, evidence: evidence.lookup)
        return try ExportFiles(export).write(ExportFiles.formatsOfARun, into: folder)
      }
    }
    let summary = RunSummaryText(
      record: record, outcome: outcome, language: language, zone: zone, folder: out,
      files: try written.get(), store: store.path)
    Standard.output(summary.text, terminator: "")
  }

  private func openStore(in folder: URL) throws -> InspectionStore {
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw CommandFailure("--out \(out): cannot make the folder: \((error as NSError).localizedDescription)")
    }
    return try InspectionStore(path: store ?? folder.appending(path: "jinxun.sqlite").relativePath)
  }

  private func stopped(_ outcome: InspectionRun.Outcome, _ signal: StopSignal?) -> ExitCode {
    let done = outcome.coverage.reduce(0) { $0 + $1.framesLookedAt + $1.framesFaulty }
    Standard.error(
      "jinxun: stopped after \(done) pictures; what was seen is kept, and the same command goes on from there"
    )
    return ExitCode(signal?.exitCode ?? 130)
  }
}
