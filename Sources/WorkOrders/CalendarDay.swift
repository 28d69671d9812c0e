package import InspectionModel

/// A day of the calendar, without a time and without a zone.
package struct CalendarDay: Sendable, Hashable, Comparable {
  /// Days from 1970-01-01.
  package let daysSinceEpoch: Int64

  package init(daysSinceEpoch: Int64) { self.daysSinceEpoch = daysSinceEpoch }

  /// The day that a clock in `zone` shows at an instant.
  package init(of instant: Timestamp, in zone: UTCOffset) {
    let civil = instant.civil(in: zone)
    daysSinceEpoch = CivilTime.daysSinceEpoch(year: civil.year, month: civil.month, day: civil.day)
  }

  /// Reads `2026-10-01`; `nil` for anything else and for days that do not exist.
  package init?(_ text: String) {
    guard text.utf8.count == 10, let midnight = Timestamp(iso8601: text, assuming: .utc) else { return nil }
    self.init(of: midnight, in: .utc)
  }

  package func advanced(byDays days: Int64) -> CalendarDay {
    CalendarDay(daysSinceEpoch: daysSinceEpoch + days)
  }

  /// ISO weekday: 1 Monday … 7 Sunday.
  package var weekday: Int { civil.weekday }
  package var year: Int { civil.year }

  /// `2026-10-01`.
  package var text: String { "\(padded(civil.year, 4))-\(padded(civil.month, 2))-\(padded(civil.day, 2))" }
  /// `20261001`.
  package var compactText: String {
    "\(padded(civil.year, 4))\(padded(civil.month, 2))\(padded(civil.day, 2))"
  }

  package static func < (left: CalendarDay, right: CalendarDay) -> Bool {
    left.daysSinceEpoch < right.daysSinceEpoch
  }

  private var civil: CivilTime { CivilTime(daysSinceEpoch: daysSinceEpoch, nanosecondOfDay: 0) }
}
