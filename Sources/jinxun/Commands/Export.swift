internal import ArgumentParser
internal import Foundation
internal import HazardReports
internal import InspectionModel
internal import InspectionPipeline
internal import InspectionStore
internal import WorkOrders

/// What `jinxun export` writes.
enum ExportChoice: ExpressibleByArgument {
  case record(ExportFormat)
  /// What was watched, when and how well.
  case coverage

  init?(argument: String) {
    if argument == "coverage" {
      self = .coverage
    } else if let format = ExportFormat(rawValue: argument) {
      self = .record(format)
    } else {
      return nil
    }
  }

  static var allValueStrings: [String] { ExportFormat.allCases.map(\.rawValue) + ["coverage"] }
}

/// `jinxun export`: what a store holds, as a file.
struct Export: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Writes what a store holds: map, table, lines or report.",
    discussion: """
      Examples:
        jinxun export --store district.sqlite --format geojson --out incidents.geojson
        jinxun export --store district.sqlite --format html --language en --hazard water,fire_smoke --out rain.html
        jinxun export --store district.sqlite --format csv --since 2026-11-01 --until 2026-11-30 --status open --out -

      Several values of one option may be given with commas. A date for --until includes that day. --out - writes \
      to standard output.
      """)

  @Option(help: ArgumentHelp("The store.", valueName: "file"))
  var store: String

  @Option(help: "geojson, csv, kml, jsonl, html, run, or coverage (what was watched, GeoJSON).")
  var format: ExportChoice

  @Option(help: ArgumentHelp("File to write, or - for standard output.", valueName: "path"))
  var out: String

  @Option(help: ArgumentHelp("Seen at this time or later.", valueName: "time"))
  var since: String?

  @Option(help: ArgumentHelp("Seen before this time, or on this day at the latest.", valueName: "time"))
  var until: String?

  @Option(help: ArgumentHelp("Kinds of hazard, such as fire_smoke.", valueName: "kind"))
  var hazard: [String] = []

  @Option(help: "Tiers: town_street, district, city.")
  var tier: [String] = []

  @Option(help: "Towns and streets, by code or name.")
  var town: [String] = []

  @Option(help: "open, closed, or a state of a case or an incident.")
  var status: [String] = []

  @Option(help: "Language of the report: zh or en.")
  var language: Language = .zh

  @OptionGroup var pipeline: PipelineOptions

  func run() async throws {
    try await reportingFailures {
      let pipeline = try pipeline.load()
      let zone = pipeline.governance.calendar.zone
      let filter = try filter(pipeline.governance, zone: zone)
      let opened = try InspectionStore.existing(path: store)
      guard case .record(let format) = format else { return try await writeCoverage(of: opened, zone: zone) }
      let record = try await StoredRecord(store: opened, pipeline: pipeline).whole().filtered(by: filter)
      let evidence = EvidencePictures(store: opened, definition: pipeline.definition)
      let (language, out) = (language, out)
      let written = await WorkerThreads(name: "export").run {
        Result {
          let export = RecordExport(
            record: record, language: language, zone: zone, evidence: evidence.lookup)
          if out == "-" {
            try export.write(format) { try FileHandle.standardOutput.write(contentsOf: Data($0)) }
          } else {
            try ExportFiles(export).write(format, to: URL(filePath: out))
          }
        }
      }
      try written.get()
      try opened.close()
    }
  }

  private func writeCoverage(of store: InspectionStore, zone: UTCOffset) async throws {
    func bound(_ text: String?, _ option: String) throws -> Timestamp? {
      try instant(text, option: option, zone: zone)
    }
    let export = CoverageExport(
      sources: try await store.watchedSources(),
      intervals: try await store.watchIntervals(from: bound(since, "--since"), to: bound(until, "--until")),
      flights: try await store.recordedCoverage(), zone: zone)
    try store.close()
    guard out != "-" else { return Standard.output(export.text, terminator: "") }
    try Data(export.text.utf8).write(to: URL(filePath: out), options: .atomic)
  }

  private func filter(_ governance: Governance, zone: UTCOffset) throws -> RecordFilter {
    do throws(RecordFilterError) {
      return try RecordFilter(
        since: since, until: until, hazards: hazard, tiers: tier, towns: town, statuses: status,
        knownTowns: governance.towns.map(\.town), zone: zone)
    } catch {
      throw ValidationError(error.description)
    }
  }
}
