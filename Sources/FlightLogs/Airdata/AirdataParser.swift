internal import InspectionModel

/// Reads the CSV that Airdata exports from an aircraft's log.
///
/// Columns are found by name and converted by the unit in their header (`height_above_takeoff(feet)`); blanks
/// around names and values are ignored. `datetime(utc)` has whole seconds only, so that UTC is its first value
/// plus the recorder's milliseconds. Rows with latitude and longitude 0 have no position.
struct AirdataParser: TelemetryLogParser {
  private var lines = LineCutter()
  private var columns: AirdataColumns?
  private var hasHeader = false
  private var clock: (date: Timestamp, milliseconds: Double)?
  private var wasPhoto = false
  private var rowCount = 0

  static func recognises(_ start: ArraySlice<UInt8>) -> Bool {
    var lines = TextLines(start)
    guard let header = lines.next() else { return false }
    return AirdataColumns(header.text) != nil
  }

  init(zone: UTCOffset) {}

  mutating func read(
    _ bytes: borrowing Span<UInt8>, at offset: Int, isEnd: Bool, into log: inout TelemetryLog
  ) -> Int {
    var position = 0
    while let line = lines.next(bytes, &position, isEnd: isEnd) {
      if !hasHeader {
        hasHeader = true
        columns = AirdataColumns(bytes.array(line.range)[...])
        for unit in columns?.unknownUnits ?? [] {
          log.addFault(.line(1), "expected a known unit, found \(unit): the column is not read")
        }
      } else if let columns {
        let text = bytes.trimmed(line.range)
        if text.isEmpty { continue }
        guard !line.isLong else {
          log.skip(line.range.count, .line(line.number), "a row of more than \(LineCutter.lineLimit) bytes")
          continue
        }
        readRow(bytes.array(line.range)[...], line, columns, &log)
      }
    }
    return position
  }

  private mutating func readRow(
    _ text: ArraySlice<UInt8>, _ line: LineCutter.Line, _ columns: AirdataColumns, _ log: inout TelemetryLog
  ) {
    var cells = CSVCells(text, limit: columns.count)
    if cells.count < columns.count {
      log.addFault(.line(line.number), "expected \(columns.count) columns, found \(cells.count)")
      // Half a number is another number.
      if line.isCut { cells.removeLast() }
    }
    guard let milliseconds = columns.milliseconds(cells) else {
      log.skip(text.count, .line(line.number), "expected a time in milliseconds")
      return
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
    log.append(sample, at: .line(line.number), isPhoto: isPhoto && !wasPhoto)
    wasPhoto = isPhoto
    rowCount += 1
  }

  mutating func finish(into log: inout TelemetryLog) throws(TelemetryLogError) {
    log.skippedByteCount += lines.droppedByteCount
    guard columns != nil else {
      throw .noRecords(format: .airdata, place: .line(1), message: "expected a header with time(millisecond)")
    }
    guard rowCount > 0 else {
      throw .noRecords(format: .airdata, place: .line(2), message: "no row with a time")
    }
    log.messageCounts = [("row", rowCount)]
  }
}
