import InspectionModel
import TestSupport
import Testing
import WorkOrders

@Suite struct CaseClockTests {
  private static let calendar = WorkingCalendarTests.calendar
  private static let clock = CaseClock(calendar: calendar)

  private static func pause(_ from: String, _ to: String?) -> CaseFile.Pause {
    CaseFile.Pause(from: CaseDesk.time(from), to: to.map(CaseDesk.time))
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let limits: [String]
    let from: String
    let pauses: [[String]]
    let due: String?
    var testDescription: String { "\(limits) from \(from)" }
  }

  /// By hand; office hours 09:00-12:30 and 14:00-18:00. 2026-11-24 is a Tuesday.
  static let cases = [
    Case(
      limits: ["2 h"], from: "2026-11-24T10:00:00", pauses: [["2026-11-24T11:00:00", "2026-11-24T23:00:00"]],
      due: "2026-11-25T00:00:00"),
    // A pause over night costs office hours nothing; over lunch neither.
    Case(
      limits: ["4 working h"], from: "2026-11-24T16:00:00",
      pauses: [["2026-11-24T18:00:00", "2026-11-25T09:00:00"]], due: "2026-11-25T11:00:00"),
    Case(
      limits: ["4 working h"], from: "2026-11-24T09:00:00",
      pauses: [["2026-11-24T12:00:00", "2026-11-24T14:30:00"]], due: "2026-11-24T15:30:00"),
    // A pause that begins when the limit is reached comes too late.
    Case(
      limits: ["1 working h"], from: "2026-11-24T09:00:00",
      pauses: [["2026-11-24T10:00:00", "2026-11-24T17:00:00"]], due: "2026-11-24T10:00:00"),
    Case(
      limits: ["1 working h"], from: "2026-11-24T09:00:00",
      pauses: [["2026-11-24T09:59:00", "2026-11-24T17:00:00"]], due: "2026-11-24T17:01:00"),
    // Working days: two office hours of pause move the close of office by two office hours.
    Case(
      limits: ["1 working d"], from: "2026-11-24T10:00:00",
      pauses: [["2026-11-24T10:00:00", "2026-11-24T12:00:00"]], due: "2026-11-26T11:00:00"),
    Case(
      limits: ["1 working d"], from: "2026-11-27T10:00:00",
      pauses: [["2026-11-27T18:00:00", "2026-11-30T09:00:00"]], due: "2026-11-30T18:00:00"),
    // Over the National Day holidays and a make-up day.
    Case(
      limits: ["8 working h"], from: "2026-09-30T17:00:00",
      pauses: [["2026-09-30T17:30:00", "2026-10-09T18:00:00"]], due: "2026-10-10T18:00:00"),
    // Over the end of the year.
    Case(
      limits: ["2 working h"], from: "2026-12-31T17:00:00",
      pauses: [["2026-12-31T17:30:00", "2027-01-01T09:30:00"]], due: "2027-01-01T11:00:00"),
    // Extensions run from where the limit before them ends, on their own clock.
    Case(limits: ["2 h", "1 h"], from: "2026-11-24T20:00:00", pauses: [], due: "2026-11-24T23:00:00"),
    Case(
      limits: ["4 working h", "1 working d"], from: "2026-11-24T14:00:00", pauses: [],
      due: "2026-11-25T18:00:00"),
    Case(
      limits: ["2 h", "2 working h"], from: "2026-11-24T20:00:00", pauses: [], due: "2026-11-25T11:00:00"),
    // While a pause lasts nothing is due, unless it was before.
    Case(limits: ["2 h"], from: "2026-11-24T10:00:00", pauses: [["2026-11-24T11:00:00"]], due: nil),
    Case(
      limits: ["1 h"], from: "2026-11-24T10:00:00", pauses: [["2026-11-24T11:00:00"]],
      due: "2026-11-24T11:00:00"),
  ]

