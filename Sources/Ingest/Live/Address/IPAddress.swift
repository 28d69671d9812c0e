/// An IPv4 or IPv6 address by its bytes.
package struct IPAddress: Sendable, Hashable {
  /// 4 or 16, most significant first.
  package let bytes: [UInt8]

  /// - Parameter bytes: 4 or 16 of them.
  package init(bytes: [UInt8]) {
    precondition(bytes.count == 4 || bytes.count == 16, "an address has 4 or 16 bytes")
    self.bytes = bytes
  }

  /// Whether it has 4 bytes.
  package var isIPv4: Bool { bytes.count == 4 }

  /// Reads the one usual spelling of each kind: four decimal numbers without leading zeros (no octal, no hexadecimal,
  /// no fewer parts), or groups of hexadecimal digits with at most one `::` (an IPv4 tail is allowed, a zone is not).
  package init?(_ text: String) {
    guard text.utf8.count <= 45 else { return nil }
    if text.contains(":") {
      guard let bytes = Self.ipv6(text) else { return nil }
      self.bytes = bytes
    } else {
      guard let bytes = Self.ipv4(text) else { return nil }
      self.bytes = bytes
    }
  }

  private static func ipv4(_ text: some StringProtocol) -> [UInt8]? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var bytes: [UInt8] = []
    for part in parts {
      let isDecimal = part.utf8.allSatisfy { (48...57).contains($0) }
      guard isDecimal, (1...3).contains(part.utf8.count), part == "0" || part.first != "0",
        let byte = UInt8(part)
      else { return nil }
      bytes.append(byte)
    }
    return bytes
  }

  private static func ipv6(_ text: String) -> [UInt8]? {
    // "::" splits into the groups before and after it; without one there is a single piece of eight groups.
    let halves = text.split(separator: "::", omittingEmptySubsequences: false)
    guard halves.count <= 2, let head = groups(halves[0], isLast: halves.count == 1) else { return nil }
    guard halves.count == 2 else { return head.count == 16 ? head : nil }
    guard let tail = groups(halves[1], isLast: true), head.count + tail.count <= 14 else { return nil }
    return head + [UInt8](repeating: 0, count: 16 - head.count - tail.count) + tail
  }

  private static func groups(_ text: Substring, isLast: Bool) -> [UInt8]? {
    if text.isEmpty { return [] }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    var bytes: [UInt8] = []
    for (index, part) in parts.enumerated() {
      if part.contains(".") {
        guard isLast, index == parts.count - 1, let tail = ipv4(part) else { return nil }
        bytes += tail
        continue
      }
      let isHexadecimal = part.utf8.allSatisfy {
        (48...57).contains($0) || (65...70).contains($0) || (97...102).contains($0)
      }
      guard isHexadecimal, (1...4).contains(part.utf8.count), let group = UInt16(part, radix: 16) else {
        return nil
      }
      bytes += [UInt8(group >> 8), UInt8(group & 0xFF)]
    }
    return bytes.count <= 16 ? bytes : nil
  }
}

extension IPAddress: CustomStringConvertible {
  /// Dotted numbers, or eight groups without compression.
  package var description: String {
    if isIPv4 { return bytes.map(String.init).joined(separator: ".") }
    return stride(from: 0, to: 16, by: 2).map { index in
      String(UInt16(bytes[index]) << 8 | UInt16(bytes[index + 1]), radix: 16)
    }.joined(separator: ":")
  }
}
