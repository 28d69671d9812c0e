/// Turns the bytes of a live link into messages: feed what arrives, in pieces of any size.
package struct MAVLinkReceiver: Sendable {
  /// What is asked of frames beyond their checksum.
  package enum SignaturePolicy: Sendable {
    /// Signatures are not looked at.
    case ignored
    /// Only frames with a right signature count. The closure compares `digest` with the key's hash of `signedBytes`;
    /// this module has no hash function. Times that do not advance on their link are refused as repeated.
    case required(@Sendable (MAVLinkSignature) -> Bool)
  }

  /// Frames since the start, by what became of them.
  package struct Counts: Sendable, Hashable {
    package var messages = 0
    /// Bytes that belong to no frame.
    package var noiseBytes = 0
    /// Whole frames of messages that are not known.
    package var unknownMessages = 0
    /// Frames without a signature, with a wrong one or with an old time.
    package var refusedSignatures = 0
    /// Messages that never arrived, by gaps in the sequence numbers of each sender.
    package var lostMessages = 0
  }

  package private(set) var counts = Counts()
  private let policy: SignaturePolicy
  private let index = MAVLinkMessageIndex()
  private var carried: [UInt8] = []
  private var sequences: [UInt16: UInt8] = [:]
  private var signatureTimes: [UInt32: UInt64] = [:]

  package init(signatures policy: SignaturePolicy = .ignored) { self.policy = policy }

  /// Takes bytes that arrived and tells the messages that are whole now.
  ///
  /// - Parameter isDatagram: nothing of these bytes continues in the next ones, as over UDP.
  package mutating func feed(_ piece: [UInt8], isDatagram: Bool = false) -> [MAVLinkMessage] {
    let bytes = carried.isEmpty ? piece : carried + piece
    carried.removeAll(keepingCapacity: true)
    let span = bytes.span
    var messages: [MAVLinkMessage] = []
    var place = 0
    scanning: while place < span.count {
      switch MAVLinkFrame.find(span, at: place, index) {
      case .frame(let frame):
        if let message = message(frame, span) { messages.append(message) }
        place = frame.range.upperBound
      case .unknownMessage(_, let length)
      where place + length == span.count || Self.isMagic(span[place + length]):
        counts.unknownMessages += 1
        place += length
      case .incomplete where !isDatagram:
        carried.append(contentsOf: bytes[place...])
        break scanning
      default:
        counts.noiseBytes += 1
        place += 1
      }
    }
    return messages
  }

  private static func isMagic(_ byte: UInt8) -> Bool {
    byte == MAVLinkFrame.magicV1 || byte == MAVLinkFrame.magicV2
  }

  private mutating func message(_ frame: MAVLinkFrame, _ bytes: borrowing Span<UInt8>) -> MAVLinkMessage? {
    let sender = UInt16(frame.systemID) << 8 | UInt16(frame.componentID)
    if case .required(let verify) = policy {
      guard frame.isSigned else { return refuse() }
      let signature = MAVLinkSignature(bytes, frame.range)
      let link = UInt32(sender) << 8 | UInt32(signature.linkID)
      // The time is only believed, and kept, when the signature is right.
      guard signatureTimes[link].map({ signature.timestamp > $0 }) ?? true, verify(signature) else {
        return refuse()
      }
      signatureTimes[link] = signature.timestamp
    }
    if let last = sequences[sender] { counts.lostMessages += Int(frame.sequence &- last &- 1) }
    sequences[sender] = frame.sequence
    counts.messages += 1
    return MAVLinkMessage(
      id: frame.messageID, name: MAVLinkMessageInfo.all[frame.infoPlace].name, version: frame.version,
      sequence: frame.sequence, systemID: frame.systemID, componentID: frame.componentID,
      isSigned: frame.isSigned, payload: bytes.array(frame.payload))
  }

  private mutating func refuse() -> MAVLinkMessage? {
    counts.refusedSignatures += 1
    return nil
  }
}
