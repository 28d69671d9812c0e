/// The address of a node's endpoint, read strictly: whatever two programs could read differently is refused.
package struct NodeAddress: Sendable, Hashable {
  /// What the host part is.
  package enum Host: Sendable, Hashable {
    case name(String)
    case address(IPAddress)
  }

  /// `http`, `https`, `rtsp` or `rtsps`.
  package let scheme: String
  package let host: Host
  package let port: Int
  /// Path and query; begins with `/`.
  package let target: String

  /// Schemes with their usual ports; any other is refused.
  package static let defaultPorts = ["http": 80, "https": 443, "rtsp": 554, "rtsps": 322]

  /// Reads an address.
  ///
  /// - Throws: `AddressRefusal` for another scheme, credentials, characters that have no place there, hosts in an
  ///   unusual spelling, ports that are none.
  package init(_ text: String) throws(AddressRefusal) {
    guard text.utf8.count <= 2048 else { throw AddressRefusal(.malformed, "longer than 2048 characters") }
    let isPlain = text.utf8.allSatisfy { (0x21...0x7E).contains($0) && !Self.forbidden.contains($0) }
    guard isPlain else {
      throw AddressRefusal(
        .forbiddenCharacter, "expected printable ASCII without blanks, quotes, '\\', '#' and brackets of text"
      )
    }
    guard let colon = text.firstRange(of: "://") else {
      throw AddressRefusal(.malformed, "expected scheme://host/path")
    }
    scheme = text[..<colon.lowerBound].lowercased()
    guard let usual = Self.defaultPorts[scheme] else {
      throw AddressRefusal(.scheme, "expected http, https, rtsp or rtsps as scheme")
    }
    let rest = text[colon.upperBound...]
    let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
    let authority = rest[..<end]
    guard !authority.contains("@") else {
      throw AddressRefusal(.credentials, "an address has no user and password; name them in 'credentials'")
    }
    let path = rest[end...]
    target = path.hasPrefix("/") ? String(path) : "/\(path)"
    let (hostText, portText) = try Self.split(authority)
    host = try Self.host(hostText)
    port = try portText.map { text throws(AddressRefusal) in try Self.port(text) } ?? usual
  }

  /// Characters without a place in an address that is sent to a peer or given to a child process.
  private static let forbidden: Set<UInt8> = Set("\\#\"'`<>^{}|".utf8)

  /// The host as it stands in an address and in the `Host` field.
  package var hostText: String {
    switch host {
    case .name(let name): name
    case .address(let address): address.isIPv4 ? "\(address)" : "[\(address)]"
    }
  }

  /// The whole address, never with credentials.
  package var text: String { "\(scheme)://\(hostText):\(port)\(target)" }

  /// The address up to the port, for logs: paths and queries sometimes carry keys.
  package var origin: String { "\(scheme)://\(hostText):\(port)" }

  private static func split(_ authority: Substring) throws(AddressRefusal) -> (Substring, Substring?) {
    guard authority.first == "[" else {
      let parts = authority.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2 else { return (authority, nil) }
      return (parts[0], parts[1])
    }
    guard let close = authority.firstIndex(of: "]") else {
      throw AddressRefusal(.host, "expected ']' after an IPv6 address")
    }
    let after = authority[authority.index(after: close)...]
    guard after.isEmpty || after.first == ":" else {
      throw AddressRefusal(.host, "expected a port or nothing after ']'")
    }
    return (authority[...close], after.isEmpty ? nil : after.dropFirst())
  }

  private static func host(_ text: Substring) throws(AddressRefusal) -> Host {
    if text.first == "[" {
      guard let address = IPAddress(String(text.dropFirst().dropLast())), !address.isIPv4 else {
        throw AddressRefusal(.host, "expected an IPv6 address in brackets")
      }
      return .address(address)
    }
    if let address = IPAddress(String(text)), address.isIPv4 { return .address(address) }
    let labels = text.split(separator: ".", omittingEmptySubsequences: false)
    let areLabels = labels.allSatisfy { label in
      (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
        && label.utf8.allSatisfy {
          (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 45
        }
    }
    // A last label that begins with a digit would be read as a number by inet_aton: 2130706433, 0x7f.1, 127.1.
    guard areLabels, text.utf8.count <= 253, labels.last?.first?.isNumber == false else {
      throw AddressRefusal(.host, "expected a host name or an address in its usual spelling")
    }
    return .name(text.lowercased())
  }

  private static func port(_ text: Substring) throws(AddressRefusal) -> Int {
    let isDecimal = text.utf8.allSatisfy { (48...57).contains($0) } && text.first != "0"
    guard isDecimal, (1...5).contains(text.utf8.count), let port = Int(text), port <= 65_535 else {
      throw AddressRefusal(.port, "expected a port from 1 to 65535")
    }
    return port
  }
}
