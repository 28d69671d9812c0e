internal import InspectionModel

/// Reads the subtitles (SRT) that DJI aircraft write beside a video.
///
/// Seven dialects are known; one reader takes what it finds: a time code, a date, `GPS(…)`, `HOME(…)`, `BAROMETER:`,
/// `Hb:`, `H 85.80m`, `F.PRY (…)`, `G.PRY (…)` and bracketed `[key : value]` pairs. What a block does not say stays
/// `nil`. The log's own clock is the video's time code, else the time since the first date.
enum DJISubtitleParser: TelemetryLogParser {
  static func recognises(_ start: ArraySlice<UInt8>) -> Bool {
    var lines = TextLines(start)
    var sawNumber = false
    while let line = lines.next() {
      let text = trimmed(line.text)
      if text.isEmpty { continue }
      if sawNumber { return SubtitleFields.isContent(text) }
      guard SubtitleFields.isBlockNumber(text) else { return false }
      sawNumber = true
    }
    // A file that was cut after its first number is still a (broken) subtitle file.
    return sawNumber
  }

  static func parse(_ bytes: [UInt8], zone: UTCOffset) throws(TelemetryLogError) -> TelemetryLog {
    var log = TelemetryLog(format: .djiSubtitles)
    var firstDate: Timestamp?
    var block: Block?
    var blockCount = 0

    func close(_ block: Block) {
      blockCount += 1
      var fields = SubtitleFields()
      for line in block.lines { fields.read(line) }
      if !fields.hasContent {
        log.skippedByteCount += block.byteCount
        log.addFault(.line(block.lineNumber), "expected a date, a time code or telemetry, found neither")
        return
      }
      for message in fields.faults { log.addFault(.line(block.lineNumber), message) }
      let date = fields.date.flatMap { Timestamp($0, zone: zone) }
      if firstDate == nil { firstDate = date }
      var sample = fields.sample
      sample.timestamp = date
      sample.logTimeNanoseconds =
        fields.timeCodeNanoseconds ?? date.flatMap { date in firstDate.map { elapsed(date, since: $0) } }
      if sample.logTimeNanoseconds == nil {
        log.skippedByteCount += block.byteCount
        log.addFault(.line(block.lineNumber), "expected a time code or a date")
        return
      }
      log.samples.append(sample)
    }

    var lines = TextLines(bytes[...])
    while let line = lines.next() {
      let text = trimmed(line.text)
      if text.isEmpty { continue }
      if SubtitleFields.isBlockNumber(text) {
        if let block { close(block) }
        block = Block(lineNumber: line.number, byteCount: line.text.count, lines: [])
      } else if block != nil {
        block?.byteCount += line.text.count
        block?.lines.append(text)
      } else {
        log.skippedByteCount += line.text.count
        log.addFault(.line(line.number), "expected a subtitle number")
      }
    }
    if let block { close(block) }
    guard !log.samples.isEmpty else {
      throw .noRecords(
        format: .djiSubtitles, place: .line(1),
        message: blockCount > 0 ? "found \(blockCount) subtitles without time" : "expected a subtitle number")
    }
    log.messageCounts = [("subtitle", log.samples.count)]
    return log
  }

  private static func elapsed(_ date: Timestamp, since first: Timestamp) -> Int64 {
    let (difference, overflow) = date.nanoseconds.subtractingReportingOverflow(first.nanoseconds)
    return overflow ? 0 : difference
  }

  private struct Block {
    let lineNumber: Int
    var byteCount: Int
    var lines: [ArraySlice<UInt8>]
  }
}
