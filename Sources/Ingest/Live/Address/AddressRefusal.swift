/// Why an address is not connected to.
package struct AddressRefusal: Error, Sendable, Hashable, CustomStringConvertible {
  /// A short constant word.
  package enum Reason: String, Sendable, Hashable, CaseIterable {
    /// Not of the form `scheme://host[:port]/path`.
    case malformed
    /// A blank, control or non-ASCII character, a backslash or a fragment.
    case forbiddenCharacter = "forbidden_character"
    /// User or password in the address: they belong into `credentials`.
    case credentials
    case scheme
    case port
    /// A host that is neither a name nor an address in its usual spelling.
    case host
    /// In none of the networks that the definition allows.
    case network
    /// Never a camera: link-local and metadata, multicast, unspecified, IPv4 inside IPv6.
    case neverAllowed = "never_allowed"
  }

  package let reason: Reason
  package let detail: String

  package init(_ reason: Reason, _ detail: String) {
    self.reason = reason
    self.detail = detail
  }

  package var description: String { detail }
}
