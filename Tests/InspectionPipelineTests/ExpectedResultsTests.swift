import Foundation
import HazardReports
import Ingest
import InspectionModel
import InspectionPipeline
import InspectionStore
import TestSupport
import Testing
import WorkOrders

/// Pins what the fixture flights give: geometry, fusion, routing and formats, with the analyser of drawn markers.
///
/// To accept a change, run with `JINXUN_RECORD_EXPECTED=1` and read the diff.
@Suite struct ExpectedResultsTests {
  static let flights = ["marked", "subtitled", "fixed-camera", "damaged"]
  static let formats: [ExportFormat] = [.geojson, .csv, .kml, .jsonl, .run]

  @Test(arguments: flights) func aFixtureFlightGivesWhatIsExpected(name: String) async throws {
    let folder = ProjectFiles.fixture("flights/\(name)")
    let root = try TemporaryFolder()
    let locator = PipelineLocator(
      named: ProjectFiles.fixture("pipelines/markers.yaml").path, environment: [:], programFolder: nil)
    let pipeline = try locator.load()
    let store = try InspectionStore(path: root.file("store.sqlite").path)
    let now = try #require(Timestamp(iso8601: "2026-11-24T10:00:00+08:00", assuming: .utc))
    let outcome = try await InspectionRun(pipeline: pipeline, store: store, now: now).run([folder])
    let record = try await StoredRecord(store: store, pipeline: pipeline)
      .record(of: outcome, now: now, timing: nil)
    let export = RecordExport(record: record, language: .en, zone: pipeline.governance.calendar.zone)
    for format in Self.formats {
      var bytes: [UInt8] = []
      try export.write(format) { bytes += $0 }
      let file = folder.appending(path: "expected/\(format.fileName)")
      if ProcessInfo.processInfo.environment["JINXUN_RECORD_EXPECTED"] == "1" {
        try FileManager.default.createDirectory(
          at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
      }
      let expected = String(decoding: try Data(contentsOf: file), as: UTF8.self)
      #expect(String(decoding: bytes, as: UTF8.self) == expected, "\(name): \(format.fileName)")
    }
  }
}
