internal import InspectionModel

/// What one subtitle of a DJI video says, gathered line by line.
struct SubtitleFields {
  private(set) var timeCodeNanoseconds: Int64?
  private(set) var date: CivilTime?
  private(set) var sample = TelemetrySample()
  /// The first thing that was wrong.
  private(set) var damage: String?
  /// Whether any line was understood.
  private(set) var hasContent = false

  /// Longest line that is looked at, bytes.
  private static let lineLimit = 8192

  /// A line that holds a subtitle's number and nothing else.
  static func isBlockNumber(_ line: ArraySlice<UInt8>) -> Bool {
    line.count <= 9 && !line.isEmpty && line.allSatisfy(isDigit)
  }

  /// Whether a line after the first number is one that a DJI subtitle has there.
  static func isContent(_ line: ArraySlice<UInt8>) -> Bool {
    var fields = SubtitleFields()
    fields.read(line)
    return fields.hasContent
  }

  /// Takes what a line says.
  ///
  /// - Parameter isCut: the file ends with this line's last byte, so that a number there may lack digits.
  mutating func read(_ line: ArraySlice<UInt8>, isCut: Bool = false) {
    if line.count > Self.lineLimit { note("a line of more than \(Self.lineLimit) bytes") }
    let line = Self.withoutTags(line.prefix(Self.lineLimit))
    if timeCodeNanoseconds == nil, let time = Self.timeCode(line) {
      timeCodeNanoseconds = time
      hasContent = true
      return
    }
    if let found = Self.date(in: line, isCut) {
      date = date ?? found
      hasContent = true
    }
    for (open, close) in [("(", ")"), ("[", "]")] as [(Unicode.Scalar, Unicode.Scalar)] {
      let last = line.lastIndex(of: UInt8(ascii: open))
      if let last, !line[last...].contains(UInt8(ascii: close)) { note("expected a closing bracket") }
    }
    readGroups(line)
    readPairs(line)
    readWords(line, isCut)
  }

  private mutating func note(_ message: String) { damage = damage ?? message }

  // MARK: - Parts of a line

  /// `GPS(a, b, c)`, `F.PRY (p, r, y)` and `G.PRY (p, r, y)`.
  private mutating func readGroups(_ line: ArraySlice<UInt8>) {
    if let values = Self.group("GPS", in: line) {
      hasContent = true
      setPosition(values)
    }
    if let values = Self.group("F.PRY", in: line), values.count == 3 {
      hasContent = true
      sample.pitchRadians = radians(values[0])
      sample.rollRadians = radians(values[1])
      sample.yawRadians = radians(values[2])
    }
    if let values = Self.group("G.PRY", in: line), values.count == 3 {
      hasContent = true
      setGimbal(pitch: values[0], roll: values[1], yaw: values[2])
    }
  }

  private mutating func setPosition(_ values: [ArraySlice<UInt8>]) {
    guard values.count >= 2 else {
      note("expected GPS(longitude, latitude, satellites)")
      return
    }
    // The third value tells the order: metres (unit M) mean latitude first, a count of satellites longitude first.
    let latitudeFirst = values.count > 2 && values[2].last.map { $0 == 0x4D || $0 == 0x6D } ?? false
    let (first, second) = (Self.number(values[0]), Self.number(values[1]))
    guard let first, let second else { return }  // N/A before the first fix: no position, and no damage
    setPosition(latitude: latitudeFirst ? first : second, longitude: latitudeFirst ? second : first)
  }

  private mutating func setPosition(latitude: Double, longitude: Double) {
    let position = GeodeticPosition<CGCS2000>(latitudeDegrees: latitude, longitudeDegrees: longitude)
    if position.isPlausible {
      sample.position = position
    } else if latitude != 0 || longitude != 0 {
      note("expected a latitude and a longitude, found numbers outside their ranges")
    }
  }

  private mutating func setGimbal(
    pitch: ArraySlice<UInt8>, roll: ArraySlice<UInt8>, yaw: ArraySlice<UInt8>
  ) {
    let pose = GimbalPose(
      rollRadians: radians(roll), pitchRadians: radians(pitch), yawRadians: radians(yaw))
    if pose != GimbalPose() { sample.gimbal = pose }
  }

