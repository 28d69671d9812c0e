/// CRC-16/MCRF4XX, MAVLink's checksum: start 0xFFFF, reflected polynomial 0x1021, no final change.
struct MAVLinkChecksum {
  private(set) var value: UInt16 = 0xFFFF

  @inline(__always)
  mutating func add(_ byte: UInt8) {
    // The four steps of a byte at once: shorter than a table's load, and nothing to check.
    var mixed = byte ^ UInt8(truncatingIfNeeded: value)
    mixed ^= mixed << 4
    let wide = UInt16(mixed)
    value = value >> 8 ^ wide << 8 ^ wide << 3 ^ wide >> 4
  }

  @inline(__always)
  mutating func add(_ bytes: borrowing Span<UInt8>, _ range: Range<Int>) {
    for index in range { add(bytes[index]) }
  }
}
