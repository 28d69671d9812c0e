import InspectionModel
import TestSupport
import Testing
import WorkOrders

@Suite struct WorkingCalendarTests {
  /// Office 09:00-12:30 and 14:00-18:00 (7.5 h), the holidays of 2026.
  static let calendar: WorkingCalendar = {
    func days(_ texts: String...) -> Set<CalendarDay> { Set(texts.map { CalendarDay($0)! }) }
    var holidays = days("2026-01-01", "2026-01-02", "2026-01-03", "2025-12-31")
    for day in 15...23 { holidays.insert(CalendarDay("2026-02-\(day)")!) }
    for day in 1...7 { holidays.insert(CalendarDay("2026-10-0\(day)")!) }
    return WorkingCalendar(
      zone: .shanghai, workingWeekdays: [1, 2, 3, 4, 5],
      officeHours: [ClockSpan("09:00-12:30")!, ClockSpan("14:00-18:00")!], holidays: holidays,
      makeUpDays: days("2026-01-04", "2026-02-14", "2026-02-28", "2026-09-20", "2026-10-10"),
      announcedYears: [2026])
  }()

  struct Case: Sendable, CustomTestStringConvertible {
    let limit: String
    let from: String
    let due: String
    var testDescription: String { "\(limit) from \(from)" }
  }

  /// Computed by hand with a calendar on paper. 2026-11-24 is a Tuesday.
  static let cases = [
    // The clock never pauses.
    Case(limit: "5 min", from: "2026-11-24T23:58:00", due: "2026-11-25T00:03:00"),
    Case(limit: "30 min", from: "2026-12-31T23:45:00", due: "2027-01-01T00:15:00"),
    Case(limit: "7 d", from: "2026-12-28T10:00:00", due: "2027-01-04T10:00:00"),
    // Working hours within a day, over lunch, to the last minute, over night.
    Case(limit: "2 working h", from: "2026-11-24T09:00:00", due: "2026-11-24T11:00:00"),
    Case(limit: "2 working h", from: "2026-11-24T11:30:00", due: "2026-11-24T15:00:00"),
    Case(limit: "4 working h", from: "2026-11-24T14:00:00", due: "2026-11-24T18:00:00"),
    Case(limit: "4 working h", from: "2026-11-24T14:00:01", due: "2026-11-25T09:00:01"),
    Case(limit: "4 working h", from: "2026-11-24T13:00:00", due: "2026-11-24T18:00:00"),
    Case(limit: "4 working h", from: "2026-11-24T20:00:00", due: "2026-11-25T14:30:00"),
    Case(limit: "4 working h", from: "2026-11-24T03:00:00", due: "2026-11-24T14:30:00"),
    Case(limit: "15 working min", from: "2026-11-24T12:20:00", due: "2026-11-24T14:05:00"),
    // Over a weekend, a holiday with make-up days, the end of a year.
    Case(limit: "4 working h", from: "2026-11-27T17:00:00", due: "2026-11-30T12:00:00"),
    Case(limit: "1 working h", from: "2026-11-28T10:00:00", due: "2026-11-30T10:00:00"),
    Case(limit: "2 working h", from: "2026-09-30T17:00:00", due: "2026-10-08T10:00:00"),
    Case(limit: "1 working h", from: "2026-10-10T17:30:00", due: "2026-10-12T09:30:00"),
    Case(limit: "8 working h", from: "2026-12-31T17:00:00", due: "2027-01-01T17:30:00"),
    // Working days: the day of establishment does not count; close of office.
    Case(limit: "1 working d", from: "2026-11-24T09:00:00", due: "2026-11-25T18:00:00"),
    Case(limit: "1 working d", from: "2026-11-24T23:59:59", due: "2026-11-25T18:00:00"),
    Case(limit: "5 working d", from: "2026-11-24T10:00:00", due: "2026-12-01T18:00:00"),
    Case(limit: "5 working d", from: "2026-11-28T10:00:00", due: "2026-12-04T18:00:00"),
    Case(limit: "2 working d", from: "2026-09-18T10:00:00", due: "2026-09-21T18:00:00"),
    Case(limit: "3 working d", from: "2026-09-30T10:00:00", due: "2026-10-10T18:00:00"),
    Case(limit: "1 working d", from: "2026-02-14T10:00:00", due: "2026-02-24T18:00:00"),
    Case(limit: "1 working d", from: "2025-12-30T10:00:00", due: "2026-01-04T18:00:00"),
  ]

  @Test(arguments: cases) func deadlinesAsComputedByHand(_ example: Case) throws {
    let limit = try #require(WorkLimit(example.limit))
    let start = try #require(Timestamp(iso8601: example.from, assuming: .shanghai))
    let due = Self.calendar.due(limit, from: start)
    #expect(due.iso8601(in: .shanghai) == "\(example.due).000+08:00")
  }