  /// `[key : value]`, also several pairs in one bracket: `[rel_alt: 1.3 abs_alt: 4.0]`.
  private mutating func readPairs(_ line: ArraySlice<UInt8>) {
    var latitude: Double?
    var longitude: Double?
    var gimbal = (pitch: ArraySlice<UInt8>?.none, roll: ArraySlice<UInt8>?.none, yaw: ArraySlice<UInt8>?.none)
    var rest = line
    while let open = rest.firstIndex(of: UInt8(ascii: "[")),
      let close = rest[open...].firstIndex(of: UInt8(ascii: "]"))
    {
      let words = rest[(open + 1)..<close].split {
        $0 == UInt8(ascii: ":") || $0 <= 32 || $0 == UInt8(ascii: ",")
      }
      rest = rest[(close + 1)...]
      for (key, value) in zip(words, words.dropFirst()) {
        hasContent = true
        guard let number = Self.number(value) else { continue }
        switch String(decoding: key, as: UTF8.self).lowercased() {
        case "latitude": latitude = number
        case "longitude", "longtitude": longitude = number
        case "rel_alt": sample.heightMetersAboveTakeoff = measured(value, .height)
        case "abs_alt", "altitude": sample.altitudeMetersAMSL = measured(value, .height)
        case "gb_pitch": gimbal.pitch = value
        case "gb_roll": gimbal.roll = value
        case "gb_yaw": gimbal.yaw = value
        default: break
        }
      }
    }
    if let latitude, let longitude { setPosition(latitude: latitude, longitude: longitude) }
    if let pitch = gimbal.pitch, let yaw = gimbal.yaw {
      setGimbal(pitch: pitch, roll: gimbal.roll ?? [], yaw: yaw)
    }
  }

  /// `BAROMETER:1.9`, `Hb:1.9`, `H 85.80m`, `H.S 2.88m/s` and words that only show what the line is.
  private mutating func readWords(_ line: ArraySlice<UInt8>, _ isCut: Bool) {
    for mark in ["BAROMETER:", "Hb:", ", H "] {
      guard let height = Self.value(after: mark, in: line, isCut) else { continue }
      hasContent = true
      sample.heightMetersAboveTakeoff = measured(height, .height)
      break
    }
    if let speed = Self.value(after: ", H.S ", in: line, isCut) {
      sample.groundSpeedMetersPerSecond = measured(speed, .speed)
    }
    for word in ["SrtCnt", "FrameCnt", "ISO", "HOME", "signal:", "flightTime:"] where !hasContent {
      hasContent = line.firstOccurrence(of: Array(word.utf8), from: line.startIndex) != nil
    }
  }

  // MARK: - Scanning

