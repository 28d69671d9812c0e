internal import InspectionModel

/// Reads MISB ST 0601 packets that follow one another in a file (`.bin`, `.klv`).
struct KLVParser: TelemetryLogParser {
  private var packets = MISBPacketReader()
  private var damageStart: Int?

  static func recognises(_ start: ArraySlice<UInt8>) -> Bool {
    !TransportStreamParser.recognises(start)
      && start.firstOccurrence(of: MISBPacketReader.key, from: start.startIndex) != nil
  }

  init(zone: UTCOffset) {}

  mutating func read(
    _ bytes: borrowing Span<UInt8>, at offset: Int, isEnd: Bool, into log: inout TelemetryLog
  ) -> Int {
    var place = 0
    scanning: while place < bytes.count {
      switch MISBPacketReader.find(bytes, at: place) {
      case .packet(let tags, let end):
        endDamage(offset + place, &log)
        if packets.take(bytes, place, tags, .byte(offset + place), into: &log) {
          place = end
        } else {
          // The length may be what is damaged: the next key may stand inside.
          damageStart = offset + place
          place += 1
        }
      case .incomplete where !isEnd: break scanning
      default:
        if damageStart == nil { damageStart = offset + place }
        place += 1
        while place < bytes.count, bytes[place] != MISBPacketReader.key[0] { place += 1 }
      }
    }
    guard isEnd else { return place }
    endDamage(offset + bytes.count, &log)
    return bytes.count
  }

  private mutating func endDamage(_ end: Int, _ log: inout TelemetryLog) {
    guard let start = damageStart else { return }
    damageStart = nil
    if end > start {
      log.skip(end - start, .byte(start), "expected a packet's key, skipped \(end - start) bytes")
    }
  }

  mutating func finish(into log: inout TelemetryLog) throws(TelemetryLogError) {
    packets.finish(into: &log)
    guard packets.packetCount > 0 else {
      throw .noRecords(format: .klv, place: .byte(0), message: "no packet with a right checksum")
    }
    log.messageCounts = [("UASLocalMetadataSet", packets.packetCount)]
  }
}
