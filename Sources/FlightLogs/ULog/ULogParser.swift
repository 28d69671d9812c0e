internal import InspectionModel

/// Reads PX4's ULog.
///
/// Source: https://docs.px4.io/main/en/dev_log/ulog_file_format.html. The file describes its own messages; only topics
/// with a position, an angle or a photo become samples, all others are counted. Damage is skipped up to where messages
/// follow one another again.
struct ULogParser: TelemetryLogParser {
  private static let magic: [UInt8] = [0x55, 0x4C, 0x6F, 0x67, 0x01, 0x12, 0x35]
  private static let headerLength = 16
  private static let messageHeader = 3
  /// Header and message id of what follows a message.
  private static let lookahead = 5
  /// After damage three short messages in a row show where the file goes on.
  private static let chainSize = 4096
  private static let chainLimit = 3 * (chainSize + messageHeader) + lookahead

  private var hasHeader = false
  private var formats: [String: ULogFormat] = [:]
  /// By message id: everything that a data message needs, in arrays of plain numbers.
  private var counts: [Int] = []
  private var leastSizes: [Int] = []
  private var greatestSizes: [Int] = []
  private var topics: [ULogTopic?] = []
  private var isRead: [Bool] = []
  private var names: [String] = []
  private var clock = BootClock()
  /// Where in the file data were appended later, ascending.
  private var appendedOffsets: [Int] = []
  private var damageStart: Int?

  /// Most formats that are kept.
  private static let formatLimit = 20_000

  static func recognises(_ start: ArraySlice<UInt8>) -> Bool { start.starts(with: magic) }

  init(zone: UTCOffset) {}

  mutating func read(
    _ bytes: borrowing Span<UInt8>, at offset: Int, isEnd: Bool, into log: inout TelemetryLog
  ) -> Int {
    var place = 0
    if !hasHeader {
      guard bytes.count >= Self.headerLength || isEnd else { return 0 }
      hasHeader = true
      place = min(Self.headerLength, bytes.count)
    }
    while place + Self.messageHeader <= bytes.count {
      if let appended = appendedOffsets.first, offset + place >= appended { appendedOffsets.removeFirst() }
      let size = Int(bytes.uint16LE(place))
      let end = place + Self.messageHeader + size
      // What was appended begins at a known place, whatever stands before it.
      if let appended = appendedOffsets.first, offset + end > appended {
        guard appended - offset <= bytes.count || isEnd else { break }
        let next = min(appended - offset, bytes.count)
        log.skip(next - place, .byte(offset + place), "a message is cut by data that were appended")
        place = next
        continue
      }
      let type = bytes[place + 2]
      let isSound = isSound(type, size, bytes, place)
      // What follows is looked at, too: wait for it, so that nothing depends on where the window ends.
      if !isEnd, end + Self.lookahead > bytes.count, damageStart == nil || isSound == true { break }
      if end <= bytes.count, isSound ?? isFollowed(bytes, place, size, isEnd) {
        endDamage(offset + place, &log)
        take(type, bytes, place + Self.messageHeader..<end, offset, &log)
        place = end
        continue
      }
      if isSound == true, damageStart == nil { break }
      if damageStart != nil, !isEnd, place + Self.chainLimit > bytes.count { break }
      if damageStart == nil { damageStart = offset + place }
      place += 1
    }
    guard isEnd else { return place }
    endDamage(offset + place, &log)
    if place < bytes.count {
      log.skip(bytes.count - place, .byte(offset + place), "the last message is cut by the end of the file")
    }
    return bytes.count
  }

  private mutating func endDamage(_ end: Int, _ log: inout TelemetryLog) {
    guard let start = damageStart else { return }
    damageStart = nil
    log.skip(end - start, .byte(start), "expected a ULog message, skipped \(end - start) bytes")
  }

  /// Whether a message's header can be one; `nil` where only what follows can tell.
  private func isSound(_ type: UInt8, _ size: Int, _ bytes: borrowing Span<UInt8>, _ place: Int) -> Bool? {
    switch type {
    case UInt8(ascii: "D"):
      guard size >= 2, place + 5 <= bytes.count else { return size >= 2 ? nil : false }
      let id = Int(bytes.uint16LE(place + 3))
      guard id < leastSizes.count, greatestSizes[id] >= 0 else { return nil }
      return size - 2 >= leastSizes[id] && size - 2 <= greatestSizes[id]
    case UInt8(ascii: "S"): return size == 8 ? nil : false
    case UInt8(ascii: "O"): return size == 2 ? nil : false
    case UInt8(ascii: "L"): return size >= 9 ? nil : false
    case UInt8(ascii: "C"): return size >= 11 ? nil : false
    case UInt8(ascii: "R"): return size >= 2 ? nil : false
    case UInt8(ascii: "A"): return size >= 4 ? nil : false
    case UInt8(ascii: "B"), UInt8(ascii: "F"), UInt8(ascii: "I"), UInt8(ascii: "M"), UInt8(ascii: "P"),
      UInt8(ascii: "Q"):
      return nil
    default: return (65...90).contains(type) ? nil : false
    }
  }