  /// `00:00:01,000 --> …` as nanoseconds of the video.
  private static func timeCode(_ line: ArraySlice<UInt8>) -> Int64? {
    guard line.firstOccurrence(of: Array("-->".utf8), from: line.startIndex) != nil else { return nil }
    let start = line.prefix { $0 != UInt8(ascii: "-") }
    let parts = trimmed(start).split(
      omittingEmptySubsequences: false,
      whereSeparator: { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ".") })
    guard parts.count == 4, let hours = digits(parts[0]), let minutes = digits(parts[1]), minutes < 60,
      let seconds = digits(parts[2]), seconds < 60, parts[3].count == 3, let millis = digits(parts[3])
    else { return nil }
    return Int64(((hours * 60 + minutes) * 60 + seconds) * 1000 + millis) * 1_000_000
  }

  /// The first `2017.08.05 14:11:51` of a line, with `,393,525` or `.393` behind it.
  private static func date(in line: ArraySlice<UInt8>, _ isCut: Bool) -> CivilTime? {
    var start = line.startIndex
    while start < line.endIndex {
      let atWord = start == line.startIndex || !isDigit(line[start - 1])
      if atWord, isDigit(line[start]), let date = date(at: start, in: line, isCut) { return date }
      start += 1
    }
    return nil
  }

  private static func date(at start: Int, in line: ArraySlice<UInt8>, _ isCut: Bool) -> CivilTime? {
    var position = start
    func take(_ limit: Int) -> Int? {
      let run = line[position...].prefix(limit).prefix(while: isDigit)
      position += run.count
      return digits(run)
    }
    func accept(_ allowed: String) -> Bool {
      guard position < line.endIndex, allowed.utf8.contains(line[position]) else { return false }
      position += 1
      return true
    }
    guard let year = take(4), year >= 1990, accept(".-/"), let month = take(2), accept(".-/"),
      let day = take(2), accept(" T"), let hour = take(2), accept(":"), let minute = take(2), accept(":"),
      let second = take(2)
    else { return nil }
    var date = CivilTime(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
    if accept(",.:"), let millis = take(3) {
      date.nanosecond = millis * 1_000_000
      if accept(",."), let micros = take(3) { date.nanosecond += micros * 1000 }
    }
    return date.isValid && !(isCut && position == line.endIndex) ? date : nil
  }

  /// The comma-separated values of `name(…)`; the closing bracket must be there.
  private static func group(_ name: String, in line: ArraySlice<UInt8>) -> [ArraySlice<UInt8>]? {
    guard let place = line.firstOccurrence(of: Array(name.utf8), from: line.startIndex) else { return nil }
    var position = place + name.utf8.count
    while position < line.endIndex, line[position] == 32 { position += 1 }
    guard position < line.endIndex, line[position] == UInt8(ascii: "("),
      let close = line[position...].firstIndex(of: UInt8(ascii: ")"))
    else { return nil }
    return line[(position + 1)..<close].split(
      omittingEmptySubsequences: false, whereSeparator: { $0 == UInt8(ascii: ",") }
    ).map(trimmed)
  }

  /// What stands between `mark` and the next blank or comma; `nil` where its digits end with a cut line.
  private static func value(
    after mark: String, in line: ArraySlice<UInt8>, _ isCut: Bool
  ) -> ArraySlice<UInt8>? {
    guard let place = line.firstOccurrence(of: Array(mark.utf8), from: line.startIndex) else { return nil }
    let value = line[(place + mark.utf8.count)...].prefix { $0 > 32 && $0 != UInt8(ascii: ",") }
    // A letter of the unit behind the digits shows that they are all there.
    let isWhole = value.endIndex < line.endIndex || value.last.map { $0 >= UInt8(ascii: "A") } ?? false
    return isCut && !isWhole ? nil : value
  }

  /// The number at the start of a value; a unit may follow it (`85.80m`, `2.7°`, `0.0M`).
  private static func number(_ value: ArraySlice<UInt8>) -> Double? {
    finiteDouble(
      value.prefix {
        isDigit($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+")
      })
  }

  /// The number at the start of a value, where an instrument can show it.
  private mutating func measured(_ value: ArraySlice<UInt8>, _ range: MeasuredRange) -> Double? {
    guard let number = Self.number(value) else { return nil }
    guard range.contains(number) else {
      note("expected a measured value, found \(number)")
      return nil
    }
    return number
  }

  private mutating func radians(_ value: ArraySlice<UInt8>) -> Double? {
    measured(value, .angle).map { $0 * .pi / 180 }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

  private static func digits(_ text: ArraySlice<UInt8>) -> Int? {
    guard !text.isEmpty, text.count <= 6, text.allSatisfy(isDigit) else { return nil }
    return text.reduce(0) { $0 * 10 + Int($1 - 48) }
  }

  /// The line without `<font …>` and other tags; a `<` that is never closed stays.
  private static func withoutTags(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard line.contains(UInt8(ascii: "<")) else { return line }
    var kept: [UInt8] = []
    var rest = line
    while let open = rest.firstIndex(of: UInt8(ascii: "<")),
      let close = rest[open...].firstIndex(of: UInt8(ascii: ">"))
    {
      kept += rest[..<open]
      rest = rest[(close + 1)...]
    }
    return (kept + rest)[...]
  }
}
