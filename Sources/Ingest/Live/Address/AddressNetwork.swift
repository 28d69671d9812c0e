/// A range of addresses such as `10.20.0.0/16`.
package struct AddressNetwork: Sendable, Hashable {
  package let base: IPAddress
  package let prefixBits: Int

  /// Reads `address/bits`, or an address alone as a network of one; bits after the prefix have to be zero.
  package init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), let base = IPAddress(String(parts[0])) else { return nil }
    let width = base.bytes.count * 8
    var bits = width
    if parts.count == 2 {
      let isDecimal = parts[1].utf8.allSatisfy { (48...57).contains($0) }
      guard isDecimal, let stated = Int(parts[1]), stated <= width else { return nil }
      bits = stated
    }
    (self.base, prefixBits) = (base, bits)
    let isClean = (bits..<width).allSatisfy { base.bytes[$0 / 8] & (0x80 >> UInt8($0 % 8)) == 0 }
    guard isClean else { return nil }
  }

  /// Whether an address lies in the range; never for the other kind of address.
  package func contains(_ address: IPAddress) -> Bool {
    guard address.bytes.count == base.bytes.count else { return false }
    let (whole, rest) = prefixBits.quotientAndRemainder(dividingBy: 8)
    guard address.bytes[..<whole] == base.bytes[..<whole] else { return false }
    guard rest > 0 else { return true }
    return (address.bytes[whole] ^ base.bytes[whole]) >> UInt8(8 - rest) == 0
  }

  /// Whether the whole of another range lies in this one.
  package func contains(_ other: AddressNetwork) -> Bool {
    other.prefixBits >= prefixBits && contains(other.base)
  }
}

extension AddressNetwork: CustomStringConvertible {
  /// `10.20.0.0/16`
  package var description: String { "\(base)/\(prefixBits)" }
}
