import InspectionModel

/// Reads fields one after the other; any bytes are safe to read.
struct FieldReader {
  let bytes: [UInt8]
  private var position = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { position == bytes.count }

  func error(_ expected: String) -> FieldError { FieldError(byteOffset: position, expected: expected) }

  mutating func byte() throws(FieldError) -> UInt8 {
    guard position < bytes.count else { throw error("another byte") }
    defer { position += 1 }
    return bytes[position]
  }

  mutating func integer() throws(FieldError) -> Int {
    var (value, shift): (UInt64, UInt64) = (0, 0)
    while true {
      let next = try byte()
      guard shift < 63 || next <= 1 else { throw error("an integer of 64 bits") }
      value |= UInt64(next & 0x7F) << shift
      if next < 0x80 { break }
      shift += 7
    }
    return Int(Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1))
  }

  mutating func double() throws(FieldError) -> Double {
    var pattern: UInt64 = 0
    for shift in 0..<8 { pattern |= UInt64(try byte()) << (8 * shift) }
    return Double(bitPattern: pattern)
  }

  mutating func text() throws(FieldError) -> String {
    let count = try integer()
    guard count >= 0, count <= bytes.count - position else { throw error("a text as long as it says") }
    defer { position += count }
    return String(decoding: bytes[position..<position + count], as: UTF8.self)
  }

  mutating func word<Word: RawRepresentable>() throws(FieldError) -> Word where Word.RawValue == String {
    guard let word = Word(rawValue: try text()) else { throw error("a known word") }
    return word
  }

  mutating func time() throws(FieldError) -> Timestamp { Timestamp(nanoseconds: Int64(try integer())) }

  mutating func witness() throws(FieldError) -> Witness {
    Witness(kind: try word(), source: try text())
  }

  mutating func optional<Value>(
    _ body: (inout FieldReader) throws(FieldError) -> Value
  ) throws(FieldError) -> Value? {
    switch try byte() {
    case 0: return nil
    case 1: return try body(&self)
    default: throw error("0 or 1")
    }
  }

  mutating func list<Value>(
    _ body: (inout FieldReader) throws(FieldError) -> Value
  ) throws(FieldError) -> [Value] {
    let count = try integer()
    // Every item is a byte long at least.
    guard count >= 0, count <= bytes.count - position else { throw error("a count that fits") }
    var values: [Value] = []
    for _ in 0..<count { values.append(try body(&self)) }
    return values
  }
}
