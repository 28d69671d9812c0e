internal import InspectionModel

/// Reads the subtitles (SRT) that DJI aircraft write beside a video.
///
/// Seven dialects are known; one reader takes what it finds: a time code, a date, `GPS(…)`, `HOME(…)`, `BAROMETER:`,
/// `Hb:`, `H 85.80m`, `F.PRY (…)`, `G.PRY (…)` and bracketed `[key : value]` pairs. What a block does not say stays
/// `nil`. The log's own clock is the video's time code, else the time since the first date.
enum DJISubtitleParser: TelemetryLogParser {
  /// Lines that a subtitle has at most behind its number, one spare.
  private static let longestSubtitle = 6

  static func recognises(_ start: ArraySlice<UInt8>) -> Bool {
    var lines = TextLines(start)
    var linesAfterNumber: Int?
    while let line = lines.next() {
      let text = trimmed(line.text)
      if text.isEmpty { continue }
      if let count = linesAfterNumber {
        // One damaged line must not hide a whole file; the first subtitle decides.
        if SubtitleFields.isContent(text) { return true }
        if count == Self.longestSubtitle || SubtitleFields.isBlockNumber(text) { return false }
        linesAfterNumber = count + 1
      } else {
        guard SubtitleFields.isBlockNumber(text) else { return false }
        linesAfterNumber = 0
      }
    }
    // A file that was cut after its first number is still a (broken) subtitle file.
    return linesAfterNumber == 0
  }

  static func parse(
    _ bytes: [UInt8], zone: UTCOffset, sampleLimit: Int
  ) throws(TelemetryLogError) -> TelemetryLog {
    var log = TelemetryLog(format: .djiSubtitles)
    var firstDate: Timestamp?
    var block: Block?
    var blockCount = 0
    var lines = TextLines(bytes[...])
    while log.samples.count < sampleLimit, let line = lines.next() {
      let text = trimmed(line.text)
      if text.isEmpty { continue }
      if SubtitleFields.isBlockNumber(text) {
        block?.close(into: &log, zone, &firstDate)
        blockCount += 1
        block = Block(lineNumber: line.number, byteCount: line.text.count)
      } else if block != nil {
        block?.byteCount += line.text.count
        block?.fields.read(text, isCut: line.isCut)
      } else {
        log.skippedByteCount += line.text.count
        log.addFault(.line(line.number), "expected a subtitle number")
      }
    }
    if log.samples.count < sampleLimit { block?.close(into: &log, zone, &firstDate) }
    guard !log.samples.isEmpty else {
      throw .noRecords(
        format: .djiSubtitles, place: .line(1),
        message: blockCount > 0 ? "found \(blockCount) subtitles without time" : "expected a subtitle number")
    }
    if let line = lines.next() {
      log.addFault(
        .line(line.number), "more than \(sampleLimit) subtitles: the rest is not read")
    }
    log.messageCounts = [("subtitle", log.samples.count)]
    return log
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

    /// Turns what was read into a record.
    func close(into log: inout TelemetryLog, _ zone: UTCOffset, _ firstDate: inout Timestamp?) {
      guard fields.hasContent else {
        log.skippedByteCount += byteCount
        log.addFault(.line(lineNumber), "expected a date, a time code or telemetry, found neither")
        return
      }
      if let damage = fields.damage { log.addFault(.line(lineNumber), damage) }
      let date = fields.date.flatMap { Timestamp($0, zone: zone) }
      if firstDate == nil { firstDate = date }
      var sample = fields.sample
      sample.timestamp = date
      sample.logTimeNanoseconds =
        fields.timeCodeNanoseconds
        ?? date.flatMap { date in
          firstDate.map { DJISubtitleParser.elapsed(date, since: $0) }
        }
      guard sample.logTimeNanoseconds != nil else {
        log.skippedByteCount += byteCount
        log.addFault(.line(lineNumber), "expected a time code or a date")
        return
      }
      log.samples.append(sample)
    }
  }
}
