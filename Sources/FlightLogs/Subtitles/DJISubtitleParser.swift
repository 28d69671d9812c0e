internal import InspectionModel

/// Reads the subtitles (SRT) that DJI aircraft write beside a video.
///
/// Seven dialects are known; one reader takes what it finds: a time code, a date, `GPS(…)`, `HOME(…)`, `BAROMETER:`,
/// `Hb:`, `H 85.80m`, `F.PRY (…)`, `G.PRY (…)` and bracketed `[key : value]` pairs. What a block does not say stays
/// `nil`. The log's own clock is the video's time code, else the time since the first date.
struct DJISubtitleParser: TelemetryLogParser {
  private let zone: UTCOffset
  private var lines = LineCutter()
  private var firstDate: Timestamp?
  private var block: Block?
  private var blockCount = 0
  private var recordCount = 0

  /// Lines that a subtitle has at most behind its number, one spare.
  private static let longestSubtitle = 6

  static func recognises(_ start: ArraySlice<UInt8>) -> Bool {
    let bytes = Array(start)
    var (lines, position) = (LineCutter(), 0)
    var linesAfterNumber: Int?
    while let line = lines.next(bytes.span, &position, isEnd: true) {
      let text = bytes.span.trimmed(line.range)
      if text.isEmpty { continue }
      if let count = linesAfterNumber {
        // One damaged line must not hide a whole file; the first subtitle decides.
        if SubtitleFields.isContent(bytes.span, text) { return true }
        if count == Self.longestSubtitle || SubtitleFields.isBlockNumber(bytes.span, text) { return false }
        linesAfterNumber = count + 1
      } else {
        guard SubtitleFields.isBlockNumber(bytes.span, text) else { return false }
        linesAfterNumber = 0
      }
    }
    // A file that was cut after its first number is still a (broken) subtitle file.
    return linesAfterNumber == 0
  }

  init(zone: UTCOffset) { self.zone = zone }

  mutating func read(
    _ bytes: borrowing Span<UInt8>, at offset: Int, isEnd: Bool, into log: inout TelemetryLog
  ) -> Int {
    var position = 0
    while let line = lines.next(bytes, &position, isEnd: isEnd) {
      let text = bytes.trimmed(line.range)
      if text.isEmpty { continue }
      if SubtitleFields.isBlockNumber(bytes, text) {
        close(into: &log)
        blockCount += 1
        block = Block(lineNumber: line.number, byteCount: line.range.count)
      } else if block != nil {
        block?.byteCount += line.range.count
        block?.fields.read(bytes, text, isCut: line.isCut)
      } else {
        log.skip(line.range.count, .line(line.number), "expected a subtitle number")
      }
    }
    return position
  }

  mutating func finish(into log: inout TelemetryLog) throws(TelemetryLogError) {
    close(into: &log)
    log.skippedByteCount += lines.droppedByteCount
    guard recordCount > 0 else {
      throw .noRecords(
        format: .djiSubtitles, place: .line(1),
        message: blockCount > 0 ? "found \(blockCount) subtitles without time" : "expected a subtitle number")
    }
    log.messageCounts = [("subtitle", recordCount)]
  }

  /// Turns the subtitle that was read into a record.
  private mutating func close(into log: inout TelemetryLog) {
    guard let block else { return }
    self.block = nil
    let fields = block.fields
    guard fields.hasContent else {
      log.skip(
        block.byteCount, .line(block.lineNumber),
        "expected a date, a time code or telemetry, found neither")
      return
    }
    if let damage = fields.damage { log.addFault(.line(block.lineNumber), damage) }
    let date = fields.date.flatMap { Timestamp($0, zone: zone) }
    if firstDate == nil { firstDate = date }
    var sample = fields.sample
    sample.timestamp = date
    sample.logTimeNanoseconds =
      fields.timeCodeNanoseconds
      ?? date.flatMap { date in firstDate.map { Self.elapsed(date, since: $0) } }
    guard sample.logTimeNanoseconds != nil else {
      log.skip(block.byteCount, .line(block.lineNumber), "expected a time code or a date")
      return
    }
    log.append(sample, at: .line(block.lineNumber))
    recordCount += 1
  }

  private static func elapsed(_ date: Timestamp, since first: Timestamp) -> Int64 {
    let (difference, overflow) = date.nanoseconds.subtractingReportingOverflow(first.nanoseconds)
    return overflow ? 0 : difference
  }

  /// One subtitle while its lines come in.
  private struct Block {
    let lineNumber: Int
    var byteCount: Int
    var fields = SubtitleFields()
  }
}
