/// Rows of numbers as text, gathered in one buffer: a long log has millions of them.
struct CSVText {
  private var bytes: [UInt8] = []

  var byteCount: Int { bytes.count }

  mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

  /// A number with at most that many decimals and a point, trailing zeros left out; nothing for `nil`.
  ///
  /// - Parameter separated: a comma stands before it.
  mutating func append(_ value: Double?, decimals: Int, separated: Bool = false) {
    if separated { bytes.append(UInt8(ascii: ",")) }
    guard let value, value.isFinite else { return }
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    let scaled = (value.magnitude * scale).rounded()
    guard scaled < 9e18 else { return }
    var units = UInt64(scaled)
    if units == 0 {
      bytes.append(UInt8(ascii: "0"))
      return
    }
    if value < 0 { bytes.append(UInt8(ascii: "-")) }
    var left = decimals
    while left > 0, units % 10 == 0 { (units, left) = (units / 10, left - 1) }
    let start = bytes.count
    // Digits from the last to the first, then turned round.
    while units > 0 || left >= 0 {
      bytes.append(UInt8(ascii: "0") + UInt8(units % 10))
      units /= 10
      left -= 1
      if left == 0 { bytes.append(UInt8(ascii: ".")) }
    }
    bytes[start...].reverse()
  }

  /// The text gathered so far; the buffer starts again.
  mutating func take() -> String {
    defer { bytes.removeAll(keepingCapacity: true) }
    return String(decoding: bytes, as: UTF8.self)
  }
}
