/// zlib streams (RFC 1950, 1951) for picture files made by tests: plain ones, and ones that swell.
package enum ZlibWriting {
  /// The bytes in stored blocks of at most 65,535 bytes: larger than the input, and exactly predictable.
  package static func stored(_ bytes: [UInt8]) -> [UInt8] {
    var stream: [UInt8] = [0x78, 0x01]
    var start = 0
    repeat {
      let end = min(start + 65_535, bytes.count)
      let length = UInt16(end - start)
      stream.append(end == bytes.count ? 1 : 0)
      for half in [length, ~length] { stream += [UInt8(half & 0xFF), UInt8(half >> 8)] }
      stream += bytes[start..<end]
      start = end
    } while start < bytes.count
    return stream + bigEndian(adler32(bytes))
  }

  /// `count` zero bytes at deflate's greatest ratio, 1032 : 1.
  ///
  /// One block with own codes: a match of 258 bytes takes one bit for its length and one for its distance.
  package static func zeros(_ count: Int) -> [UInt8] {
    guard count > 0 else { return stored([]) }
    var bits = BitWriting()
    bits.append(0b1, 1)  // last block
    bits.append(0b10, 2)  // own codes
    bits.append(286 - 257, 5)
    bits.append(0, 5)
    bits.append(18 - 4, 4)
    // Lengths of the code-length codes in their own order: 18 → 1 bit, 2 and 1 → 2 bits each.
    for length in [0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 2] { bits.append(length, 3) }
    let (repeatZero, one, two) = ("0", "10", "11")
    func zeroLengths(_ count: Int) {
      bits.append(code: repeatZero)
      bits.append(count - 11, 7)
    }
    bits.append(code: two)  // literal 0: 2 bits
    zeroLengths(138)
    zeroLengths(117)
    bits.append(code: two)  // end of block: 2 bits
    zeroLengths(28)
    bits.append(code: one)  // match of 258: 1 bit
    bits.append(code: one)  // distance 1: 1 bit
    bits.append(code: "10")
    let (matches, literals) = (count - 1).quotientAndRemainder(dividingBy: 258)
    bits.appendZeros(2 * matches)
    for _ in 0..<literals { bits.append(code: "10") }
    bits.append(code: "11")
    return [0x78, 0xDA] + bits.bytes + bigEndian(UInt32(count % 65_521) << 16 | 1)
  }

  package static func adler32(_ bytes: [UInt8]) -> UInt32 {
    var (low, high) = (UInt32(1), UInt32(0))
    for byte in bytes {
      low = (low + UInt32(byte)) % 65_521
      high = (high + low) % 65_521
    }
    return high << 16 | low
  }

  private static func bigEndian(_ value: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }

  /// Bits in deflate's order: numbers from their lowest bit on, codes from their highest.
  private struct BitWriting {
    private(set) var bytes: [UInt8] = []
    private var free = 0

    mutating func append(_ value: Int, _ count: Int) {
      for place in 0..<count { append(bit: value >> place & 1 == 1) }
    }

    mutating func append(code: String) {
      for digit in code { append(bit: digit == "1") }
    }

    mutating func appendZeros(_ count: Int) {
      let after = max(0, count - free)
      free = max(0, free - count)
      guard after > 0 else { return }
      bytes += [UInt8](repeating: 0, count: (after + 7) / 8)
      free = (8 - after % 8) % 8
    }

    private mutating func append(bit: Bool) {
      if free == 0 {
        bytes.append(0)
        free = 8
      }
      if bit { bytes[bytes.count - 1] |= 1 << UInt8(8 - free) }
      free -= 1
    }
  }
}
