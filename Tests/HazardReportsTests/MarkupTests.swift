import Foundation
import HazardReports
import InspectionModel
import Testing

@Suite struct MarkupTests {
  static let picture = EvidenceImage(bytes: [0xFF, 0xD8, 0xFF, 0xE0, 0, 1, 2], isAnnotated: false)

  private func read(_ record: InspectionRecord, _ format: ExportFormat, _ language: Language = .en) throws
    -> MarkupReader
  {
    let reader = MarkupReader(try record.text(format, language: language) { _ in Self.picture })
    #expect(reader.failure == nil)
    return reader
  }

  @Test(arguments: Language.allCases)
  func theReportIsWellFormedAndComplete(language: Language) throws {
    let report = try read(ExampleRecord.whole, .html, language)
    #expect(report.elements[0].attributes["lang"] == (language == .zh ? "zh-CN" : "en"))
    #expect(report.count("article") == 7)
    #expect(report.count("img") == 7)
    for (name, attributes) in report.elements {
      if name == "img" {
        #expect(attributes["alt"]?.isEmpty == false)
        #expect(attributes["src"] == "data:image/jpeg;base64,/9j/4AABAg==")
      }
      if name == "th" { #expect(attributes["scope"] != nil) }
      #expect(name != "script")
      // Nothing is fetched: links stay inside the page.
      if let target = attributes["href"] { #expect(target.hasPrefix("#")) }
    }
    let identifiers = report.elements.compactMap { $0.attributes["id"] }
    #expect(Set(identifiers).count == identifiers.count)
    for order in ExampleRecord.whole.workOrders { #expect(report.text.contains(order.caseNumber)) }
    #expect(report.text.contains("29.29243° N, 106.25588° E"))
  }

  @Test func bothLanguagesShowTheSameNumbers() throws {
    // Dates, coordinates, scores, case numbers and hashes; counts stand in sentences of different order.
    let tokens = /[0-9]{2,}[-.:0-9]*[0-9]/
    let found = try Language.allCases.map { language in
      let text = try read(ExampleRecord.whole, .html, language).text
      return text.matches(of: tokens).map { String($0.output) }.filter { !$0.hasPrefix("86") }.sorted()
    }
    #expect(Set(found[0]) == Set(found[1]))
  }

  @Test func whatWasNotLookedAtDoesNotLookLikeNoHazard() throws {
    let report = try ExampleRecord.whole.text(.html)
    let row = try #require(
      report.split(separator: "\n").first { $0.contains("<tr") && $0.contains("obstruction") })
    #expect(row.contains("class=\"unwatched\""))
    #expect(row.contains("not looked for"))
    #expect(!row.contains("none seen"))
    #expect(report.contains("camera position only"))
    #expect(report.contains("no position"))
  }

  @Test func anEmptyRecordSaysThatNothingWasLookedAt() throws {
    var run = ExampleRecord.run
    run.sources = []
    run.analysers = []
    let record = InspectionRecord(run: run, observations: [], incidents: [], workOrders: [], faults: [])
    let report = try read(record, .html)
    #expect(report.text.contains("No source was looked at."))
    #expect(!report.text.contains("none seen"))
    #expect(try read(record, .kml).count("Placemark") == 0)
  }

  @Test func aFilteredReportSaysSo() throws {
    let record = ExampleRecord.whole.filtered(by: RecordFilter(hazards: [.water]))
    let report = try read(record, .html)
    #expect(report.text.contains("hazard = water"))
    #expect(report.text.contains("none that match"))
    #expect(!report.text.contains("none seen"))
    #expect(report.count("article") == 1)
  }

  @Test(arguments: HostileText.all)
  func hostileTextStaysText(text: String) throws {
    let ordinary = try read(HostileText.record("plain"), .html)
    let hostile = try read(HostileText.record(text), .html)
    #expect(hostile.count("script") == 0)
    #expect(hostile.elements.map(\.name) == ordinary.elements.map(\.name))
    let globe = try read(HostileText.record(text), .kml)
    #expect(globe.elements.map(\.name) == (try read(HostileText.record("plain"), .kml)).elements.map(\.name))
  }

  @Test func theGlobeShowsIncidentsTracksAndFootprints() throws {
    let globe = try read(ExampleRecord.whole, .kml)
    #expect(globe.count("Placemark") == 9, "seven incidents, a track, the ground seen")
    #expect(globe.count("Point") == 6)
    #expect(globe.count("Style") == HazardKind.allCases.count + 1)
    let styles = Set(globe.elements.filter { $0.name == "Style" }.compactMap { $0.attributes["id"] })
    #expect(styles.isSuperset(of: HazardKind.allCases.map(\.rawValue)))
    #expect(globe.count("NetworkLink") == 0 && globe.count("href") == 0)
  }

  @Test func aPictureOfAnUnknownKindIsNotEmbedded() throws {
    let report = try ExampleRecord.whole.text(.html) { _ in
      EvidenceImage(bytes: Array("<svg onload='alert(1)'/>".utf8), isAnnotated: true)
    }
    #expect(MarkupReader(report).count("img") == 0)
    #expect(report.contains("no evidence picture kept"))
  }

  @Test func base64IsFoundations() {
    for count in 0..<70 {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 151 &+ count) }
      #expect(base64Text(bytes) == Data(bytes).base64EncodedString())
    }
  }
}
