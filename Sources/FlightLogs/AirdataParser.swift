internal import InspectionModel

/// Reads the CSV that Airdata exports from an aircraft's log.
///
/// Columns are found by name and converted by the unit in their header (`height_above_takeoff(feet)`); blanks
/// around names and values are ignored. `datetime(utc)` has whole seconds only, so that UTC is its first value
/// plus the recorder's milliseconds. Rows with latitude and longitude 0 have no position.
enum AirdataParser: TelemetryLogParser {
  private static let columnLimit = 512
  /// Longest row, bytes.
  private static let lineLimit = 1 << 16

  static func recognises(_ start: ArraySlice<UInt8>) -> Bool {
    var lines = TextLines(start)
    guard let header = lines.next() else { return false }
    return Columns(header.text) != nil
  }

  static func parse(_ bytes: [UInt8], zone: UTCOffset) throws(TelemetryLogError) -> TelemetryLog {
    var log = TelemetryLog(format: .airdata)
    var lines = TextLines(bytes[...])
    guard let header = lines.next(), let columns = Columns(header.text) else {
      throw .noRecords(format: .airdata, place: .line(1), message: "expected a header with time(millisecond)")
    }
    var clock: (date: Timestamp, milliseconds: Double)?
    var wasPhoto = false
    while let line = lines.next() {
      if trimmed(line.text).isEmpty { continue }
      guard line.text.count <= lineLimit else {
        log.skippedByteCount += line.text.count
        log.addFault(.line(line.number), "a row of more than \(lineLimit) bytes")
        continue
      }
      let cells = Cells(line.text, limit: columns.count)
      guard let milliseconds = columns.time.number(cells), abs(milliseconds) < 1e12 else {
        log.skippedByteCount += line.text.count
        log.addFault(.line(line.number), "expected a time in milliseconds")
        continue
      }
      if cells.count < columns.count {
        log.addFault(.line(line.number), "expected \(columns.count) columns, found \(cells.count)")
      }
      var sample = columns.sample(cells)
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
    log.messageCounts = [("row", log.samples.count)]
    return log
  }

  /// The cells of one row; quotes are honoured, only the first `limit` cells are cut out.
  private struct Cells {
    private var cells: [ArraySlice<UInt8>] = []

    init(_ row: ArraySlice<UInt8>, limit: Int) {
      cells.reserveCapacity(limit)
      var start = row.startIndex
      var position = start
      var isQuoted = false
      while position < row.endIndex, cells.count < limit {
        let byte = row[position]
        if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
        if byte == UInt8(ascii: ","), !isQuoted {
          cells.append(row[start..<position])
          start = position + 1
        }
        position += 1
      }
      if cells.count < limit { cells.append(row[start..<row.endIndex]) }
    }

    var count: Int { cells.count }

    subscript(index: Int) -> ArraySlice<UInt8>? { index < cells.count ? cells[index] : nil }
  }

  /// One numeric column with the factor that its unit asks for.
  private struct Column {
    let index: Int
    let factor: Double

    func number(_ cells: Cells) -> Double? {
      cells[index].flatMap { finiteDouble($0) }.map { $0 * factor }
    }
  }

  /// Where the known columns stand.
  private struct Columns {
    /// Columns of the header.
    let count: Int
    let time: Column
    private let dateIndex: Int?
    private let latitude, longitude, height, altitude, speed: Column?
    private let heading, pitch, roll, gimbalHeading, gimbalPitch, photo: Column?

    /// `nil` unless the header names the recorder's time, latitude and longitude.
    init?(_ header: ArraySlice<UInt8>) {
      let cells = Cells(header, limit: columnLimit)
      var places: [String: (index: Int, unit: String)] = [:]
      for index in 0..<cells.count {
        let text = String(decoding: trimmed(cells[index] ?? []), as: UTF8.self).lowercased()
        let parts = text.split(separator: "(", maxSplits: 1)
        guard let name = parts.first else { continue }
        let unit = parts.count > 1 ? String(parts[1].prefix { $0 != ")" }) : ""
        if places[String(name)] == nil { places[String(name)] = (index, unit) }
      }
      func column(_ name: String, _ units: [String: Double]) -> Column? {
        guard let place = places[name], let factor = units[place.unit] else { return nil }
        return Column(index: place.index, factor: factor)
      }
      let lengths = ["feet": 0.3048, "ft": 0.3048, "meters": 1, "metres": 1, "m": 1]
      let angles = ["degrees": Double.pi / 180, "": Double.pi / 180]
      let speeds = ["mph": 0.44704, "m/s": 1, "km/h": 1 / 3.6, "kph": 1 / 3.6, "knots": 1852.0 / 3600]
      guard let time = column("time", ["millisecond": 1, "ms": 1]),
        let latitude = column("latitude", ["": 1]),
        let longitude = column("longitude", ["": 1])
      else { return nil }
      count = cells.count
      self.time = time
      dateIndex = places["datetime"]?.unit == "utc" ? places["datetime"]?.index : nil
      (self.latitude, self.longitude) = (latitude, longitude)
      height = column("height_above_takeoff", lengths)
      altitude = column("altitude_above_sealevel", lengths)
      speed = column("speed", speeds)
      heading = column("compass_heading", angles)
      pitch = column("pitch", angles)
      roll = column("roll", angles)
      gimbalHeading = column("gimbal_heading", angles)
      gimbalPitch = column("gimbal_pitch", angles)
      photo = column("isphoto", ["": 1])
    }

    func date(_ cells: Cells) -> Timestamp? {
      guard let cell = dateIndex.flatMap({ cells[$0] }) else { return nil }
      return Timestamp(iso8601: String(decoding: trimmed(cell), as: UTF8.self), assuming: .utc)
    }

    func isPhoto(_ cells: Cells) -> Bool { photo?.number(cells) == 1 }

    func sample(_ cells: Cells) -> TelemetrySample {
      var sample = TelemetrySample()
      if let latitude = latitude?.number(cells), let longitude = longitude?.number(cells) {
        let position = GeodeticPosition<CGCS2000>(latitudeDegrees: latitude, longitudeDegrees: longitude)
        if position.isPlausible { sample.position = position }
      }
      sample.altitudeMetersAMSL = altitude?.number(cells)
      sample.heightMetersAboveTakeoff = height?.number(cells)
      sample.groundSpeedMetersPerSecond = speed?.number(cells)
      sample.yawRadians = heading?.number(cells)
      sample.pitchRadians = pitch?.number(cells)
      sample.rollRadians = roll?.number(cells)
      let gimbal = GimbalPose(
        rollRadians: nil, pitchRadians: gimbalPitch?.number(cells), yawRadians: gimbalHeading?.number(cells))
      if gimbal != GimbalPose() { sample.gimbal = gimbal }
      return sample
    }
  }
}
