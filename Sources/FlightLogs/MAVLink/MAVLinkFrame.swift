/// Where the parts of one MAVLink frame lie in the bytes that hold it; its checksum is right.
struct MAVLinkFrame {
  let version: Int
  let sequence: UInt8
  let systemID: UInt8
  let componentID: UInt8
  let messageID: Int
  /// The message's place in `MAVLinkMessageInfo.all`.
  let infoPlace: Int
  let payload: Range<Int>
  /// From the magic byte to the last one, signature included.
  let range: Range<Int>
  let isSigned: Bool

  /// What stands at a place.
  enum Finding {
    case frame(MAVLinkFrame)
    /// The beginning of what may become a frame.
    case incomplete
    /// A frame by its shape, of a message that is not known: its checksum cannot be checked.
    case unknownMessage(id: Int, length: Int)
    case nothing
  }

  static let magicV1: UInt8 = 0xFE
  static let magicV2: UInt8 = 0xFD
  /// Longest frame: header 10, payload 255, checksum 2, signature 13.
  static let longest = 280
  static let signatureLength = 13
  /// A frame with this bit ends with a signature; no other incompatible bit is known.
  static let signedFlag: UInt8 = 1

  /// Looks at what stands at a place.
  @inline(__always)
  static func find(_ bytes: borrowing Span<UInt8>, at place: Int, _ index: MAVLinkMessageIndex) -> Finding {
    let left = bytes.count - place
    guard left > 0 else { return .incomplete }
    let magic = bytes[place]
    let isV2 = magic == magicV2
    guard isV2 || magic == magicV1 else { return .nothing }
    let header = isV2 ? 10 : 6
    guard left >= header else { return .incomplete }
    let length = Int(bytes[place + 1])
    let flags = isV2 ? bytes[place + 2] : 0
    // Whoever does not know an incompatible flag must not read the frame.
    guard flags & ~signedFlag == 0 else { return .nothing }
    let sender = isV2 ? place + 4 : place + 2
    let id =
      isV2
      ? Int(bytes[place + 7]) | Int(bytes[place + 8]) << 8 | Int(bytes[place + 9]) << 16
      : Int(bytes[place + 5])
    let whole = header + length + 2 + (flags != 0 ? signatureLength : 0)
    guard let infoPlace = index.place(of: id) else {
      return left < whole ? .incomplete : .unknownMessage(id: id, length: whole)
    }
    // Version 1 has no room for fields that came later: a longer payload is another message or noise.
    guard isV2 || length <= index.longestPayload(infoPlace) else { return .nothing }
    guard left >= whole else { return .incomplete }
    let payload = place + header..<place + header + length
    var checksum = MAVLinkChecksum()
    checksum.add(bytes, place + 1..<payload.upperBound)
    checksum.add(index.crcExtra(infoPlace))
    guard bytes.uint16LE(payload.upperBound) == checksum.value else { return .nothing }
    return .frame(
      MAVLinkFrame(
        version: isV2 ? 2 : 1, sequence: bytes[sender], systemID: bytes[sender + 1],
        componentID: bytes[sender + 2], messageID: id, infoPlace: infoPlace, payload: payload,
        range: place..<place + whole, isSigned: flags != 0))
  }
}
