internal import InspectionModel

/// Reads the packets of MISB ST 0601 (UAS Datalink Local Set): key, length, tags, all big-endian.
///
/// Source: MISB ST 0601 and SMPTE 336M. A packet with a wrong checksum is not believed, unless the sender has shown by
/// several packets that it cannot compute them.
struct MISBPacketReader: Sendable {
  static let key: [UInt8] = [
    0x06, 0x0E, 0x2B, 0x34, 0x02, 0x0B, 0x01, 0x01, 0x0E, 0x01, 0x03, 0x01, 0x01, 0x00, 0x00, 0x00,
  ]
  /// Longest packet, bytes.
  static let packetLimit = 1 << 16

  /// What is known of the sender's checksums: nothing yet, that they are right, that they never are.
  private enum Trust { case open, checked, unchecked }

  private struct Packet: Sendable {
    /// `nil` where the packet has no time.
    let sample: TelemetrySample?
    let byteCount: Int
    let place: Fault.Place
  }

  /// Packets with wrong checksums that wait for one with a right one.
  private static let doubtLimit = 8

  private(set) var packetCount = 0
  private var trust = Trust.open
  private var doubtful: [Packet] = []

  /// What stands at a place.
  enum Finding {
    /// A packet's tags, and where the packet ends.
    case packet(tags: Range<Int>, end: Int)
    case incomplete
    case nothing
  }

  /// Looks at what stands at a place.
  @inline(__always)
  static func find(_ bytes: borrowing Span<UInt8>, at place: Int) -> Finding {
    var index = 0
    while index < key.count {
      guard place + index < bytes.count else { return .incomplete }
      guard bytes[place + index] == key[index] else { return .nothing }
      index += 1
    }
    var position = place + key.count
    guard position < bytes.count else { return .incomplete }
    guard let length = berLength(bytes, &position, end: bytes.count) else {
      // A long form whose bytes are not there yet.
      return bytes.count - place < key.count + 5 ? .incomplete : .nothing
    }
    guard length <= packetLimit else { return .nothing }
    return length <= bytes.count - position
      ? .packet(tags: position..<position + length, end: position + length) : .incomplete
  }

  /// A BER length of at most four bytes; `nil` where it is cut or longer.
  @inline(__always)
  static func berLength(_ bytes: borrowing Span<UInt8>, _ position: inout Int, end: Int) -> Int? {
    guard position < end else { return nil }
    let first = bytes[position]
    position += 1
    guard first >= 0x80 else { return Int(first) }
    let count = Int(first & 0x7F)
    guard (1...4).contains(count), count <= end - position else { return nil }
    defer { position += count }
    return Int(bytes.unsignedBE(position, count))
  }

  /// Takes a packet: its record goes to the log, or its damage does.
  ///
  /// - Parameters:
  ///   - start: the key's first byte; the packet ends with its tags.
  ///   - place: what faults and records name.
  /// - Returns: whether the packet was one; else the next one may stand inside.
  mutating func take(
    _ bytes: borrowing Span<UInt8>, _ start: Int, _ tags: Range<Int>, _ place: Fault.Place,
    into log: inout TelemetryLog
  ) -> Bool {
    var values = MISBValues()
    var position = tags.lowerBound
    var isRight: Bool?
    while position < tags.upperBound {
      guard let tag = berTag(bytes, &position, tags.upperBound),
        let length = Self.berLength(bytes, &position, end: tags.upperBound),
        length <= tags.upperBound - position
      else {
        log.addFault(place, "a tag reaches outside its packet")
        return false
      }
      if tag == 1, length == 2 {
        // The sum runs from the key through this length.
        isRight = Self.checksum(bytes, start..<position) == UInt16(bytes.unsignedBE(position, 2))
        if isRight == false, position + 2 < tags.upperBound {
          log.addFault(place, "a checksum that is not the packet's last tag")
          return false
        }
      }
      values.take(tag, bytes, position..<position + length)
      position += length
    }
    let packet = Packet(
      sample: values.micros.flatMap { values.sample($0) }, byteCount: tags.upperBound - start, place: place)
    guard isRight == false else {
      if isRight == true, trust != .checked { dropDoubtful(&log) }
      if isRight == true { trust = .checked }
      tell(packet, &log)
      return true
    }
    return doubt(packet, &log)
  }

  /// A packet with a wrong checksum.
  private mutating func doubt(_ packet: Packet, _ log: inout TelemetryLog) -> Bool {
    switch trust {
    case .checked:
      log.addFault(packet.place, "a packet's checksum is wrong: it is not read")
      return false
    case .unchecked:
      log.addFault(packet.place, Self.doubtMessage)
      tell(packet, &log)
    case .open:
      doubtful.append(packet)
      if doubtful.count == Self.doubtLimit { believeDoubtful(&log) }
    }
    return true
  }

  private static let doubtMessage = "a packet's checksum is wrong as all are so far: it is read nevertheless"

  /// Other packets have right checksums: these are damaged.
  private mutating func dropDoubtful(_ log: inout TelemetryLog) {
    for packet in doubtful {
      log.skip(packet.byteCount, packet.place, "a packet's checksum is wrong: it is not read")
    }
    doubtful = []
  }

  private mutating func believeDoubtful(_ log: inout TelemetryLog) {
    trust = .unchecked
    for packet in doubtful {
      log.addFault(packet.place, Self.doubtMessage)
      tell(packet, &log)
    }
    doubtful = []
  }

  /// Nothing follows: what waits for a right checksum is told.
  mutating func finish(into log: inout TelemetryLog) { believeDoubtful(&log) }

  private mutating func tell(_ packet: Packet, _ log: inout TelemetryLog) {
    packetCount += 1
    if let sample = packet.sample {
      log.append(sample, at: packet.place)
    } else {
      log.addFault(packet.place, "a packet without a time")
    }
  }

  /// A tag in BER-OID form, at most three bytes.
  @inline(__always)
  private func berTag(_ bytes: borrowing Span<UInt8>, _ position: inout Int, _ end: Int) -> Int? {
    var tag = 0
    for _ in 0..<3 {
      guard position < end else { return nil }
      let byte = bytes[position]
      position += 1
      tag = tag << 7 | Int(byte & 0x7F)
      if byte < 0x80 { return tag }
    }
    return nil
  }

  /// The 16-bit sum of the bytes, those at even places in the high byte.
  private static func checksum(_ bytes: borrowing Span<UInt8>, _ range: Range<Int>) -> UInt16 {
    var (high, low): (UInt32, UInt32) = (0, 0)
    var place = range.lowerBound
    while place + 1 < range.upperBound {
      high &+= UInt32(bytes[place])
      low &+= UInt32(bytes[place + 1])
      place += 2
    }
    if place < range.upperBound { high &+= UInt32(bytes[place]) }
    return UInt16(truncatingIfNeeded: (high << 8) &+ low)
  }
}
