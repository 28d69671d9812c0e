internal import InspectionModel

/// Reads recorded OSD messages of the DJI Cloud API: one JSON object a line.
struct OSDLinesParser: TelemetryLogParser {
  private var lines = LineCutter()
  private var readingCount = 0
  private var otherCount = 0

  static func recognises(_ start: ArraySlice<UInt8>) -> Bool {
    let bytes = Array(start)
    var (lines, position) = (LineCutter(), 0)
    for _ in 0..<20 {
      guard let line = lines.next(bytes.span, &position, isEnd: true) else { return false }
      let text = bytes.span.trimmed(line.range)
      if text.isEmpty { continue }
      guard bytes[text.lowerBound] == UInt8(ascii: "{") else { return false }
      // A long first message may be cut by the end of what is looked at.
      if let value = JSONReader.value(bytes.span, text), OSDReading(value) != nil { return true }
      for word in ["\"attitude_head\"", "\"gimbal_pitch\"", "/osd\""] {
        if bytes.span.firstOccurrence(of: Array(word.utf8), in: text) != nil { return true }
      }
    }
    return false
  }

  init(zone: UTCOffset) {}

  mutating func read(
    _ bytes: borrowing Span<UInt8>, at offset: Int, isEnd: Bool, into log: inout TelemetryLog
  ) -> Int {
    var position = 0
    while let line = lines.next(bytes, &position, isEnd: isEnd) {
      let text = bytes.trimmed(line.range)
      if text.isEmpty { continue }
      guard !line.isLong, let value = JSONReader.value(bytes, text) else {
        log.skip(line.range.count, .line(line.number), "expected a JSON object")
        continue
      }
      guard let reading = OSDReading(value) else {
        otherCount += 1
        continue
      }
      readingCount += 1
      log.append(reading.sample, at: .line(line.number))
    }
    return position
  }

  mutating func finish(into log: inout TelemetryLog) throws(TelemetryLogError) {
    log.skippedByteCount += lines.droppedByteCount
    log.messageCounts = [("osd", readingCount), ("other", otherCount)].filter { $0.1 > 0 }
    guard readingCount > 0 else {
      throw .noRecords(format: .osdLines, place: .line(1), message: "no message about an aircraft")
    }
  }
}
