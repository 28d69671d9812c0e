internal import Crypto
package import FlightLogs

/// The shared secret of a signed MAVLink: 32 bytes.
package struct MAVLinkKey: Sendable {
  private let bytes: [UInt8]

  package static let byteCount = 32

  /// `nil` where there are not 32 bytes.
  package init?(_ bytes: [UInt8]) {
    guard bytes.count == Self.byteCount else { return nil }
    self.bytes = bytes
  }

  /// The first six bytes of SHA-256 over the key and the signed part of a frame: for a `MAVLinkEncoder`.
  package func digest(_ signedBytes: [UInt8]) -> [UInt8] {
    var hash = SHA256()
    hash.update(data: bytes)
    hash.update(data: signedBytes)
    return Array(hash.finalize().prefix(6))
  }

  /// What a `MAVLinkReceiver` asks of every frame.
  package var policy: MAVLinkReceiver.SignaturePolicy {
    .required { signature in
      // Every byte is looked at, so that the time taken tells nothing.
      zip(digest(signature.signedBytes), signature.digest).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
  }
}
