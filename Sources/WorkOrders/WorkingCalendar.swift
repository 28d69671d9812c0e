package import InspectionModel

/// When the offices of the district work: hours, weekends, public holidays and the days worked in exchange.
package struct WorkingCalendar: Sendable, Hashable {
  package let zone: UTCOffset
  /// ISO weekdays on which offices work, 1 Monday … 7 Sunday.
  package let workingWeekdays: Set<Int>
  /// Office hours in order of the day, apart from each other.
  package let officeHours: [ClockSpan]
  /// Days off that would otherwise be worked (or are a weekend anyway).
  package let holidays: Set<CalendarDay>
  /// Weekend days that are worked in exchange.
  package let makeUpDays: Set<CalendarDay>
  /// Years whose holidays have been announced; in other years only weekends are known.
  package let announcedYears: Set<Int>

  /// - Precondition: at least one weekday and one span are worked; spans are in order, apart and within a day.
  package init(
    zone: UTCOffset, workingWeekdays: Set<Int>, officeHours: [ClockSpan], holidays: Set<CalendarDay>,
    makeUpDays: Set<CalendarDay>, announcedYears: Set<Int>
  ) {
    precondition(!workingWeekdays.isEmpty && workingWeekdays.isSubset(of: 1...7), "weekdays are 1…7")
    precondition(!officeHours.isEmpty, "offices work at some time of the day")
    precondition(Self.areInOrder(officeHours), "office hours are in order and apart, within one day")
    self.zone = zone
    self.workingWeekdays = workingWeekdays
    self.officeHours = officeHours
    self.holidays = holidays
    self.makeUpDays = makeUpDays
    self.announcedYears = announcedYears
  }

  /// Whether spans follow each other within one day without touching.
  package static func areInOrder(_ spans: [ClockSpan]) -> Bool {
    spans.allSatisfy { !$0.wrapsMidnight }
      && zip(spans, spans.dropFirst()).allSatisfy { $0.endMinute < $1.startMinute }
  }

  package func isWorkingDay(_ day: CalendarDay) -> Bool {
    makeUpDays.contains(day) || (workingWeekdays.contains(day.weekday) && !holidays.contains(day))
  }

  /// When a limit that starts to run at `start` is reached.
  ///
  /// Office hours that end with the day's last minute are due then, not at the next opening. A limit in office hours
  /// that starts outside them runs from the next opening.
  package func due(_ limit: WorkLimit, from start: Timestamp) -> Timestamp {
    switch limit {
    case .clock(let minutes):
      start.advanced(byNanoseconds: Int64(minutes) * Self.minute)
    case .officeHours(let minutes):
      advance(start, byOfficeNanoseconds: Int64(minutes) * Self.minute)
    case .workingDays(let days):
      closeOfOffice(afterWorkingDays: days, from: start)
    }
  }

  /// Nanoseconds of office hours between two instants; 0 where `end` is not later.
  package func officeNanoseconds(from start: Timestamp, to end: Timestamp) -> Int64 {
    guard start < end else { return 0 }
    var sum: Int64 = 0
    var day = CalendarDay(of: start, in: zone)
    let last = CalendarDay(of: end, in: zone)
    while day <= last {
      for (opening, closing) in officeSpans(on: day) {
        sum += max(0, min(closing, end.nanoseconds) - max(opening, start.nanoseconds))
      }
      day = day.advanced(byDays: 1)
    }
    return sum
  }

  /// The instant at which that many nanoseconds of office hours have passed since `start`.
  package func advance(_ start: Timestamp, byOfficeNanoseconds amount: Int64) -> Timestamp {
    guard amount > 0 else { return start }
    var remaining = amount
    var day = CalendarDay(of: start, in: zone)
    while true {
      for (opening, closing) in officeSpans(on: day) {
        let from = max(opening, start.nanoseconds)
        guard from < closing else { continue }
        if remaining <= closing - from { return Timestamp(nanoseconds: from + remaining) }
        remaining -= closing - from
      }
      day = day.advanced(byDays: 1)
    }
  }

  /// Years between two instants whose holidays have not been announced, in order.
  package func unannouncedYears(from start: Timestamp, to end: Timestamp) -> [Int] {
    let first = CalendarDay(of: start, in: zone).year
    let last = max(first, CalendarDay(of: end, in: zone).year)
    return (first...last).filter { !announcedYears.contains($0) }
  }

  private func closeOfOffice(afterWorkingDays count: Int, from start: Timestamp) -> Timestamp {
    precondition(count > 0, "a limit in working days is at least one day")
    var day = CalendarDay(of: start, in: zone)
    var left = count
    while left > 0 {
      day = day.advanced(byDays: 1)
      if isWorkingDay(day) { left -= 1 }
    }
    return Timestamp(nanoseconds: officeSpans(on: day)[officeHours.count - 1].closing)
  }

  /// Opening and closing times of a day, nanoseconds since the epoch; empty on a day off.
  private func officeSpans(on day: CalendarDay) -> [(opening: Int64, closing: Int64)] {
    guard isWorkingDay(day) else { return [] }
    let midnight = (day.daysSinceEpoch * 86_400 - Int64(zone.seconds)) * 1_000_000_000
    return officeHours.map {
      (midnight + Int64($0.startMinute) * Self.minute, midnight + Int64($0.endMinute) * Self.minute)
    }
  }

  private static let minute: Int64 = 60_000_000_000
}
