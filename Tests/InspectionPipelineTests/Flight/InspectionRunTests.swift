import Foundation
import HazardReports
import Ingest
import InspectionModel
import InspectionPipeline
import InspectionStore
import TestSupport
import Testing

@Suite struct InspectionRunTests {
  static let now = Timestamp(milliseconds: 1_795_492_800_000)
  let root: TemporaryFolder
  let flight: MarkedFlight
  let pipeline: ValidatedPipeline

  init() throws {
    root = try TemporaryFolder()
    flight = try MarkedFlight(root.file("gate-camera"))
    pipeline = try MarkedFlight.pipeline()
  }

  func store(_ name: String = "store.sqlite") throws -> InspectionStore {
    try InspectionStore(path: root.file(name).path)
  }

  func run(_ store: InspectionStore, workers: Int = 2, now: Timestamp = now) async throws
    -> InspectionRun.Outcome
  {
    try await InspectionRun(pipeline: pipeline, store: store, now: now, workers: workers)
      .run([flight.folder])
  }

  @Test func aFlightBecomesObservationsAnIncidentAndACase() async throws {
    try flight.addPictures(0..<2, [])
    try flight.addPictures(2..<8, [.fireSmoke])
    let store = try store()
    let outcome = try await run(store)
    #expect(outcome.isComplete && outcome.faults.isEmpty)
    #expect(outcome.coverage.map(\.framesAnalysed) == [8])
    #expect(outcome.coverage.map(\.witness) == [Witness(kind: .ground, source: "gate-camera")])
    let snapshot = try await store.snapshot()
    // A fixed camera reports from the third of five frames on.
    #expect(snapshot.observations.map(\.frame.name) == (4..<8).map { "frame_\($0).jpg" })
    #expect(snapshot.incidents.count == 1 && snapshot.workOrders.count == 1)
    #expect(snapshot.incidents.first?.observationKeys.count == 4)
    let order = try #require(snapshot.workOrders.first)
    #expect(order.hazardClass == "fire_smoke" && order.establishedAt == Self.now && order.town == nil)
    for observation in snapshot.observations {
      #expect(try store.evidence.bytes(sha256: observation.frame.sha256) != nil)
    }
  }

  @Test func aSecondRunAddsNothing() async throws {
    try flight.addPictures(0..<6, [.water])
    try flight.add("frame_6.jpg", [0xFF, 0xD8, 0xFF, 0xE0, 0x00])
    let store = try store()
    let first = try await run(store)
    #expect(first.addedRows > 0 && first.faults.count == 1)
    let before = try await store.snapshot()
    let second = try await run(store, now: Self.now.advanced(bySeconds: 86_400))
    #expect(second.addedRows == 0)
    #expect(second.changes.observationsAdded == 0 && second.changes.incidentsUpdated == 0)
    #expect(second.coverage.map(\.framesAnalysedEarlier) == [6])
    let after = try await store.snapshot()
    #expect(before.observations == after.observations && before.incidents == after.incidents)
    #expect(before.workOrders == after.workOrders && before.faults == after.faults)
  }

  @Test func theNumberOfWorkersChangesNoByte() async throws {
    try flight.addPictures(0..<40, [.garbage, .roadDamage])
    try flight.add("frame_17b.jpg", Array(try MarkedFlight.picture([.water], seed: 3).dropLast(900)))
    var texts: [[String]] = []
    for workers in [1, 2, 5] {
      let store = try store("\(workers).sqlite")
      let outcome = try await run(store, workers: workers)
      let record = try await StoredRecord(store: store, pipeline: pipeline)
        .record(of: outcome, now: Self.now, timing: nil)
      let evidence = EvidencePictures(store: store, definition: pipeline.definition)
      let export = RecordExport(record: record, language: .en, evidence: evidence.lookup)
      texts.append(
        try ExportFormat.allCases.map { format in
          var bytes: [UInt8] = []
          try export.write(format) { bytes += $0 }
          return String(decoding: bytes, as: UTF8.self)
        })
    }
    #expect(texts[0].allSatisfy { !$0.isEmpty })
    #expect(texts[0] == texts[1] && texts[0] == texts[2])
  }

