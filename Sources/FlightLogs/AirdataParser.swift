internal import InspectionModel

/// Reads the CSV that Airdata exports from an aircraft's log.
///
/// Columns are found by name and converted by the unit in their header (`height_above_takeoff(feet)`); blanks
/// around names and values are ignored. `datetime(utc)` has whole seconds only, so that UTC is its first value
/// plus the recorder's milliseconds. Rows with latitude and longitude 0 have no position.
enum AirdataParser: TelemetryLogParser {
  /// Longest row, bytes.
  private static let lineLimit = 1 << 16

  static func recognises(_ start: ArraySlice<UInt8>) -> Bool {
    var lines = TextLines(start)
    guard let header = lines.next() else { return false }
    return AirdataColumns(header.text) != nil
  }

  static func parse(
    _ bytes: [UInt8], zone: UTCOffset, sampleLimit: Int
  ) throws(TelemetryLogError) -> TelemetryLog {
    var log = TelemetryLog(format: .airdata)
    var lines = TextLines(bytes[...])
    guard let header = lines.next(), let columns = AirdataColumns(header.text) else {
      throw .noRecords(format: .airdata, place: .line(1), message: "expected a header with time(millisecond)")
    }
    for unit in columns.unknownUnits {
      log.addFault(.line(1), "expected a known unit, found \(unit): the column is not read")
    }
    var clock: (date: Timestamp, milliseconds: Double)?
    var wasPhoto = false
    while log.samples.count < sampleLimit, let line = lines.next() {
      if trimmed(line.text).isEmpty { continue }
      guard line.text.count <= lineLimit else {
        log.skip(line, "a row of more than \(lineLimit) bytes")
        continue
      }
      var cells = CSVCells(line.text, limit: columns.count)
      if cells.count < columns.count {
        log.addFault(.line(line.number), "expected \(columns.count) columns, found \(cells.count)")
        // Half a number is another number.
        if line.isCut { cells.removeLast() }
      }
      guard let milliseconds = columns.milliseconds(cells) else {
        log.skip(line, "expected a time in milliseconds")
        continue
      }
      var damage: String?
      var sample = columns.sample(cells, &damage)
      if let damage { log.addFault(.line(line.number), damage) }
      sample.logTimeNanoseconds = Int64((milliseconds * 1e6).rounded())
      if clock == nil, let date = columns.date(cells) { clock = (date, milliseconds) }
      sample.timestamp = clock.map { clock in
        clock.date.advanced(byNanoseconds: Int64(((milliseconds - clock.milliseconds) * 1e6).rounded()))
      }
      let isPhoto = columns.isPhoto(cells)
      if isPhoto, !wasPhoto { log.photoIndices.append(log.samples.count) }
      wasPhoto = isPhoto
      log.samples.append(sample)
    }
    guard !log.samples.isEmpty else {
      throw .noRecords(format: .airdata, place: .line(2), message: "no row with a time")
    }
    if let line = lines.next() {
      log.addFault(.line(line.number), "more than \(sampleLimit) rows: the rest is not read")
    }
    log.messageCounts = [("row", log.samples.count)]
    return log
  }
}

extension TelemetryLog {
  /// Counts a line that could not be used.
  fileprivate mutating func skip(_ line: TextLines.Line, _ message: String) {
    skippedByteCount += line.text.count
    addFault(.line(line.number), message)
  }
}