  /// Whether messages follow a header that by itself tells nothing: one, or two and only short ones after damage.
  private func isFollowed(_ bytes: borrowing Span<UInt8>, _ place: Int, _ size: Int, _ isEnd: Bool) -> Bool {
    let isDamaged = damageStart != nil
    var (start, size) = (place, size)
    for step in 0..<(isDamaged ? 3 : 2) {
      let type = bytes[start + 2]
      // A type of a later version is believed where the file is sound.
      guard !isDamaged || Self.isKnown(type), !isDamaged || size <= Self.chainSize else { return false }
      if step > 0, isSound(type, size, bytes, start) == false || !Self.isKnown(type) { return false }
      start += Self.messageHeader + size
      if let appended = appendedOffsets.first, appended <= start { return true }
      guard start + Self.lookahead <= bytes.count else { return !isDamaged || start == bytes.count }
      size = Int(bytes.uint16LE(start))
    }
    return true
  }

  private static func isKnown(_ type: UInt8) -> Bool {
    switch type {
    case UInt8(ascii: "A"), UInt8(ascii: "B"), UInt8(ascii: "C"), UInt8(ascii: "D"), UInt8(ascii: "F"),
      UInt8(ascii: "I"), UInt8(ascii: "L"), UInt8(ascii: "M"), UInt8(ascii: "O"), UInt8(ascii: "P"),
      UInt8(ascii: "Q"), UInt8(ascii: "R"), UInt8(ascii: "S"):
      true
    default: false
    }
  }

  private mutating func take(
    _ type: UInt8, _ bytes: borrowing Span<UInt8>, _ body: Range<Int>, _ offset: Int,
    _ log: inout TelemetryLog
  ) {
    switch type {
    case UInt8(ascii: "D"): takeData(bytes, body, offset, &log)
    case UInt8(ascii: "F"):
      if let format = ULogFormat(bytes.text(body)), formats.count < Self.formatLimit {
        formats[format.name] = format
      } else {
        log.addFault(.byte(offset + body.lowerBound), "expected name:type field;…")
      }
    case UInt8(ascii: "A"): subscribe(bytes, body, offset, &log)
    case UInt8(ascii: "B"): takeFlags(bytes, body, offset, &log)
    default: break
    }
  }

  private mutating func takeData(
    _ bytes: borrowing Span<UInt8>, _ body: Range<Int>, _ offset: Int, _ log: inout TelemetryLog
  ) {
    let id = Int(bytes.uint16LE(body.lowerBound))
    guard id < leastSizes.count, greatestSizes[id] >= 0, body.count - 2 >= leastSizes[id] else {
      log.skip(
        body.count + Self.messageHeader, .byte(offset + body.lowerBound),
        "data of message \(id), which nobody announced")
      return
    }
    counts[id] += 1
    guard isRead[id], let reading = topics[id]?.reading(bytes, body.lowerBound + 2) else { return }
    var sample = reading.sample
    if let utc = reading.utc { clock.observe(bootNanoseconds: reading.bootNanoseconds, utc: utc) }
    guard reading.isPhoto || !sample.isEmpty else { return }
    sample.timestamp = clock.utc(bootNanoseconds: reading.bootNanoseconds)
    log.append(sample, at: .byte(offset + body.lowerBound), isPhoto: reading.isPhoto)
  }

  private mutating func subscribe(
    _ bytes: borrowing Span<UInt8>, _ body: Range<Int>, _ offset: Int, _ log: inout TelemetryLog
  ) {
    let id = Int(bytes.uint16LE(body.lowerBound + 1))
    let name = bytes.text(body.lowerBound + 3..<body.upperBound)
    guard let layout = ULogLayout(name, in: formats) else {
      log.addFault(.byte(offset + body.lowerBound), "no format for topic \(name.prefix(80))")
      return
    }
    while counts.count <= id {
      counts.append(0)
      leastSizes.append(0)
      greatestSizes.append(-1)
      topics.append(nil)
      isRead.append(false)
      names.append("")
    }
    (leastSizes[id], greatestSizes[id]) = (layout.leastByteCount, layout.byteCount)
    (topics[id], names[id]) = (ULogTopic(name, layout), name)
    isRead[id] = topics[id] != nil
  }

  /// Flags that say what a reader has to know: bit 0, data were appended; any other is from a later version.
  private mutating func takeFlags(
    _ bytes: borrowing Span<UInt8>, _ body: Range<Int>, _ offset: Int, _ log: inout TelemetryLog
  ) {
    guard body.count >= 40 else {
      log.addFault(.byte(offset + body.lowerBound), "expected 40 bytes of flags, found \(body.count)")
      return
    }
    let start = body.lowerBound
    for flag in 8..<16 where bytes[start + flag] & (flag == 8 ? 0xFE : 0xFF) != 0 {
      log.addFault(
        .byte(offset + start + flag), "a flag of a later version: the file may mean something else")
    }
    guard bytes[start + 8] & 1 != 0 else { return }
    for index in 0..<3 {
      let appended = bytes.uint64LE(start + 16 + 8 * index)
      if appended > UInt64(offset + body.upperBound), appended < UInt64(Int.max) {
        appendedOffsets.append(Int(appended))
      }
    }
    appendedOffsets.sort()
  }

  mutating func finish(into log: inout TelemetryLog) throws(TelemetryLogError) {
    var places: [String: Int] = [:]
    for (id, count) in counts.enumerated() where count > 0 {
      if let place = places[names[id]] {
        log.messageCounts[place].count += count
      } else {
        places[names[id]] = log.messageCounts.count
        log.messageCounts.append((names[id], count))
      }
    }
    guard !log.messageCounts.isEmpty else {
      throw .noRecords(format: .ulog, place: .byte(0), message: "no data message")
    }
  }
}