  @Test(arguments: cases) func limitsAsComputedByHand(_ example: Case) throws {
    let limits = try example.limits.map { try #require(WorkLimit($0)) }
    let pauses = example.pauses.map { Self.pause($0[0], $0.count > 1 ? $0[1] : nil) }
    let due = Self.clock.due(limits, from: CaseDesk.time(example.from), pauses: pauses)
    #expect(due == example.due.map(CaseDesk.time), "\(due?.iso8601(in: .shanghai) ?? "never")")
  }

  /// A limit without pauses is what the calendar says.
  @Test(arguments: ["5 min", "7 d", "4 working h", "1 working d", "5 working d"])
  func withoutPausesTheCalendarDecides(text: String) throws {
    let limit = try #require(WorkLimit(text))
    for start in WorkingCalendarTests.cases.map({ CaseDesk.time($0.from) }) {
      #expect(Self.clock.due([limit], from: start, pauses: []) == Self.calendar.due(limit, from: start))
      #expect(
        Self.clock.instant(ofPercent: 100, of: [limit], from: start, pauses: [])
          == Self.calendar.due(limit, from: start))
    }
  }

  /// Random limits, starts and pauses (whole minutes), around the turn of the year, a holiday and make-up days,
  /// against walking minute by minute.
  @Test(arguments: 0..<60 as Range<UInt64>)
  func pausesAgreeWithWalkingMinuteByMinute(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let bases = ["2026-12-28T00:00:00", "2026-02-12T00:00:00", "2026-09-18T00:00:00", "2026-11-24T00:00:00"]
    let start = Self.minutes(
      Int.random(in: 0..<4320, using: &generator), after: CaseDesk.time(bases[Int(seed % 4)]))
    let limit: WorkLimit =
      switch seed % 3 {
      case 0: .clock(minutes: Int.random(in: 1...3000, using: &generator))
      case 1: .officeHours(minutes: Int.random(in: 1...900, using: &generator))
      default: .workingDays(Int.random(in: 1...4, using: &generator))
      }
    var pauses: [CaseFile.Pause] = []
    var cursor = start
    for _ in 0..<Int.random(in: 0...4, using: &generator) {
      let from = Self.minutes(Int.random(in: 1...1500, using: &generator), after: cursor)
      cursor = Self.minutes(Int.random(in: 1...2500, using: &generator), after: from)
      pauses.append(CaseFile.Pause(from: from, to: cursor))
    }
    let walk = Walk(calendar: Self.calendar, start: start, limit: limit, pauses: pauses)
    let due = Self.clock.due([limit], from: start, pauses: pauses)
    #expect(
      due == walk.instant(ofPercent: 100), "seed \(seed): \(limit) \(due?.iso8601(in: .shanghai) ?? "-")")
    for percent in [50, 80, 150] {
      let instant = Self.clock.instant(ofPercent: percent, of: [limit], from: start, pauses: pauses)
      // Shares of odd minutes fall between two minutes: the walk takes the next whole one.
      let walked = try #require(walk.instant(ofPercent: percent))
      let late = walked.seconds(since: try #require(instant))
      #expect(late >= 0 && late < 60, "seed \(seed): \(percent) % of \(limit): \(late) s")
    }
  }

  private static func minutes(_ count: Int, after instant: Timestamp) -> Timestamp {
    instant.advanced(byNanoseconds: Int64(count) * 60_000_000_000)
  }

  /// The slow and obvious way: counts the minutes that run, one after the other.
  private struct Walk {
    let calendar: WorkingCalendar
    let start: Timestamp
    let limit: WorkLimit
    let pauses: [CaseFile.Pause]

    func instant(ofPercent percent: Int) -> Timestamp? {
      let wanted = budgetMinutes * percent
      var (instant, counted) = (start, 0)
      while counted * 100 < wanted {
        if runs(instant),
          !pauses.contains(where: { $0.from <= instant && instant < ($0.to ?? .init(nanoseconds: .max)) })
        {
          counted += 1
        }
        instant = minutes(1, after: instant)
      }
      return instant
    }

    private var budgetMinutes: Int {
      switch limit {
      case .clock(let minutes), .officeHours(let minutes): return minutes
      case .workingDays:
        let due = calendar.due(limit, from: start)
        var (instant, count) = (start, 0)
        while instant < due {
          if runs(instant) { count += 1 }
          instant = minutes(1, after: instant)
        }
        return count
      }
    }

    private func runs(_ instant: Timestamp) -> Bool {
      if case .clock = limit { return true }
      let civil = instant.civil(in: calendar.zone)
      let minute = civil.hour * 60 + civil.minute
      return calendar.isWorkingDay(CalendarDay(of: instant, in: calendar.zone))
        && calendar.officeHours.contains { $0.startMinute <= minute && minute < $0.endMinute }
    }
  }
}
