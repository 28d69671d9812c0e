/// Which addresses the program may connect to: nothing that the definition does not allow.
package struct AddressPolicy: Sendable, Hashable {
  package var schemes: Set<String>
  package var ports: Set<Int>
  /// Where cameras are. A range that is special (loopback, private, shared) is only opened by a network that lies
  /// within it: `0.0.0.0/0` opens neither 127.0.0.1 nor 10.1.2.3.
  package var networks: [AddressNetwork]

  package init(schemes: Set<String>, ports: Set<Int>, networks: [AddressNetwork]) {
    self.schemes = schemes
    self.ports = ports
    self.networks = networks
  }

  /// Allows nothing.
  package static let closed = AddressPolicy(schemes: [], ports: [], networks: [])

  private static func ranges(_ texts: [String]) -> [AddressNetwork] {
    texts.compactMap { AddressNetwork($0) }
  }

  /// Never a camera, whatever the definition says: unspecified, link-local (with the cloud's metadata), multicast,
  /// reserved, and IPv4 in IPv6 clothes (mapped, compatible, NAT64, 6to4, Teredo), which would pass by rules of IPv6.
  private static let never = ranges([
    "0.0.0.0/8", "169.254.0.0/16", "192.0.0.0/24", "224.0.0.0/4", "240.0.0.0/4", "100.100.100.200/32",
    "::/96", "::ffff:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/32", "2002::/16", "fe80::/10",
    "fec0::/10", "ff00::/8", "fd00:ec2::254/128",
  ])

  /// `::1` lies in the never-allowed `::/96`; it is the one address of it that a definition may open.
  private static let loopback6 = AddressNetwork("::1/128")

  private static let special = ranges([
    "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "198.18.0.0/15",
    "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "::1/128", "fc00::/7", "2001:db8::/32",
  ])

  /// Judges what can be judged without looking the name up.
  ///
  /// - Throws: `AddressRefusal` with the first reason.
  package func check(_ address: NodeAddress) throws(AddressRefusal) {
    guard schemes.contains(address.scheme) else {
      throw AddressRefusal(.scheme, "the definition does not allow the scheme \(address.scheme)")
    }
    guard ports.contains(address.port) else {
      throw AddressRefusal(.port, "the definition does not allow the port \(address.port)")
    }
    if case .address(let ip) = address.host { try check(ip) }
  }

  /// Judges an address that a connection would go to; a looked-up name is judged by this, too.
  ///
  /// - Throws: `AddressRefusal`.
  package func check(_ ip: IPAddress) throws(AddressRefusal) {
    if Self.never.contains(where: { $0.contains(ip) }), Self.loopback6?.contains(ip) != true {
      throw AddressRefusal(.neverAllowed, "\(ip) is never the address of a camera")
    }
    let special = Self.special.first { $0.contains(ip) }
    let isAllowed = networks.contains { network in
      network.contains(ip) && special.map { $0.contains(network) } ?? true
    }
    guard isAllowed else {
      throw AddressRefusal(.network, "\(ip) lies in no network that the definition allows")
    }
  }
}
