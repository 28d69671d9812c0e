/// A finite number in ASCII with blanks around it: `+40.10`, ` 2.3`, `-1e-3`; `nil` for anything else.
///
/// Up to 15 significant digits with a small power of ten are converted exactly as `Double(String)` would, without
/// making a string; the rest goes through `Double(String)`.
package func finiteDouble(_ text: ArraySlice<UInt8>) -> Double? {
  let bytes = trimmed(text)
  guard !bytes.isEmpty, bytes.count <= 40 else { return nil }
  var position = bytes.startIndex
  let isNegative = bytes[position] == UInt8(ascii: "-")
  if isNegative || bytes[position] == UInt8(ascii: "+") { position += 1 }
  var (mantissa, digits, decimals, seenPoint) = (UInt64(0), 0, 0, false)
  while position < bytes.endIndex {
    let byte = bytes[position]
    if (48...57).contains(byte) {
      guard digits < 18 else { return slowDouble(bytes) }
      mantissa = mantissa * 10 + UInt64(byte - 48)
      digits += 1
      if seenPoint { decimals += 1 }
    } else if byte == UInt8(ascii: "."), !seenPoint {
      seenPoint = true
    } else {
      return slowDouble(bytes)
    }
    position += 1
  }
  guard digits > 0 else { return nil }
  // Both numbers are exact below 2^53 and 10^22, so the quotient is rounded once and correctly.
  guard mantissa < 1 << 53, decimals <= 22 else { return slowDouble(bytes) }
  let value = Double(mantissa) / powersOfTen[decimals]
  return isNegative ? -value : value
}

private let powersOfTen: [Double] = [
  1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
  1e19,
  1e20, 1e21, 1e22,
]

private func slowDouble(_ bytes: ArraySlice<UInt8>) -> Double? {
  // Double(String) reads "nan", "inf" and hexadecimal too: none of them is a measured value.
  let allowed = bytes.allSatisfy {
    (48...57).contains($0) || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains($0)
  }
  guard allowed, let value = Double(String(decoding: bytes, as: UTF8.self)), value.isFinite else {
    return nil
  }
  return value
}

/// The text without blanks and control characters at both ends.
func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
  var (start, end) = (text.startIndex, text.endIndex)
  while start < end, text[start] <= 32 { start += 1 }
  while end > start, text[end - 1] <= 32 { end -= 1 }
  return text[start..<end]
}

extension RandomAccessCollection where Element == UInt8, Index == Int {
  /// Where `pattern` first occurs at or after `start`; `nil` where it does not.
  package func firstOccurrence(of pattern: [UInt8], from start: Int) -> Int? {
    guard let first = pattern.first, start >= startIndex else { return nil }
    var position = start
    while position <= endIndex - pattern.count {
      if self[position] == first,
        self[position..<position + pattern.count].elementsEqual(pattern)
      {
        return position
      }
      position += 1
    }
    return nil
  }
}
