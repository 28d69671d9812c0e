/// A part of the day between two times of the clock on the wall, half open.
package struct ClockSpan: Sendable, Hashable {
  /// Minutes after midnight, 0…1440.
  package let startMinute: Int
  /// Minutes after midnight, 0…1440; before `startMinute` where the span goes over midnight.
  package let endMinute: Int

  /// - Precondition: both lie in 0…1440 and differ.
  package init(startMinute: Int, endMinute: Int) {
    precondition(
      (0...1440).contains(startMinute) && (0...1440).contains(endMinute) && startMinute != endMinute,
      "a span of the day has two different ends in 0…1440 minutes")
    self.startMinute = startMinute
    self.endMinute = endMinute
  }

  /// Reads `09:00-12:30` (end up to `24:00`); `nil` for anything else and for an empty span.
  package init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, let start = Self.minutes(parts[0]), let end = Self.minutes(parts[1]), start != end
    else { return nil }
    self.init(startMinute: start, endMinute: end)
  }

  package var wrapsMidnight: Bool { endMinute < startMinute }

  package func contains(minuteOfDay minute: Int) -> Bool {
    wrapsMidnight
      ? minute >= startMinute || minute < endMinute : minute >= startMinute && minute < endMinute
  }

  /// `09:00-12:30`.
  package var text: String {
    func clock(_ minute: Int) -> String {
      let (hours, minutes) = minute.quotientAndRemainder(dividingBy: 60)
      return "\(hours < 10 ? "0" : "")\(hours):\(minutes < 10 ? "0" : "")\(minutes)"
    }
    return "\(clock(startMinute))-\(clock(endMinute))"
  }

  private static func minutes(_ text: Substring) -> Int? {
    let digits = Array(text.utf8)
    guard digits.count == 5, digits[2] == UInt8(ascii: ":") else { return nil }
    let numbers = [digits[0], digits[1], digits[3], digits[4]].map { Int($0) - 48 }
    guard numbers.allSatisfy((0...9).contains) else { return nil }
    let (hour, minute) = (numbers[0] * 10 + numbers[1], numbers[2] * 10 + numbers[3])
    guard minute < 60, hour < 24 || (hour == 24 && minute == 0) else { return nil }
    return hour * 60 + minute
  }
}
