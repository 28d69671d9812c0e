/// One instant: nanoseconds since 1970-01-01T00:00:00Z (UTC, no leap seconds).
///
/// Days and months follow the proleptic Gregorian calendar. A zone enters only where text is read or written.
package struct Timestamp: Sendable, Hashable, Comparable, Codable {
  /// Nanoseconds since the Unix epoch, negative before it.
  package let nanoseconds: Int64

  package init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  /// The instant that many whole milliseconds after the Unix epoch.
  package init(milliseconds: Int64) { nanoseconds = milliseconds * 1_000_000 }

  /// The instant of a civil date and time of day in a zone; `nil` for an impossible date or time of day.
  package init?(_ civil: CivilTime, zone: UTCOffset) {
    guard civil.isValid else { return nil }
    let days = CivilTime.daysSinceEpoch(year: civil.year, month: civil.month, day: civil.day)
    let seconds =
      days * 86_400 + Int64(civil.hour * 3600 + civil.minute * 60 + civil.second) - Int64(zone.seconds)
    nanoseconds = seconds * 1_000_000_000 + Int64(civil.nanosecond)
  }

  package static func < (left: Timestamp, right: Timestamp) -> Bool { left.nanoseconds < right.nanoseconds }

  /// This instant moved by a number of nanoseconds, saturating at the ends of the range (years 1677 and 2262).
  package func advanced(byNanoseconds offset: Int64) -> Timestamp {
    let (sum, overflow) = nanoseconds.addingReportingOverflow(offset)
    return Timestamp(nanoseconds: overflow ? (offset < 0 ? .min : .max) : sum)
  }

  /// This instant moved by a number of seconds (rounded to a nanosecond; must be finite and below 292 years).
  package func advanced(bySeconds offset: Double) -> Timestamp {
    advanced(byNanoseconds: Int64((offset * 1e9).rounded()))
  }

  /// Seconds from `earlier` to this instant, negative where this one is the earlier.
  package func seconds(since earlier: Timestamp) -> Double {
    let (difference, overflow) = nanoseconds.subtractingReportingOverflow(earlier.nanoseconds)
    return overflow ? Double(nanoseconds) / 1e9 - Double(earlier.nanoseconds) / 1e9 : Double(difference) / 1e9
  }

  /// The date and the time of day that a clock in `zone` shows.
  package func civil(in zone: UTCOffset) -> CivilTime {
    let local = nanoseconds.advanced(by: Int(zone.seconds) * 1_000_000_000)
    let (days, ofDay) = local.quotientAndRemainderFlooring(by: 86_400_000_000_000)
    return CivilTime(daysSinceEpoch: days, nanosecondOfDay: ofDay)
  }
}

extension Timestamp {
  /// ISO 8601 with milliseconds and the zone: `2026-11-24T08:02:27.500+08:00`, `Z` for UTC.
  package func iso8601(in zone: UTCOffset = .utc) -> String {
    let civil = civil(in: zone)
    let date = "\(padded(civil.year, 4))-\(padded(civil.month, 2))-\(padded(civil.day, 2))"
    let time = "\(padded(civil.hour, 2)):\(padded(civil.minute, 2)):\(padded(civil.second, 2))"
    return "\(date)T\(time).\(padded(civil.nanosecond / 1_000_000, 3))\(zone.suffix)"
  }

  /// Reads ISO 8601 (`T` or one blank between date and time, optional fraction of a second, optional zone).
  ///
  /// - Parameters:
  ///   - text: a date, or a date with a time of day; nothing else may stand before or after it.
  ///   - zone: what a time without a zone means.
  /// - Returns: `nil` where the text is anything else.
  package init?(iso8601 text: String, assuming zone: UTCOffset) {
    var scanner = ISO8601Scanner(text)
    guard let (civil, stated) = scanner.scan(), let instant = Timestamp(civil, zone: stated ?? zone) else {
      return nil
    }
    self = instant
  }
}

/// A number with leading zeros, at least `width` characters.
package func padded(_ value: Int, _ width: Int) -> String {
  let digits = String(value.magnitude)
  return (value < 0 ? "-" : "") + String(repeating: "0", count: max(0, width - digits.count)) + digits
}

extension Int64 {
  /// Quotient rounded down and the remainder in `0 ..< divisor`.
  fileprivate func quotientAndRemainderFlooring(by divisor: Int64) -> (Int64, Int64) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}
