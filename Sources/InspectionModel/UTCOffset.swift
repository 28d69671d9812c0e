/// A fixed distance of local clocks from UTC, positive to the east.
package struct UTCOffset: Sendable, Hashable {
  /// Seconds to add to UTC to get local time.
  package let seconds: Int

  /// - Precondition: less than a day away from UTC.
  package init(seconds: Int) {
    precondition(abs(seconds) < 86_400, "an offset from UTC is shorter than a day")
    self.seconds = seconds
  }

  package static let utc = UTCOffset(seconds: 0)

  /// China Standard Time. Asia/Shanghai has had no daylight saving time since 1991, so a fixed offset is exact.
  package static let shanghai = UTCOffset(seconds: 8 * 3600)

  /// How ISO 8601 writes it: `Z` or `+08:00`.
  package var suffix: String {
    if seconds == 0 { return "Z" }
    let minutes = abs(seconds) / 60
    return "\(seconds < 0 ? "-" : "+")\(padded(minutes / 60, 2)):\(padded(minutes % 60, 2))"
  }

  /// Reads `Z`, `+08:00`, `-0330` or `+08`; `nil` for anything else.
  package init?(suffix text: String) {
    if text == "Z" || text == "z" {
      self = .utc
      return
    }
    let characters = Array(text.utf8)
    guard let first = characters.first, first == UInt8(ascii: "+") || first == UInt8(ascii: "-") else {
      return nil
    }
    let digits = characters.dropFirst().filter { $0 != UInt8(ascii: ":") }
    guard digits.count == 2 || digits.count == 4, digits.allSatisfy({ (48...57).contains($0) }) else {
      return nil
    }
    let numbers = digits.map { Int($0) - 48 }
    let hours = numbers[0] * 10 + numbers[1]
    let minutes = numbers.count == 4 ? numbers[2] * 10 + numbers[3] : 0
    guard hours < 24, minutes < 60 else { return nil }
    self.init(seconds: (first == UInt8(ascii: "-") ? -1 : 1) * (hours * 3600 + minutes * 60))
  }
}
