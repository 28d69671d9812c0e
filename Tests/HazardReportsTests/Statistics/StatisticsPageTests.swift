import HazardReports
import InspectionModel
import Testing

/// The page and the table: well-formed, complete, safe whatever text they show.
@Suite struct StatisticsPageTests {
  private static let statistics = CaseStatistics(StatisticsExample.input())

  private func table(_ statistics: CaseStatistics) throws -> [[String: String]] {
    let text = StatisticsTable(statistics).text
    try #require(text.unicodeScalars.first == "\u{FEFF}")
    let rows = try CSVReading.rows(String(text.unicodeScalars.dropFirst()))
    #expect(Set(rows[0]).count == rows[0].count && rows.allSatisfy { $0.count == rows[0].count })
    return rows.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(rows[0], $0)) }
  }

  @Test(arguments: Language.allCases)
  func thePageIsWellFormedAndShowsEveryRow(language: Language) {
    let page = MarkupReader(StatisticsPage(Self.statistics, language: language).text)
    #expect(page.failure == nil)
    #expect(page.elements[0].attributes["lang"] == (language == .zh ? "zh-CN" : "en"))
    #expect(page.count("script") == 0 && page.count("img") == 0 && page.count("link") == 0)
    #expect(page.elements.allSatisfy { $0.attributes["href"] == nil && $0.attributes["src"] == nil })
    let identifiers = page.elements.compactMap { $0.attributes["id"] }
    #expect(Set(identifiers).count == identifiers.count)
    for group in Self.statistics.groups {
      for row in group.rows { #expect(page.text.contains(row.name(in: language))) }
    }
    for words in ["40.0 %", "2/5", "29.28000, 106.25000", "2026-11-02 – 2026-11-08"] {
      #expect(page.text.contains(words), "\(words)")
    }
    #expect(page.text.contains(StatisticsGap.nothingDue.text(in: language)))
    #expect(page.text.contains(StatisticsGap.areaUnknown.text(in: language)))
  }

  @Test func aPeriodThatIsNotOverSaysSo() {
    var input = StatisticsExample.input()
    #expect(!StatisticsPage(CaseStatistics(input), language: .en).text.contains("not over"))
    input.asOf = StatisticsExample.at(4, 12)
    let page = StatisticsPage(CaseStatistics(input), language: .en).text
    #expect(page.contains("The period is not over: figures up to 2026-11-04 12:00."))
  }

  @Test func anEmptyPeriodHasNoZeroInPlaceOfAGap() throws {
    var input = StatisticsExample.input(cases: [])
    (input.alarms, input.watched) = (nil, nil)
    let page = MarkupReader(StatisticsPage(CaseStatistics(input), language: .en).text)
    #expect(page.failure == nil && !page.text.contains("0.0 %"))
    let total = try #require(try table(CaseStatistics(input)).first)
    #expect(total["按时结案率 on_time"] == "-" && total["on_time_whole"] == "0")
    #expect(total["gaps_en"]?.contains("on_time: nothing was due in the period") == true)
    #expect(total["缺项说明 gaps_zh"]?.contains("per_hour_watched: 没有观看时长记录") == true)
  }

  @Test func theTableHoldsTheFigures() throws {
    let rows = try table(Self.statistics)
    #expect(rows.map { $0["分组 group"] }.filter { $0 == "class" }.count == 4)
    let total = try #require(rows.first)
    #expect(total["分组 group"] == "total" && total["name_en"] == "All")
    #expect(total["立案 established"] == "7" && total["结案用时（中位） close_median_s"] == "57600")
    #expect(
      total["按时结案率 on_time"] == "0.4000" && total["on_time_part"] == "2" && total["on_time_whole"] == "5")
    #expect(total["立案/平方公里 per_km2"] == "0.002175" && total["gaps_en"] == "")
    #expect(total["起 from"] == "2026-11-02T00:00:00.000+08:00")
  }

  @Test(arguments: HostileText.all)
  func hostileTextStaysText(text: String) throws {
    let cases = StatisticsExample.cases.map { record in
      var record = record
      (record.caseNumber, record.hazardClass, record.nameZh) = (record.caseNumber + text, text, text)
      (record.nameEn, record.department, record.departmentID) = (text, text, text)
      record.town = WorkOrder.Town(code: text, nameZh: text, nameEn: text)
      return record
    }
    let classes = [StatisticsInput.ReportedClass(key: text, nameZh: text, nameEn: text)]
    var input = StatisticsExample.input(
      .campaign(key: text, nameZh: text, nameEn: text, classes: classes), cases: cases)
    (input.districtZh, input.districtEn, input.programVersion) = (text, text, text)
    let statistics = CaseStatistics(input)
    #expect(statistics.total.figures.established == 7)
    for language in Language.allCases {
      let page = MarkupReader(StatisticsPage(statistics, language: language).text)
      #expect(page.failure == nil && page.count("script") == 0)
    }
    for row in try table(statistics) {
      for (heading, cell) in row {
        guard let first = cell.unicodeScalars.first, cell != "-" else { continue }
        #expect(!"=+-@\t\r＝＋－＠".unicodeScalars.contains(first), "\(heading): \(cell)")
      }
    }
  }

  @Test(arguments: [
    (1, [1]), (4, [1, 2, 3, 4]), (5, [2, 4]), (9, [2, 4, 6, 8]), (23, [5, 10, 15, 20]),
    (99, [20, 40, 60, 80]),
  ])
  func theScaleIsRound(most: Int, lines: [Int]) {
    #expect(StatisticsPage.scale(most) == lines)
  }
}