  /// A calendar of random office hours and days off, around the turn of a year.
  private static func randomCalendar(_ generator: inout SeededGenerator) -> WorkingCalendar {
    let marks = Set((0..<6).map { _ in Int.random(in: 0...1440, using: &generator) }).sorted()
    var spans = stride(from: 0, to: marks.count - 1, by: 2)
      .map { ClockSpan(startMinute: marks[$0], endMinute: marks[$0 + 1]) }
    if spans.isEmpty { spans = [ClockSpan(startMinute: 0, endMinute: 1440)] }
    let days = (0..<60).map { CalendarDay("2026-12-01")!.advanced(byDays: $0) }
    let holidays = Set(days.filter { _ in Int.random(in: 0..<4, using: &generator) == 0 })
    let weekdays = Set((1...7).filter { _ in Bool.random(using: &generator) })
    return WorkingCalendar(
      zone: UTCOffset(seconds: [0, 28_800, -12_600][Int.random(in: 0..<3, using: &generator)]),
      workingWeekdays: weekdays.isEmpty ? [2] : weekdays, officeHours: spans, holidays: holidays,
      makeUpDays: Set(days.filter { !holidays.contains($0) && $0.daysSinceEpoch % 5 == 0 }),
      announcedYears: [])
  }

  /// Whether the office is open in the minute that begins at an instant: the slow and obvious way.
  private static func isOpen(_ instant: Timestamp, _ calendar: WorkingCalendar) -> Bool {
    let civil = instant.civil(in: calendar.zone)
    let day = CalendarDay("\(padded(civil.year, 4))-\(padded(civil.month, 2))-\(padded(civil.day, 2))")!
    let worked =
      calendar.makeUpDays.contains(day)
      || calendar.workingWeekdays.contains(civil.weekday) && !calendar.holidays.contains(day)
    let minute = civil.hour * 60 + civil.minute
    return worked && calendar.officeHours.contains { $0.startMinute <= minute && minute < $0.endMinute }
  }

  /// Walks minute by minute.
  @Test(arguments: 0..<60 as Range<UInt64>)
  func officeHoursAgreeWithWalkingMinuteByMinute(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let calendar = Self.randomCalendar(&generator)
    let base = Timestamp(iso8601: "2026-12-01", assuming: .utc)!
    let start = base.advanced(bySeconds: Double(Int.random(in: 0..<40 * 1440, using: &generator) * 60))
    let minutes = Int.random(in: 1...1500, using: &generator)
    var (walked, left) = (start, minutes)
    while left > 0 {
      if Self.isOpen(walked, calendar) { left -= 1 }
      walked = walked.advanced(bySeconds: 60)
    }
    let due = calendar.due(.officeHours(minutes: minutes), from: start)
    #expect(due == walked, "seed \(seed): \(due.iso8601()) instead of \(walked.iso8601())")
    #expect(
      calendar.officeNanoseconds(from: start, to: due) == Int64(minutes) * 60_000_000_000, "seed \(seed)")
    #expect(calendar.officeNanoseconds(from: due, to: start) == 0, "seed \(seed)")
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func workingDaysAgreeWithWalkingMinuteByMinute(seed: UInt64) {
    var generator = SeededGenerator(seed: seed ^ 0x77)
    let calendar = Self.randomCalendar(&generator)
    let base = Timestamp(iso8601: "2026-12-10", assuming: .utc)!
    let start = base.advanced(bySeconds: Double(Int.random(in: 0..<20 * 1440, using: &generator) * 60))
    let days = Int.random(in: 1...5, using: &generator)
    // Count days on which the office was open at all, after the first midnight; due when it closes for the last time.
    func day(_ instant: Timestamp) -> CalendarDay { CalendarDay(of: instant, in: calendar.zone) }
    var (walked, seen, due) = (start, Set<CalendarDay>(), start)
    while seen.count <= days {
      if day(walked) > day(start), Self.isOpen(walked, calendar) {
        seen.insert(day(walked))
        if seen.count == days { due = walked.advanced(bySeconds: 60) }
      }
      walked = walked.advanced(bySeconds: 60)
    }
    #expect(calendar.due(.workingDays(days), from: start) == due, "seed \(seed)")
  }

  @Test func unannouncedYearsAreNamed() {
    func years(_ start: String, _ end: String) -> [Int] {
      Self.calendar.unannouncedYears(
        from: Timestamp(iso8601: start, assuming: .shanghai)!,
        to: Timestamp(iso8601: end, assuming: .shanghai)!)
    }
    #expect(years("2026-03-01", "2026-12-31T23:59:59") == [])
    #expect(years("2026-12-30", "2027-01-01") == [2027])
    #expect(years("2025-12-30", "2027-01-01") == [2025, 2027])
  }
}
