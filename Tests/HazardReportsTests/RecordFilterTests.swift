import HazardReports
import InspectionModel
import Testing

@Suite struct RecordFilterTests {
  private static let towns = [ExampleRecord.jijiang, ExampleRecord.degan]

  private func kept(_ filter: RecordFilter) -> [String] {
    ExampleRecord.whole.filtered(by: filter).incidents.map { String($0.id.suffix(1)) }.sorted()
  }

  @Test func eachCriterionKeepsWhatItNames() {
    #expect(kept(RecordFilter()).count == 7)
    #expect(kept(RecordFilter(hazards: [.garbage])) == ["5", "8"])
    #expect(kept(RecordFilter(tiers: [.district])) == ["1", "6"])
    #expect(kept(RecordFilter(townCodes: ["500116002"])) == ["4", "5"])
    #expect(kept(RecordFilter(statuses: [.closed])) == ["5"])
    #expect(kept(RecordFilter(statuses: [.open])) == ["1", "3", "4", "6", "7", "8"])
    #expect(kept(RecordFilter(statuses: [.order(.checked), .incident(.suspected)])) == ["5", "7", "8"])
    #expect(kept(RecordFilter(hazards: [.garbage], tiers: [.townStreet])) == ["5"])
  }

  @Test func theTimeSpanMayCutAnIncident() {
    let start = ExampleRecord.start
    // The fire was seen at 13.5 and 27 s; the end is not included.
    #expect(
      kept(RecordFilter(since: start.advanced(bySeconds: 20), until: start.advanced(bySeconds: 30))) == ["1"])
    #expect(kept(RecordFilter(until: start.advanced(bySeconds: 13.5))) == [])
    #expect(kept(RecordFilter(since: start.advanced(bySeconds: 1000))) == ["7"])
  }

  @Test func whatStaysKeepsItsEvidenceAndCoverage() {
    let start = ExampleRecord.start
    let part = ExampleRecord.whole.filtered(
      by: RecordFilter(since: start.advanced(bySeconds: 20), hazards: [.fireSmoke]))
    #expect(part.observations.map(\.key) == ["observation-0001", "observation-0002"])
    #expect(part.workOrders.count == 1)
    #expect(part.run == ExampleRecord.whole.run)
    #expect(part.faults.count == 2)
  }

  @Test func wordsOfTheCommandLine() throws {
    let filter = try RecordFilter(
      since: "2026-11-24", until: "2026-11-24", hazards: ["water,garbage", "water"], tiers: ["city"],
      towns: ["degan", "几江街道", "500116001"], statuses: ["open", "handling", "resolved"],
      knownTowns: Self.towns)
    #expect(filter.since?.iso8601(in: .shanghai) == "2026-11-24T00:00:00.000+08:00")
    #expect(
      filter.until?.iso8601(in: .shanghai) == "2026-11-25T00:00:00.000+08:00", "the day itself is included")
    #expect(filter.hazards == [.water, .garbage])
    #expect(filter.tiers == [.city])
    #expect(filter.townCodes == ["500116002", "500116001"])
    #expect(filter.statuses == [.open, .order(.handling), .incident(.resolved)])
    #expect(try RecordFilter(knownTowns: []).isEmpty)
  }

  @Test func everyStatusWordIsItsOwn() {
    let words = RecordFilter.StatusCriterion.all.map(\.word)
    #expect(Set(words).count == words.count)
    #expect(words.allSatisfy { RecordFilter.StatusCriterion(word: $0)?.word == $0 })
  }

  @Test func errorsNameTheOptionAndWhatItAllows() throws {
    func message(_ body: () throws(RecordFilterError) -> RecordFilter) -> String {
      do {
        _ = try body()
        return "accepted"
      } catch { return error.description }
    }
    let tier = message { () throws(RecordFilterError) in try RecordFilter(tiers: ["county"], knownTowns: []) }
    #expect(tier == "--tier: expected one of town_street, district, city; found \"county\"")
    let town = message { () throws(RecordFilterError) in
      try RecordFilter(towns: ["x"], knownTowns: Self.towns)
    }
    #expect(town == "--town: expected one of 500116001, 500116002; found \"x\"")
    let empty = message { () throws(RecordFilterError) in
      try RecordFilter(hazards: ["water,"], knownTowns: [])
    }
    #expect(empty.hasSuffix("found \"\""))
    let since = message { () throws(RecordFilterError) in try RecordFilter(since: "yesterday", knownTowns: [])
    }
    #expect(since.hasPrefix("--since: expected a date"))
    let order = message { () throws(RecordFilterError) in
      try RecordFilter(since: "2026-11-25", until: "2026-11-24", knownTowns: [])
    }
    #expect(order.hasPrefix("--until: expected a time after --since 2026-11-25"))
  }
}