  @Test func oneBadFrameIsACountedFaultWithItsPlace() async throws {
    try flight.addPictures(0..<6, [.fireSmoke])
    let picture = try MarkedFlight.picture([.fireSmoke], seed: 9)
    try flight.add("cut.jpg", Array(picture.prefix(picture.count * 2 / 3)))
    try flight.add("text.jpg", Array("no picture".utf8))
    try flight.add("empty.png", [])
    let store = try store()
    let outcome = try await run(store)
    let faults = Dictionary(grouping: outcome.faults, by: \.subject)
    #expect(faults.keys.sorted() == ["cut.jpg", "empty.png", "text.jpg"])
    #expect(faults["cut.jpg"]?.map(\.code) == ["frame_truncated"])
    #expect(faults["cut.jpg"]?.first?.place != nil)
    // A cut picture is not looked at: what lies below the cut is unknown.
    #expect(outcome.coverage.first?.framesFaulty == 1 && outcome.coverage.first?.framesAnalysed == 6)
    #expect(try await store.snapshot().incidents.count == 1)
  }

  @Test func aStoppedRunGoesOnWhereItWas() async throws {
    try flight.addPictures(0..<100, [.fireSmoke])
    let whole = try store("whole.sqlite"), stopped = try store("stopped.sqlite")
    _ = try await run(whole)
    let inspection = InspectionRun(pipeline: pipeline, store: stopped, now: Self.now, workers: 2)
    let folder = flight.folder
    let stop = CancellationGate()
    let first = try await stop.run {
      try await inspection.run([folder]) { progress in
        guard progress.done == 40 else { return }
        stop.requestAndBlock()
      }
    }
    #expect(!first.isComplete)
    let kept = try await stopped.snapshot()
    #expect(kept.workOrders.isEmpty && kept.sources.first?.frameCount ?? 0 >= 40)
    let second = try await run(stopped)
    #expect(second.isComplete && second.coverage.first?.framesAnalysedEarlier ?? 0 >= 40)
    let (expected, found) = (try await whole.snapshot(), try await stopped.snapshot())
    #expect(expected.observations == found.observations && expected.incidents == found.incidents)
    #expect(expected.workOrders == found.workOrders && expected.coverage == found.coverage)
  }

  @Test func aFolderThatIsNoFlightIsRefusedAndTheOthersGoOn() async throws {
    try flight.addPictures(0..<4, [])
    let empty = root.file("empty")
    try FileManager.default.createDirectory(at: empty, withIntermediateDirectories: true)
    let outcome = try await InspectionRun(pipeline: pipeline, store: store(), now: Self.now)
      .run([empty, root.file("absent"), flight.folder])
    #expect(outcome.refused.count == 2 && outcome.coverage.count == 1 && outcome.isComplete)
    #expect(outcome.refused.first?.message.contains("empty") == true)
  }

  @Test func aLowerThresholdAddsSightingsAndRenamesNone() async throws {
    try flight.addPictures(0..<6, [.water])
    let store = try store()
    _ = try await run(store)
    let before = try await store.snapshot().observations
    let text = pipeline.definition.source.text.replacing("garbage: fitted", with: "garbage: 0.01")
    let lower = ValidatedPipeline(
      definition: try PipelineDefinition(DefinitionSource(name: "lower.yaml", text: text)),
      governanceFile: pipeline.governanceFile)
    _ = try await InspectionRun(pipeline: lower, store: store, now: Self.now).run([flight.folder])
    let after = try await store.snapshot().observations
    #expect(after.filter { $0.hazard == .water } == before && !before.isEmpty)
    #expect(after.contains { $0.hazard == .garbage })
  }
}
