import Foundation
import HazardReports
import InspectionModel
import TestSupport
import Testing

@Suite struct RecordExportTests {
  /// A thousand incidents within a few kilometres.
  private static func large(seed: UInt64) -> InspectionRecord {
    var random = SeededGenerator(seed: seed)
    var observations: [Observation] = []
    for number in 0..<1000 {
      let hazard = HazardKind.allCases.randomElement(using: &random)!
      let place = ExampleRecord.place(
        29.25 + .random(in: 0...0.04, using: &random), 106.2 + .random(in: 0...0.04, using: &random),
        sigmaMeters: .random(in: 0.5...30, using: &random))
      observations.append(
        ExampleRecord.observation(
          number, hazard, score: .random(in: 600_000...999_999, using: &random),
          place: number % 10 == 0 ? nil : place))
    }
    return InspectionRecord(
      run: ExampleRecord.run, observations: observations,
      incidents: observations.map { ExampleRecord.incident([$0]) }, workOrders: [], faults: [])
  }

  @Test(arguments: ExportFormat.allCases)
  func theOrderInWhichPartsComeDoesNotMatter(format: ExportFormat) throws {
    let whole = ExampleRecord.whole
    let seed: UInt64 = 3
    var random = SeededGenerator(seed: seed)
    let expected = try whole.text(format)
    for _ in 0..<5 {
      var run = whole.run
      run.sources.shuffle(using: &random)
      let shuffled = InspectionRecord(
        run: run, observations: whole.observations.shuffled(using: &random),
        incidents: whole.incidents.shuffled(using: &random),
        workOrders: whole.workOrders.shuffled(using: &random),
        faults: whole.faults.shuffled(using: &random))
      #expect(try shuffled.text(format) == expected, "seed \(seed)")
    }
  }

  @Test(arguments: ExportFormat.allCases)
  func aThousandIncidentsComeInChunks(format: ExportFormat) throws {
    let record = Self.large(seed: 5)
    var sizes: [Int] = []
    try RecordExport(record: record, language: .en).write(format) { sizes.append($0.count) }
    #expect(sizes.reduce(0, +) > 0)
    // Only the report's sections before the cards are written as one piece.
    if format != .html { #expect(sizes.allSatisfy { $0 < 65_536 + 8192 }) }
    if format == .geojson || format == .kml { #expect(sizes.count > 5) }
  }

  @Test func theMapNumbersTheMostUrgentOnly() throws {
    let record = Self.large(seed: 5)
    let areas = MapArea.areas(of: record, numbered: record.incidentsByUrgency)
    #expect(areas.reduce(0) { $0 + $1.markers.count } == 900)
    #expect(areas.count == 1)
    let layout = MapLayout(area: areas[0], widthPoints: 700)
    for marker in areas[0].markers {
      let point = layout.point(of: marker.place.position)
      #expect((0...700).contains(point.x) && (0...layout.heightPoints).contains(point.y))
    }
    let dots = areas[0].markers.prefix(80).map { layout.point(of: $0.place.position) }
    #expect(layout.discPoints(for: Array(dots), avoiding: Array(dots)).count == 80)
  }

  @Test func aFullDiskStopsTheExport() {
    struct DiskFull: Error {}
    for format in ExportFormat.allCases {
      #expect(throws: DiskFull.self) {
        try RecordExport(record: ExampleRecord.whole).write(format) { _ in throw DiskFull() }
      }
    }
  }

  @Test func theStandingOrderOfAnIncidentIsTheOneThatIsNotMerged() throws {
    let whole = ExampleRecord.whole
    let fire = try #require(whole.incidents.first { $0.hazard == .fireSmoke })
    var merged = try #require(whole.workOrder(of: fire))
    merged.caseNumber = "500116-20261122-U-000009"
    merged.status = .merged
    let record = InspectionRecord(
      run: whole.run, observations: whole.observations, incidents: whole.incidents,
      workOrders: whole.workOrders + [merged], faults: [])
    #expect(record.workOrder(of: fire)?.caseNumber == "500116-20261123-U-000001")
  }

  @Test(arguments: ExportFormat.allCases)
  func noExportTellsWhoReported(format: ExportFormat) throws {
    #expect(try !ExampleRecord.whole.text(format).contains(ExampleRecord.resident.source))
  }

  @Test func theWorstComesFirst() {
    #expect(
      ExampleRecord.whole.incidentsByUrgency.map(\.hazard).prefix(3) == [.fireSmoke, .water, .congestion])
    #expect(
      ExampleRecord.whole.incidentsByUrgency.suffix(2).map(\.state) == [.suspected, .confirmed].reversed())
  }

  /// Pins the data formats byte for byte. To accept a change, run with `JINXUN_RECORD_EXPECTED=1` and read the diff.
  @Test(arguments: [ExportFormat.geojson, .csv, .kml, .jsonl, .run])
  func theFormatsAreAsExpected(format: ExportFormat) throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "Expected/\(format.fileName)")
    let small = ExampleRecord.whole.filtered(by: RecordFilter(hazards: [.fireSmoke, .congestion]))
    let text = try small.text(format)
    if ProcessInfo.processInfo.environment["JINXUN_RECORD_EXPECTED"] == "1" {
      try Data(text.utf8).write(to: file)
    }
    let expected = try String(decoding: Data(contentsOf: file), as: UTF8.self)
    #expect(text == expected)
  }
}
