/// The thirteen bytes behind a signed frame, and what they sign.
package struct MAVLinkSignature: Sendable, Hashable {
  package let linkID: UInt8
  /// Tens of microseconds since 2015-01-01T00:00:00Z.
  package let timestamp: UInt64
  /// The first six bytes of SHA-256 over the key and `signedBytes`.
  package let digest: [UInt8]
  /// The frame from its magic byte through its checksum, then link id and timestamp.
  package let signedBytes: [UInt8]

  /// - Parameter range: a signed frame.
  init(_ bytes: borrowing Span<UInt8>, _ range: Range<Int>) {
    let start = range.upperBound - MAVLinkFrame.signatureLength
    linkID = bytes[start]
    var timestamp: UInt64 = 0
    for index in (1...6).reversed() { timestamp = timestamp << 8 | UInt64(bytes[start + index]) }
    self.timestamp = timestamp
    digest = bytes.array(start + 7..<range.upperBound)
    signedBytes = bytes.array(range.lowerBound..<start + 7)
  }
}
