import Foundation
import InspectionModel
import TestSupport
import Testing

@Suite struct TimestampTests {
  @Test func knownInstants() {
    let noon = Timestamp(CivilTime(year: 2026, month: 11, day: 24, hour: 12), zone: .shanghai)
    #expect(noon?.nanoseconds == 1_795_492_800_000_000_000)
    #expect(Timestamp(nanoseconds: 0).iso8601() == "1970-01-01T00:00:00.000Z")
    #expect(Timestamp(nanoseconds: -1).iso8601() == "1969-12-31T23:59:59.999Z")
    #expect(noon?.iso8601(in: .shanghai) == "2026-11-24T12:00:00.000+08:00")
  }

  @Test func agreesWithFoundationOnRandomInstants() {
    var generator = SeededGenerator(seed: 7)
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = TimeZone(secondsFromGMT: 8 * 3600)!
    for _ in 0..<2000 {
      let seconds = Int64.random(in: -2_000_000_000...4_000_000_000, using: &generator)
      let civil = Timestamp(nanoseconds: seconds * 1_000_000_000).civil(in: .shanghai)
      let parts = calendar.dateComponents(
        [.year, .month, .day, .hour, .minute, .second, .weekday],
        from: Date(timeIntervalSince1970: Double(seconds)))
      #expect(civil.year == parts.year && civil.month == parts.month && civil.day == parts.day, "\(seconds)")
      #expect(civil.hour == parts.hour && civil.minute == parts.minute && civil.second == parts.second)
      #expect(civil.weekday == (parts.weekday! + 5) % 7 + 1)
      #expect(Timestamp(civil, zone: .shanghai)?.nanoseconds == seconds * 1_000_000_000)
    }
  }

  @Test(arguments: [
    ("2026-11-24T08:02:27.5+08:00", "2026-11-24T00:02:27.500Z"),
    ("2026-11-24 08:02:27", "2026-11-24T00:02:27.000Z"),
    ("2026-11-24", "2026-11-23T16:00:00.000Z"),
    ("2024-02-29T00:00Z", "2024-02-29T00:00:00.000Z"),
    ("2026-11-24T08:02:27.123456789Z", "2026-11-24T08:02:27.123Z"),
  ])
  func reads(text: String, expected: String) {
    #expect(Timestamp(iso8601: text, assuming: .shanghai)?.iso8601() == expected)
  }

  @Test(arguments: [
    "", "2026", "2026-13-01", "2026-02-29", "2026-11-24T24:00", "2026-11-24T08:02:27.",
    "2026-11-24T08:02:27+",
    "2026-11-24x", "2026-11-24T08:02:27Z ", "0000-00-00", "2026-11-24T08:02:27+25:00", "９026-11-24",
  ])
  func refuses(text: String) {
    #expect(Timestamp(iso8601: text, assuming: .utc) == nil)
  }

  @Test func movingSaturates() {
    #expect(Timestamp(nanoseconds: .max).advanced(byNanoseconds: 1).nanoseconds == .max)
    #expect(Timestamp(nanoseconds: .min).advanced(byNanoseconds: -1).nanoseconds == .min)
  }
}

@Suite struct HazardScoreTests {
  @Test(arguments: [
    (0.97, "0.970000"), (0, "0.000000"), (1, "1.000000"), (-3, "0.000000"), (7, "1.000000"),
    (.nan, "0.000000"), (.infinity, "1.000000"), (-.infinity, "0.000000"), (0.000_000_4, "0.000000"),
  ])
  func sixDecimals(fraction: Double, expected: String) {
    #expect(HazardScore(fraction: fraction).decimal == expected)
  }
}
