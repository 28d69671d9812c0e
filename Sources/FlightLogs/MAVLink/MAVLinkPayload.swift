/// Fields of a message's payload. What the sender trimmed, or did not know yet, is zero.
struct MAVLinkPayload {
  let range: Range<Int>

  @inline(__always)
  private func bits(_ bytes: borrowing Span<UInt8>, _ offset: Int, _ length: Int) -> UInt64 {
    let place = range.lowerBound + offset
    var value: UInt64 = 0
    let end = min(place + length, range.upperBound)
    var index = end - 1
    while index >= place {
      value = value << 8 | UInt64(bytes[index])
      index -= 1
    }
    return value
  }

  @inline(__always)
  func uint8(_ bytes: borrowing Span<UInt8>, _ offset: Int) -> UInt8 {
    offset < range.count ? bytes[range.lowerBound + offset] : 0
  }

  @inline(__always)
  func int8(_ bytes: borrowing Span<UInt8>, _ offset: Int) -> Int8 { Int8(bitPattern: uint8(bytes, offset)) }

  @inline(__always)
  func uint16(_ bytes: borrowing Span<UInt8>, _ offset: Int) -> UInt16 {
    offset + 2 <= range.count
      ? bytes.uint16LE(range.lowerBound + offset) : UInt16(bits(bytes, offset, 2))
  }

  @inline(__always)
  func int16(_ bytes: borrowing Span<UInt8>, _ offset: Int) -> Int16 {
    Int16(bitPattern: uint16(bytes, offset))
  }

  @inline(__always)
  func uint32(_ bytes: borrowing Span<UInt8>, _ offset: Int) -> UInt32 {
    offset + 4 <= range.count
      ? bytes.uint32LE(range.lowerBound + offset) : UInt32(bits(bytes, offset, 4))
  }

  @inline(__always)
  func int32(_ bytes: borrowing Span<UInt8>, _ offset: Int) -> Int32 {
    Int32(bitPattern: uint32(bytes, offset))
  }

  @inline(__always)
  func uint64(_ bytes: borrowing Span<UInt8>, _ offset: Int) -> UInt64 {
    offset + 8 <= range.count
      ? bytes.uint64LE(range.lowerBound + offset) : bits(bytes, offset, 8)
  }

  @inline(__always)
  func float(_ bytes: borrowing Span<UInt8>, _ offset: Int) -> Double {
    Double(Float(bitPattern: uint32(bytes, offset)))
  }
}
