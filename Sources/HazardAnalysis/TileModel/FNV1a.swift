/// FNV-1a of 64 bits (Fowler, Noll, Vo): names a set of parameters; no protection against forgery.
package struct FNV1a {
  private var state: UInt64 = 0xCBF2_9CE4_8422_2325

  /// The hash of nothing.
  package init() {}

  /// One byte after the other.
  package mutating func combine(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
  }

  /// Eight bytes, lowest first.
  package mutating func combine(_ value: Int) {
    combine((0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) })
  }

  /// The bytes of the text and an end mark, so that neighbours cannot run together.
  package mutating func combine(_ text: String) {
    combine(text.utf8)
    combine([0xFF])
  }

  /// 16 digits.
  package var hexadecimal: String {
    let digits = String(state, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
