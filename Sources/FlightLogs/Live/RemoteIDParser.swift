internal import InspectionModel

/// Reads received Remote ID messages: one a line as hexadecimal digits, in any column of a table.
///
/// A column with a date (ISO 8601) is the time of reception; without one the time is the message's own, seconds after the
/// full hour. Message packs are taken apart.
struct RemoteIDParser: TelemetryLogParser {
  private let zone: UTCOffset
  private var lines = LineCutter()
  private var counts = [Int](repeating: 0, count: 4)
  private static let names = ["basic_id", "location", "system", "other"]

  static func recognises(_ start: ArraySlice<UInt8>) -> Bool {
    let bytes = Array(start)
    var (lines, position) = (LineCutter(), 0)
    for _ in 0..<4 {
      guard let line = lines.next(bytes.span, &position, isEnd: true) else { return false }
      if let message = message(bytes.span, line.range), !parts(message).isEmpty { return true }
    }
    return false
  }

  init(zone: UTCOffset) { self.zone = zone }

  mutating func read(
    _ bytes: borrowing Span<UInt8>, at offset: Int, isEnd: Bool, into log: inout TelemetryLog
  ) -> Int {
    var position = 0
    while let line = lines.next(bytes, &position, isEnd: isEnd) {
      if bytes.trimmed(line.range).isEmpty { continue }
      guard !line.isLong, let message = Self.message(bytes, line.range) else {
        // The header of a table is no damage.
        if line.number > 1 {
          log.skip(line.range.count, .line(line.number), "expected a message in hexadecimal digits")
        }
        continue
      }
      let parts = Self.parts(message)
      if parts.isEmpty { log.skip(line.range.count, .line(line.number), "a message of an unknown kind") }
      let received = time(bytes, line.range)
      for part in parts { take(part, received, line.number, &log) }
    }
    return position
  }

  private mutating func take(
    _ part: RemoteIDMessage, _ received: Timestamp?, _ line: Int, _ log: inout TelemetryLog
  ) {
    switch part {
    case .basicID: counts[0] += 1
    case .system: counts[2] += 1
    case .other: counts[3] += 1
    case .location(let location):
      counts[1] += 1
      var sample = location.sample
      sample.timestamp = received
      sample.logTimeNanoseconds =
        received?.nanoseconds ?? location.secondsOfHour.map { Int64(($0 * 1e9).rounded()) }
      guard !sample.isEmpty else { return }
      log.append(sample, at: .line(line))
    }
  }

  /// The messages of a message, or of a pack of them.
  private static func parts(_ message: [UInt8]) -> [RemoteIDMessage] {
    guard message.count > RemoteIDMessage.byteCount, message[0] >> 4 == 0xF,
      message[1] == UInt8(RemoteIDMessage.byteCount),
      message.count >= 3 + Int(message[2]) * RemoteIDMessage.byteCount
    else { return RemoteIDMessage(message).map { [$0] } ?? [] }
    return (0..<Int(message[2])).compactMap { index in
      let start = 3 + index * RemoteIDMessage.byteCount
      return RemoteIDMessage(Array(message[start..<start + RemoteIDMessage.byteCount]))
    }
  }

  /// The first cell of a line that holds nothing but enough hexadecimal digits.
  private static func message(_ bytes: borrowing Span<UInt8>, _ line: Range<Int>) -> [UInt8]? {
    var start = line.lowerBound
    while start < line.upperBound {
      var end = start
      while end < line.upperBound, digit(bytes[end]) != nil { end += 1 }
      let isCell = end == line.upperBound || bytes[end] <= 32 || bytes[end] == UInt8(ascii: ",")
      let count = end - start
      if isCell, count >= 2 * RemoteIDMessage.byteCount, count % 2 == 0, count <= 2 * 256 {
        return stride(from: start, to: end, by: 2).map { place in
          (digit(bytes[place]) ?? 0) << 4 | (digit(bytes[place + 1]) ?? 0)
        }
      }
      while end < line.upperBound, bytes[end] > 32, bytes[end] != UInt8(ascii: ",") { end += 1 }
      start = end + 1
    }
    return nil
  }

  @inline(__always)
  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 48...57: byte - 48
    case 65...70: byte - 55
    case 97...102: byte - 87
    default: nil
    }
  }

  /// The first cell that is a date and a time.
  private func time(_ bytes: borrowing Span<UInt8>, _ line: Range<Int>) -> Timestamp? {
    var start = line.lowerBound
    while start < line.upperBound {
      let end = bytes.firstIndex(of: UInt8(ascii: ","), in: start..<line.upperBound) ?? line.upperBound
      if let time = bytes.isoTime(start..<end, assuming: zone) { return time }
      start = end + 1
    }
    return nil
  }

  mutating func finish(into log: inout TelemetryLog) throws(TelemetryLogError) {
    log.skippedByteCount += lines.droppedByteCount
    log.messageCounts = zip(Self.names, counts).filter { $0.1 > 0 }.map { ($0.0, $0.1) }
    guard !log.messageCounts.isEmpty else {
      throw .noRecords(format: .remoteID, place: .line(1), message: "no message of 25 bytes")
    }
  }
}
