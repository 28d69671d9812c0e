/// Numbers at the end of a byte sequence.
extension [UInt8] {
  mutating func append<Number: FixedWidthInteger>(little number: Number) {
    for shift in stride(from: 0, to: Number.bitWidth, by: 8) {
      append(UInt8(truncatingIfNeeded: number >> shift))
    }
  }

  mutating func append<Number: FixedWidthInteger>(big number: Number) {
    for shift in stride(from: 0, to: Number.bitWidth, by: 8).reversed() {
      append(UInt8(truncatingIfNeeded: number >> shift))
    }
  }

  mutating func append(_ number: Float) { append(little: number.bitPattern) }

  mutating func append(_ number: Double) { append(little: number.bitPattern) }

  /// Text filled up with zeros.
  mutating func append(_ text: String, length: Int) {
    let bytes = Array(text.utf8.prefix(length))
    self += bytes + [UInt8](repeating: 0, count: length - bytes.count)
  }
}

/// A number as a whole multiple of a unit, such as 1e-7 degrees.
func units<Number: FixedWidthInteger>(_ value: Double, _ unit: Double) -> Number {
  Number((value / unit).rounded())
}
