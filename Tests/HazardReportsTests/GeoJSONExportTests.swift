import Foundation
import HazardReports
import InspectionModel
import Testing

@Suite struct GeoJSONExportTests {
  private func parsed(_ record: InspectionRecord) throws -> [String: Any] {
    let data = Data(try record.text(.geojson).utf8)
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  private func features(_ record: InspectionRecord) throws -> [[String: Any]] {
    try #require(try parsed(record)["features"] as? [[String: Any]])
  }

  @Test func everyIncidentIsAFeatureWithTheSameMembers() throws {
    let features = try features(ExampleRecord.whole)
    #expect(features.compactMap { $0["id"] as? String } == ExampleRecord.whole.incidents.map(\.id))
    let members = features.map { Set(($0["properties"] as? [String: Any] ?? [:]).keys) }
    #expect(Set(members).count == 1)
    #expect(
      members[0].isSuperset(of: [
        "id", "case_no", "hazard", "code", "name_zh", "name_en", "severity", "score", "certainty", "status",
        "tier",
        "department", "town_code", "sources", "first_seen", "last_seen", "due", "position_error_m",
        "evidence",
        "detector", "coord_system",
      ]))
  }

  @Test func pointsAreLongitudeFirstWithHonestDecimals() throws {
    let text = try ExampleRecord.whole.text(.geojson)
    #expect(text.contains(#""coordinates":[106.25588,29.29243]"#), "6.2 m: five decimals")
    #expect(text.contains(#""coordinates":[106.2584,29.2941]"#), "60 m: four decimals")
    #expect(!text.contains("\"crs\""))
  }

  @Test func theBoxHoldsEveryPoint() throws {
    let collection = try parsed(ExampleRecord.whole)
    let box = try #require(collection["bbox"] as? [Double])
    #expect(box == [106.25470, 29.29155, 106.25840, 29.29410])
  }

  @Test func theBoxMayCrossTheAntimeridian() throws {
    let east = ExampleRecord.observation(
      1, .water, score: 900_000, place: ExampleRecord.place(10, 179.9, sigmaMeters: 5))
    let west = ExampleRecord.observation(
      2, .water, score: 900_000, place: ExampleRecord.place(11, -179.9, sigmaMeters: 5))
    let record = InspectionRecord(
      run: ExampleRecord.run, observations: [east, west],
      incidents: [ExampleRecord.incident([east]), ExampleRecord.incident([west])], workOrders: [], faults: [])
    let box = try #require(try parsed(record)["bbox"] as? [Double])
    #expect(box == [179.9, 10, -179.9, 11])
    #expect(MapArea.areas(of: record, numbered: record.incidents).count == 3, "110 km apart, and the flight")
    #expect(try !record.text(.html).isEmpty)
  }

  @Test func withoutAPlaceThereIsNoGeometryAndAReason() throws {
    let queue = try #require(
      try features(ExampleRecord.whole).first {
        ($0["properties"] as? [String: Any])?["hazard"] as? String == "congestion"
      })
    #expect(queue["geometry"] is NSNull)
    let properties = try #require(queue["properties"] as? [String: Any])
    #expect(properties["position_error_m"] is NSNull)
    #expect((properties["position_remark"] as? String)?.isEmpty == false)
  }

  @Test(arguments: [(Double.nan, 1.0), (95, 1), (0, 1), (29, .nan), (29, -1), (29, 1e300), (29, .infinity)])
  func aPlaceThatCannotBeIsNone(latitude: Double, sigma: Double) throws {
    let seen = ExampleRecord.observation(
      1, .water, score: 900_000,
      place: ExampleRecord.place(latitude, latitude == 0 ? 0 : 106, sigmaMeters: sigma))
    let record = InspectionRecord(
      run: ExampleRecord.run, observations: [seen], incidents: [ExampleRecord.incident([seen])],
      workOrders: [],
      faults: [])
    #expect(try features(record)[0]["geometry"] is NSNull)
    for format in ExportFormat.allCases { #expect(try !record.text(format).contains(/\b(nan|inf)\b/)) }
  }

  @Test(arguments: HostileText.all)
  func hostileTextComesBackUnchanged(text: String) throws {
    for feature in try features(HostileText.record(text)) {
      let properties = try #require(feature["properties"] as? [String: Any])
      let evidence = try #require((properties["evidence"] as? [[String: Any]])?.first)
      #expect((evidence["frame"] as? String).map { Array($0.utf8) } == Array(text.utf8))
      if !(properties["case_no"] is NSNull) { #expect(properties["department"] as? String == text) }
    }
  }
}
