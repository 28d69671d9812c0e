internal import InspectionModel

/// Reads MISB ST 0601 packets inside an MPEG transport stream (`.ts`, and `.m2ts` with its four bytes before each packet).
///
/// Source: ISO/IEC 13818-1, MISB ST 1402. Every stream of private data or of metadata is searched for the packet's key:
/// the sixteen bytes say more than the tables that announce them, which recorders write wrongly. Video is passed over.
struct TransportStreamParser: TelemetryLogParser {
  private static let packetLength = 188
  private static let sync: UInt8 = 0x47

  private struct Elementary: Sendable {
    var bytes: [UInt8] = []
    /// Where in the file the bytes' first packet stood.
    var offset = 0
  }

  /// 188, or 192 with a time before each packet; `nil` until known.
  private var stride: Int?
  /// Streams of data by their number; video and sound have no entry.
  private var streams: [Int: Elementary] = [:]
  private var packets = MISBPacketReader()
  private var damageStart: Int?

  /// Most data streams that are followed.
  private static let streamLimit = 16

  static func recognises(_ start: ArraySlice<UInt8>) -> Bool { layout(Array(start).span) != nil }

  /// Packet distance, and where the first one begins.
  private static func layout(_ bytes: borrowing Span<UInt8>) -> (stride: Int, first: Int)? {
    for stride in [packetLength, packetLength + 4] {
      for first in 0..<min(stride, bytes.count) where bytes[first] == sync {
        var (place, count) = (first, 0)
        while place < bytes.count, bytes[place] == sync {
          place += stride
          count += 1
        }
        if count >= 5 || (count >= 1 && first == 0 && place == bytes.count) { return (stride, first) }
      }
    }
    return nil
  }

  init(zone: UTCOffset) {}

  mutating func read(
    _ bytes: borrowing Span<UInt8>, at offset: Int, isEnd: Bool, into log: inout TelemetryLog
  ) -> Int {
    if stride == nil {
      guard let layout = Self.layout(bytes) else { return isEnd ? bytes.count : 0 }
      stride = layout.stride
    }
    let stride = stride ?? Self.packetLength
    var place = 0
    while place + Self.packetLength <= bytes.count {
      // A packet is one where another follows, or where the file ends.
      let next = place + stride
      if next >= bytes.count, !isEnd { break }
      guard bytes[place] == Self.sync, next >= bytes.count || bytes[next] == Self.sync || damageStart == nil
      else {
        if damageStart == nil { damageStart = offset + place }
        place += 1
        continue
      }
      endDamage(offset + place, &log)
      take(bytes, place, offset, &log)
      place += stride
    }
    guard isEnd else { return min(place, bytes.count) }
    if place < bytes.count, damageStart == nil { damageStart = offset + place }
    endDamage(offset + bytes.count, &log)
    for id in streams.keys.sorted() { empty(id, &log) }
    return bytes.count
  }

  private mutating func endDamage(_ end: Int, _ log: inout TelemetryLog) {
    guard let start = damageStart else { return }
    damageStart = nil
    // The time before a packet of `.m2ts` is not damage.
    let skipped = end - start - (stride == Self.packetLength + 4 ? 4 : 0)
    if skipped > 0 {
      log.skip(skipped, .byte(start), "expected a transport packet, skipped \(skipped) bytes")
    }
  }

  private mutating func take(
    _ bytes: borrowing Span<UInt8>, _ place: Int, _ offset: Int, _ log: inout TelemetryLog
  ) {
    let id = Int(bytes[place + 1] & 0x1F) << 8 | Int(bytes[place + 2])
    let hasPayload = bytes[place + 3] & 0x10 != 0
    guard hasPayload, bytes[place + 1] & 0x80 == 0 else { return }
    var payload = place + 4
    if bytes[place + 3] & 0x20 != 0 { payload += 1 + Int(bytes[place + 4]) }
    let end = place + Self.packetLength
    guard payload < end else { return }
    if bytes[place + 1] & 0x40 != 0 {
      guard end - payload >= 9, bytes[payload] == 0, bytes[payload + 1] == 0, bytes[payload + 2] == 1 else {
        return
      }
      // Private data (0xBD) or metadata (0xFC); anything else is no business of ours.
      guard bytes[payload + 3] == 0xBD || bytes[payload + 3] == 0xFC else { return }
      guard streams[id] != nil || streams.count < Self.streamLimit else { return }
      payload += 9 + Int(bytes[payload + 8])
      // Asynchronous packets may be larger than a unit: what is not whole stays.
      empty(id, &log)
      if streams[id]?.bytes.isEmpty ?? true { streams[id] = Elementary(offset: offset + place) }
    }
    guard streams[id] != nil, payload < end else { return }
    streams[id]?.bytes.append(contentsOf: bytes.array(payload..<end))
    if let count = streams[id]?.bytes.count, count > 2 * MISBPacketReader.packetLimit { empty(id, &log) }
  }

  /// Reads the packets that are whole in a stream's bytes and forgets them; the beginning of another one stays.
  private mutating func empty(_ id: Int, _ log: inout TelemetryLog) {
    guard let stream = streams[id], !stream.bytes.isEmpty else { return }
    let span = stream.bytes.span
    var place = 0
    scanning: while place < span.count {
      switch MISBPacketReader.find(span, at: place) {
      case .packet(let tags, let end):
        if !packets.take(span, place, tags, .byte(stream.offset), into: &log) {
          log.skippedByteCount += end - place
        }
        place = end
      case .incomplete where span.count - place <= MISBPacketReader.packetLimit: break scanning
      default:
        // The header of a metadata unit, padding, or data of another kind.
        place += 1
      }
    }
    streams[id]?.bytes.removeFirst(min(place, stream.bytes.count))
  }

  mutating func finish(into log: inout TelemetryLog) throws(TelemetryLogError) {
    packets.finish(into: &log)
    guard packets.packetCount > 0 else {
      throw .noRecords(
        format: .transportStream, place: .byte(0), message: "no MISB ST 0601 packet in its data streams")
    }
    log.messageCounts = [("UASLocalMetadataSet", packets.packetCount)]
  }
}
