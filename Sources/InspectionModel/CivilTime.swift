/// A date and a time of day as a calendar and a clock on the wall show them, without a zone.
package struct CivilTime: Sendable, Hashable {
  package var year: Int
  /// 1…12.
  package var month: Int
  /// 1…31.
  package var day: Int
  /// 0…23.
  package var hour: Int
  /// 0…59.
  package var minute: Int
  /// 0…59.
  package var second: Int
  /// 0…999,999,999.
  package var nanosecond: Int

  package init(
    year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0, nanosecond: Int = 0
  ) {
    (self.year, self.month, self.day) = (year, month, day)
    (self.hour, self.minute, self.second, self.nanosecond) = (hour, minute, second, nanosecond)
  }

  /// The date `daysSinceEpoch` days after 1970-01-01 at that nanosecond of the day.
  package init(daysSinceEpoch: Int64, nanosecondOfDay: Int64) {
    // Howard Hinnant's civil_from_days, with March as the first month so that leap days come last.
    let shifted = daysSinceEpoch + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    day = Int(dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    month = Int(monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9)
    year = Int(yearOfEra + era * 400) + (month <= 2 ? 1 : 0)
    let secondOfDay = Int(nanosecondOfDay / 1_000_000_000)
    (hour, minute, second) = (secondOfDay / 3600, secondOfDay / 60 % 60, secondOfDay % 60)
    nanosecond = Int(nanosecondOfDay % 1_000_000_000)
  }

  /// Days from 1970-01-01 to a date of the proleptic Gregorian calendar.
  package static func daysSinceEpoch(year: Int, month: Int, day: Int) -> Int64 {
    let shiftedYear = Int64(month <= 2 ? year - 1 : year)
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = Int64((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1)
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// Whether such a date exists (years 1678…2261, which `Timestamp` can hold) and the clock can show such a time.
  package var isValid: Bool {
    guard (1678...2261).contains(year), (1...12).contains(month), (1...31).contains(day),
      (0...23).contains(hour), (0...59).contains(minute), (0...59).contains(second),
      (0...999_999_999).contains(nanosecond)
    else { return false }
    let days = Self.daysSinceEpoch(year: year, month: month, day: day)
    return CivilTime(daysSinceEpoch: days, nanosecondOfDay: 0).day == day
  }

  /// ISO weekday: 1 Monday … 7 Sunday.
  package var weekday: Int {
    let days = Self.daysSinceEpoch(year: year, month: month, day: day)
    return Int(((days + 3) % 7 + 7) % 7) + 1
  }
}
