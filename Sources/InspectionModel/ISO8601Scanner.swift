/// Reads one ISO 8601 date, or date and time, from ASCII text.
struct ISO8601Scanner {
  private let bytes: [UInt8]
  private var position = 0

  init(_ text: String) { bytes = Array(text.utf8) }

  /// The civil time and the stated zone; `nil` unless the whole text has the form.
  mutating func scan() -> (CivilTime, UTCOffset?)? {
    guard let year = number(digits: 4), accept("-"), let month = number(digits: 2), accept("-"),
      let day = number(digits: 2)
    else { return nil }
    var civil = CivilTime(year: year, month: month, day: day)
    if position == bytes.count { return (civil, nil) }
    guard accept("T") || accept("t") || accept(" "), let hour = number(digits: 2), accept(":"),
      let minute = number(digits: 2)
    else { return nil }
    (civil.hour, civil.minute) = (hour, minute)
    if accept(":") {
      guard let second = number(digits: 2) else { return nil }
      civil.second = second
      if accept(".") || accept(",") {
        guard let fraction = fraction() else { return nil }
        civil.nanosecond = fraction
      }
    }
    if position == bytes.count { return (civil, nil) }
    guard let zone = UTCOffset(suffix: String(decoding: bytes[position...], as: UTF8.self)) else {
      return nil
    }
    return (civil, zone)
  }

  private mutating func accept(_ character: Unicode.Scalar) -> Bool {
    guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func number(digits count: Int) -> Int? {
    guard position + count <= bytes.count else { return nil }
    var value = 0
    for byte in bytes[position..<position + count] {
      guard (48...57).contains(byte) else { return nil }
      value = value * 10 + Int(byte) - 48
    }
    position += count
    return value
  }

  /// A fraction of a second as nanoseconds; digits beyond the ninth are dropped.
  private mutating func fraction() -> Int? {
    var (value, weight, count) = (0, 100_000_000, 0)
    while position < bytes.count, (48...57).contains(bytes[position]) {
      value += (Int(bytes[position]) - 48) * weight
      weight /= 10
      position += 1
      count += 1
    }
    return count > 0 ? value : nil
  }
}
