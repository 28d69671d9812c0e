internal import InspectionModel

/// Reads ArduPilot's binary DataFlash logs (`.bin`).
///
/// A record is `A3 95`, its type and its fields; `FMT` records (type 0x80) declare the types. Of damage the next two
/// marks with a known type behind them are looked for.
struct DataFlashParser: TelemetryLogParser {
  static let marks: (UInt8, UInt8) = (0xA3, 0x95)
  static let formatType: UInt8 = 0x80
  static let formatLength = 89

  /// By type; length 0: not declared.
  private var lengths = [Int](repeating: 0, count: 256)
  private var counts = [Int](repeating: 0, count: 256)
  private var isRead = [Bool](repeating: false, count: 256)
  private var formats = [DataFlashFormat?](repeating: nil, count: 256)
  private var clock = DataFlashClock()
  private var damageStart: Int?

  static func recognises(_ start: ArraySlice<UInt8>) -> Bool {
    let limit = min(start.count, 512)
    for place in start.indices.prefix(limit) where start[place] == marks.0 && place + 3 < start.endIndex {
      // A declaration, most often that of declarations themselves.
      if start[place + 1] == marks.1, start[place + 2] == formatType { return true }
    }
    return false
  }

  init(zone: UTCOffset) { lengths[Int(Self.formatType)] = Self.formatLength }

  mutating func read(
    _ bytes: borrowing Span<UInt8>, at offset: Int, isEnd: Bool, into log: inout TelemetryLog
  ) -> Int {
    var place = 0
    while place + DataFlashFormat.headerLength <= bytes.count {
      let type = Int(bytes[place + 2])
      let length = lengths[type]
      guard bytes[place] == Self.marks.0, bytes[place + 1] == Self.marks.1, length > 0 else {
        if damageStart == nil { damageStart = offset + place }
        place += 1
        while place < bytes.count, bytes[place] != Self.marks.0 { place += 1 }
        continue
      }
      let end = place + length
      guard end <= bytes.count else { break }
      if damageStart != nil { endDamage(offset + place, &log) }
      if type == Int(Self.formatType) { declare(bytes, place, offset, &log) }
      counts[type] += 1
      if isRead[type] { take(type, bytes, place, offset, &log) }
      place = end
    }
    guard isEnd else { return place }
    if damageStart != nil {
      endDamage(offset + bytes.count, &log)
    } else if place < bytes.count {
      log.skip(bytes.count - place, .byte(offset + place), "the last record is cut by the end of the file")
    }
    return bytes.count
  }

  private mutating func endDamage(_ end: Int, _ log: inout TelemetryLog) {
    guard let start = damageStart else { return }
    damageStart = nil
    log.skip(end - start, .byte(start), "expected a record, skipped \(end - start) bytes")
  }

  private mutating func declare(
    _ bytes: borrowing Span<UInt8>, _ place: Int, _ offset: Int, _ log: inout TelemetryLog
  ) {
    func text(_ start: Int, _ length: Int) -> [UInt8] {
      Array(bytes.array(place + start..<place + start + length).prefix { $0 != 0 })
    }
    let type = Int(bytes[place + 3])
    let columns = String(decoding: text(25, 64), as: UTF8.self).split(separator: ",").map(String.init)
    guard
      let format = DataFlashFormat(
        name: String(decoding: text(5, 4), as: UTF8.self), length: Int(bytes[place + 4]),
        letters: text(9, 16),
        columns: columns)
    else {
      log.addFault(
        .byte(offset + place), "a declaration of type \(type) whose length and letters do not agree")
      return
    }
    lengths[type] = type == Int(Self.formatType) ? Self.formatLength : format.length
    formats[type] = format
    isRead[type] = format.kind != .other
  }

  private mutating func take(
    _ type: Int, _ bytes: borrowing Span<UInt8>, _ place: Int, _ offset: Int, _ log: inout TelemetryLog
  ) {
    guard let format = formats[type] else { return }
    let values = format.values(bytes, place)
    var sample = format.kind.sample(values)
    clock.setTimes(&sample, values, isReceiver: format.kind == .receiver || format.kind == .secondReceiver)
    let isPhoto = format.kind == .photo
    guard isPhoto || !sample.isEmpty else { return }
    log.append(sample, at: .byte(offset + place), isPhoto: isPhoto)
  }

  mutating func finish(into log: inout TelemetryLog) throws(TelemetryLogError) {
    var places: [String: Int] = [:]
    for (type, count) in counts.enumerated() where count > 0 {
      let name = formats[type]?.name ?? "FMT"
      if let place = places[name] {
        log.messageCounts[place].count += count
      } else {
        places[name] = log.messageCounts.count
        log.messageCounts.append((name, count))
      }
    }
    guard log.messageCounts.contains(where: { $0.name != "FMT" }) else {
      throw .noRecords(format: .dataFlash, place: .byte(0), message: "no record of a declared type")
    }
  }
}
