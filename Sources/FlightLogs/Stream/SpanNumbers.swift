extension Span<UInt8> {
  /// A finite number in ASCII with blanks around it: `+40.10`, ` 2.3`, `-1e-3`; `nil` for anything else.
  ///
  /// Up to 18 digits whose value is below 2^53 are converted exactly as `Double(String)` would, without making a
  /// string; the rest goes through `Double(String)`.
  func finiteDouble(_ range: Range<Int>) -> Double? {
    let range = trimmed(range)
    guard !range.isEmpty, range.count <= 40 else { return nil }
    var position = range.lowerBound
    let isNegative = self[position] == UInt8(ascii: "-")
    if isNegative || self[position] == UInt8(ascii: "+") { position += 1 }
    var (mantissa, digits, decimals, seenPoint) = (UInt64(0), 0, 0, false)
    while position < range.upperBound {
      let byte = self[position]
      let digit = byte &- 48
      if digit < 10 {
        guard digits < 18 else { return slowDouble(range) }
        mantissa = mantissa &* 10 &+ UInt64(digit)
        digits += 1
        if seenPoint { decimals += 1 }
      } else if byte == UInt8(ascii: "."), !seenPoint {
        seenPoint = true
      } else {
        return slowDouble(range)
      }
      position += 1
    }
    guard digits > 0 else { return nil }
    // Both numbers are exact below 2^53 and 10^22, so the quotient is rounded once and correctly.
    guard mantissa < 1 << 53 else { return slowDouble(range) }
    let value = Double(mantissa) / Self.powerOfTen(decimals)
    return isNegative ? -value : value
  }

  /// 10 to a power of at most 18, exact.
  @inline(__always)
  private static func powerOfTen(_ exponent: Int) -> Double {
    switch exponent {
    case 0: 1
    case 1: 1e1
    case 2: 1e2
    case 3: 1e3
    case 4: 1e4
    case 5: 1e5
    case 6: 1e6
    case 7: 1e7
    case 8: 1e8
    case 9: 1e9
    case 10: 1e10
    case 11: 1e11
    case 12: 1e12
    case 13: 1e13
    case 14: 1e14
    case 15: 1e15
    case 16: 1e16
    case 17: 1e17
    default: 1e18
    }
  }

  private func slowDouble(_ range: Range<Int>) -> Double? {
    FlightLogs.finiteDouble(array(range)[...])
  }

  /// A whole number of at most 18 digits, nothing else around it.
  func digits(_ range: Range<Int>) -> Int? {
    guard !range.isEmpty, range.count <= 18 else { return nil }
    var value = 0
    for index in range {
      let digit = self[index] &- 48
      guard digit < 10 else { return nil }
      value = value &* 10 &+ Int(digit)
    }
    return value
  }

  /// The end of the run of digits that starts at `place`.
  @inline(__always)
  func endOfDigits(_ place: Int, _ end: Int) -> Int {
    var place = place
    while place < end, self[place] &- 48 < 10 { place += 1 }
    return place
  }
}
