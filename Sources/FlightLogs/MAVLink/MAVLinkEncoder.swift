/// Writes MAVLink frames: for simulated vehicles and for tests.
package struct MAVLinkEncoder: Sendable {
  /// How frames are signed.
  package struct Signing: Sendable {
    package var linkID: UInt8
    /// Tens of microseconds since 2015; advances by one with each frame.
    package var timestamp: UInt64
    /// The first six bytes of the key's hash of these bytes.
    package var digest: @Sendable ([UInt8]) -> [UInt8]

    package init(linkID: UInt8, timestamp: UInt64, digest: @escaping @Sendable ([UInt8]) -> [UInt8]) {
      (self.linkID, self.timestamp, self.digest) = (linkID, timestamp, digest)
    }
  }

  /// 1 or 2.
  package let version: Int
  package let systemID: UInt8
  package let componentID: UInt8
  package private(set) var sequence: UInt8 = 0
  private var signing: Signing?

  /// - Precondition: only version 2 signs.
  package init(version: Int = 2, systemID: UInt8 = 1, componentID: UInt8 = 1, signing: Signing? = nil) {
    precondition(version == 2 || (version == 1 && signing == nil), "version 1 frames have no signature")
    (self.version, self.systemID, self.componentID) = (version, systemID, componentID)
    self.signing = signing
  }

  /// One frame with the next sequence number.
  ///
  /// - Parameters:
  ///   - id: a message that is known; below 256 in version 1.
  ///   - payload: all fields in wire order; version 2 leaves zeros at its end out.
  package mutating func frame(_ id: Int, _ payload: [UInt8]) -> [UInt8] {
    guard let info = MAVLinkMessageInfo.message(id) else { preconditionFailure("message \(id) is not known") }
    precondition(payload.count <= info.longestPayload, "\(info.name) has \(info.longestPayload) bytes")
    precondition(version == 2 || id < 256, "version 1 has messages below 256")
    defer { sequence &+= 1 }
    var body = payload
    var frame: [UInt8]
    if version == 1 {
      frame = [
        MAVLinkFrame.magicV1, UInt8(body.count), sequence, systemID, componentID, UInt8(id),
      ]
    } else {
      while body.count > 1, body.last == 0 { body.removeLast() }
      frame = [
        MAVLinkFrame.magicV2, UInt8(body.count), signing == nil ? 0 : MAVLinkFrame.signedFlag, 0, sequence,
        systemID, componentID, UInt8(id & 0xFF), UInt8(id >> 8 & 0xFF), UInt8(id >> 16),
      ]
    }
    frame += body
    var checksum = MAVLinkChecksum()
    for byte in frame.dropFirst() { checksum.add(byte) }
    checksum.add(info.crcExtra)
    frame += [UInt8(checksum.value & 0xFF), UInt8(checksum.value >> 8)]
    if var signing {
      frame.append(signing.linkID)
      for byte in 0..<6 { frame.append(UInt8(truncatingIfNeeded: signing.timestamp >> (8 * UInt64(byte)))) }
      frame += signing.digest(frame).prefix(6)
      signing.timestamp += 1
      self.signing = signing
    }
    return frame
  }
}
