import InspectionModel

/// Writes fields one after the other.
struct FieldWriter {
  var bytes: [UInt8] = []

  mutating func write(_ value: Int) {
    var rest = UInt64(bitPattern: Int64((value << 1) ^ (value >> 63)))
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  mutating func write(_ value: Double) {
    for shift in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: value.bitPattern >> (8 * shift))) }
  }

  mutating func write(_ text: String) {
    write(text.utf8.count)
    bytes.append(contentsOf: text.utf8)
  }

  mutating func write(_ time: Timestamp) { write(Int(time.nanoseconds)) }

  mutating func write(_ witness: Witness) {
    write(witness.kind.rawValue)
    write(witness.source)
  }

  mutating func write<Value>(_ value: Value?, _ body: (inout FieldWriter, Value) -> Void) {
    bytes.append(value == nil ? 0 : 1)
    if let value { body(&self, value) }
  }

  mutating func write<Value>(_ values: [Value], _ body: (inout FieldWriter, Value) -> Void) {
    write(values.count)
    for value in values { body(&self, value) }
  }
}
