internal import InspectionModel

/// Reads ArduPilot's DataFlash logs as text (`.log`): `NAME, value, value…`, declared by `FMT` lines.
struct DataFlashTextParser: TelemetryLogParser {
  private struct Format {
    let kind: DataFlashKind
    /// Cell and column; cell 0 is the name.
    let cells: [(cell: Int, column: DataFlashColumn)]
  }

  private var lines = LineCutter()
  private var formats: [String: Format] = [:]
  private var counts: [String: Int] = [:]
  private var order: [String] = []
  private var clock = DataFlashClock()

  /// Most message names that are counted.
  private static let nameLimit = 1024
  private static let cellLimit = 64

  static func recognises(_ start: ArraySlice<UInt8>) -> Bool {
    var lines = TextLines(start)
    var count = 0
    while let line = lines.next(), count < 20 {
      if line.text.starts(with: Array("FMT, ".utf8)) || line.text.starts(with: Array("FMT,".utf8)) {
        return true
      }
      count += 1
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
      if !text.isEmpty { take(bytes, text, line, &log) }
    }
    return position
  }

  private mutating func take(
    _ bytes: borrowing Span<UInt8>, _ text: Range<Int>, _ line: LineCutter.Line, _ log: inout TelemetryLog
  ) {
    let comma = bytes.firstIndex(of: UInt8(ascii: ","), in: text) ?? text.upperBound
    guard (1...8).contains(comma - text.lowerBound), comma < text.upperBound, !line.isLong else {
      log.skip(line.range.count, .line(line.number), "expected a message's name and its values")
      return
    }
    let name = bytes.text(text.lowerBound..<comma)
    if name == "FMT" {
      declare(bytes, text)
    } else if formats[name] == nil {
      log.skip(line.range.count, .line(line.number), "a message that no FMT line declares")
      return
    }
    if counts[name] == nil, order.count < Self.nameLimit { order.append(name) }
    counts[name, default: 0] += 1
    guard let format = formats[name], format.kind != .other else { return }
    let cells = cells(bytes, text)
    var values = DataFlashValues()
    for (cell, column) in format.cells where cell < cells.count && !(line.isCut && cell == cells.count - 1) {
      values[column] = bytes.finiteDouble(cells[cell])
    }
    var sample = format.kind.sample(values)
    clock.setTimes(&sample, values, isReceiver: format.kind == .receiver || format.kind == .secondReceiver)
    guard format.kind == .photo || !sample.isEmpty else { return }
    log.append(sample, at: .line(line.number), isPhoto: format.kind == .photo)
  }

  private func cells(_ bytes: borrowing Span<UInt8>, _ text: Range<Int>) -> [Range<Int>] {
    var cells: [Range<Int>] = []
    var start = text.lowerBound
    while cells.count < Self.cellLimit {
      let end = bytes.firstIndex(of: UInt8(ascii: ","), in: start..<text.upperBound) ?? text.upperBound
      cells.append(bytes.trimmed(start..<end))
      guard end < text.upperBound else { break }
      start = end + 1
    }
    return cells
  }

  /// `FMT, type, length, name, letters, column, column…`
  private mutating func declare(_ bytes: borrowing Span<UInt8>, _ text: Range<Int>) {
    let cells = cells(bytes, text).map { bytes.text($0) }
    guard cells.count > 4, formats.count < Self.nameLimit else { return }
    let name = cells[3]
    var places: [(Int, DataFlashColumn)] = []
    for (index, column) in cells.dropFirst(5).enumerated() {
      for known in DataFlashColumn.allCases where known.names.contains(column) {
        places.append((index + 1, known))
      }
    }
    formats[name] = Format(kind: DataFlashKind(name), cells: places)
  }

  mutating func finish(into log: inout TelemetryLog) throws(TelemetryLogError) {
    log.skippedByteCount += lines.droppedByteCount
    log.messageCounts = order.map { ($0, counts[$0] ?? 0) }
    guard order.contains(where: { $0 != "FMT" }) else {
      throw .noRecords(format: .dataFlashText, place: .line(1), message: "no record of a declared message")
    }
  }
}
