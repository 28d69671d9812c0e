import HazardReports
import InspectionModel
import Testing

@Suite struct WorkOrderTableTests {
  private func table(_ record: InspectionRecord) throws -> [[String: String]] {
    let text = try record.text(.csv)
    try #require(text.unicodeScalars.first == "\u{FEFF}")
    let rows = try CSVReading.rows(String(text.unicodeScalars.dropFirst()))
    let headings = rows[0]
    #expect(Set(headings).count == headings.count)
    #expect(rows.allSatisfy { $0.count == headings.count })
    return rows.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(headings, $0)) }
  }

  @Test func everyOrderIsARow() throws {
    let table = try table(ExampleRecord.whole)
    #expect(table.compactMap { $0["案卷号 case_no"] } == ExampleRecord.whole.workOrders.map(\.caseNumber))
    let fire = table[0]
    #expect(fire["类别 name_zh"] == "烟火/火情")
    #expect(fire["本地扩展 local_extension"] == "yes")
    #expect(fire["层级 tier_zh"] == "镇街、区级")
    #expect(fire["下一时限 next_due"] == "2026-11-23T20:00:00.000+08:00")
    #expect(fire["纬度 latitude_deg"] == "29.29243")
    #expect(fire["单轴误差 sigma_m"] == "6.20")
    #expect(table[4]["纬度 latitude_deg"] == "", "no position, no number")
    #expect(table[4]["坐标系 coord_system"] == "")
  }

  @Test(arguments: HostileText.all)
  func noCellIsAFormula(text: String) throws {
    for row in try table(HostileText.record(text)) {
      for (heading, cell) in row {
        guard let first = cell.unicodeScalars.first else { continue }
        #expect(!"=+-@\t\r＝＋－＠".unicodeScalars.contains(first), "\(heading): \(cell)")
      }
      let department = try #require(row["主责部门 department"])
      #expect(department == printable(text) || department == "'" + printable(text))
    }
  }

  @Test func numbersWestAndSouthStayNumbers() throws {
    let seen = ExampleRecord.observation(
      1, .water, score: 900_000, place: ExampleRecord.place(-33.5, -70.6, sigmaMeters: 5))
    let incident = ExampleRecord.incident([seen])
    var order = try #require(ExampleRecord.whole.workOrders.first)
    order.incidentID = incident.id
    let record = InspectionRecord(
      run: ExampleRecord.run, observations: [seen], incidents: [incident], workOrders: [order], faults: [])
    #expect(try table(record)[0]["经度 longitude_deg"] == "-70.60000")
  }
}
