import Testing
import WorkOrders

@Suite struct WorkLimitTests {
  @Test func limitsAreReadAndPutIntoWords() {
    func words(_ text: String) -> [String]? { WorkLimit(text).map { [$0.words.zh, $0.words.en] } }
    #expect(WorkLimit("90 min") == .clock(minutes: 90))
    #expect(WorkLimit("36 h") == .clock(minutes: 2160))
    #expect(WorkLimit("7 d") == .clock(minutes: 10_080))
    #expect(WorkLimit("30 working min") == .officeHours(minutes: 30))
    #expect(WorkLimit("4 working h") == .officeHours(minutes: 240))
    #expect(WorkLimit("5 working d") == .workingDays(5))
    #expect(words("1 h") == ["1 小时（紧急工作时，不停表）", "1 hour on the clock"])
    #expect(words("5 min") == ["5 分钟（紧急工作时，不停表）", "5 minutes on the clock"])
    #expect(words("20 d") == ["20 天", "20 days"])
    #expect(words("4 working h") == ["4 工作时", "4 working hours"])
    #expect(words("1 working d") == ["1 个工作日", "1 working day"])
  }

  @Test(arguments: [
    "90 min", "36 h", "7 d", "30 working min", "4 working h", "5 working d", "1 min", "366 d",
    "366 working d",
  ])
  func textIsThatOfTheFile(text: String) { #expect(WorkLimit(text)?.text == text) }

  @Test(arguments: [
    "", "4", "h", "0 h", "-1 h", "4h", "4 hours", "1.5 h", "4 working", "367 working d", "367 d", "9000 h",
    "99999999999999999999 h", "4 working h h",
  ])
  func otherTextIsRefused(text: String) { #expect(WorkLimit(text) == nil) }

  @Test func spansOfTheDay() {
    #expect(ClockSpan("09:00-12:30") == ClockSpan(startMinute: 540, endMinute: 750))
    #expect(ClockSpan("18:00-24:00")?.contains(minuteOfDay: 1439) == true)
    #expect(ClockSpan("09:00-12:30")?.contains(minuteOfDay: 750) == false)
    #expect(ClockSpan("09:00-12:30")?.contains(minuteOfDay: 540) == true)
    let night = ClockSpan("19:00-07:00")
    #expect(night?.wrapsMidnight == true && night?.text == "19:00-07:00")
    #expect([1140, 0, 419].allSatisfy { night?.contains(minuteOfDay: $0) == true })
    #expect([1139, 420, 720].allSatisfy { night?.contains(minuteOfDay: $0) == false })
    for text in ["", "9:00-12:30", "09:00", "09:60-10:00", "24:01-25:00", "09:00-09:00", "09:00-10:00-11:00"]
    {
      #expect(ClockSpan(text) == nil, "\(text)")
    }
  }

  @Test func daysOfTheCalendar() {
    #expect(CalendarDay("2026-02-28")?.advanced(byDays: 1).text == "2026-03-01")
    #expect(CalendarDay("2028-02-28")?.advanced(byDays: 1).compactText == "20280229")
    #expect(CalendarDay("2026-11-24")?.weekday == 2)
    for text in ["2026-02-29", "2026-2-01", "2026-13-01", "2026-02-28T00:00", "26-02-28"] {
      #expect(CalendarDay(text) == nil, "\(text)")
    }
  }
}
