import HazardReports
import InspectionModel
import Testing

@Suite struct StatisticsPeriodTests {
  private func texts(_ period: StatisticsPeriod?) -> [String]? {
    period.map { [$0.from, $0.to].map { $0.iso8601(in: .shanghai) } }
  }

  @Test(arguments: [
    ("2026-11-24", "2026-11-24T00:00:00.000+08:00", "2026-11-25T00:00:00.000+08:00"),
    ("2026-11-01..2026-11-30", "2026-11-01T00:00:00.000+08:00", "2026-12-01T00:00:00.000+08:00"),
    (
      "2026-12-31..2027-01-01T08:00:00Z", "2026-12-31T00:00:00.000+08:00", "2027-01-01T16:00:00.000+08:00"
    ),
  ])
  func periodsAreRead(text: String, from: String, to: String) {
    #expect(texts(StatisticsPeriod(text: text, zone: .shanghai)) == [from, to])
  }

  @Test(arguments: [
    "", "..", "today", "2026-11-24..", "..2026-11-24", "2026-11-24..2026-11-23", "2026-02-30",
    "2026-11-01..2026-11-02..2026-11-03", "2026-11-24T08:00:00",
  ])
  func otherTextIsNoPeriod(text: String) {
    #expect(StatisticsPeriod(text: text, zone: .shanghai) == nil)
  }

  @Test func aDayIsTheDistrictsDay() throws {
    let late = try #require(Timestamp(iso8601: "2026-11-24T16:30:00Z", assuming: .utc))
    let day = StatisticsPeriod(dayOf: late, zone: .shanghai)
    #expect(texts(day) == ["2026-11-25T00:00:00.000+08:00", "2026-11-26T00:00:00.000+08:00"])
    #expect(day.hours(from: late, to: late.advanced(bySeconds: 7200)) == 2)
    #expect(day.hours(from: late.advanced(bySeconds: -7200), to: late) == 0.5)
    #expect(day.hours(from: late.advanced(bySeconds: -7200), to: late.advanced(bySeconds: -3600)) == 0)
  }
}
