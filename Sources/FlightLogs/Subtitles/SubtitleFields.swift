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
  static func isBlockNumber(_ bytes: borrowing Span<UInt8>, _ line: Range<Int>) -> Bool {
    line.count <= 9 && !line.isEmpty && bytes.endOfDigits(line.lowerBound, line.upperBound) == line.upperBound
  }

  /// Whether a line after the first number is one that a DJI subtitle has there.
  static func isContent(_ bytes: borrowing Span<UInt8>, _ line: Range<Int>) -> Bool {
    var fields = SubtitleFields()
    fields.read(bytes, line)
    return fields.hasContent
  }

  /// Takes what a line says.
  ///
  /// - Parameter isCut: the file ends with this line's last byte, so that a number there may lack digits.
  mutating func read(_ bytes: borrowing Span<UInt8>, _ line: Range<Int>, isCut: Bool = false) {
    if line.count > Self.lineLimit { note("a line of more than \(Self.lineLimit) bytes") }
    var line = line.prefix(Self.lineLimit)
    // Tags at both ends, the only place where aircraft write them, are cut off without a copy.
    if bytes[line.lowerBound] == UInt8(ascii: "<"),
      let close = bytes.firstIndex(of: UInt8(ascii: ">"), in: line)
    {
      line = close + 1..<line.upperBound
    }
    let marks = SubtitleMarks(bytes, line)
    guard marks.hasTag else { return read(bytes, marks, isCut) }
    let plain = Self.withoutTags(bytes, line)
    read(plain.span, SubtitleMarks(plain.span, 0..<plain.count), isCut)
  }

  private mutating func read(_ bytes: borrowing Span<UInt8>, _ marks: SubtitleMarks, _ isCut: Bool) {
    let line = marks.line
    if marks.hasArrow, timeCodeNanoseconds == nil, let time = bytes.subtitleTimeCode(line) {
      timeCodeNanoseconds = time
      hasContent = true
      return
    }
    if let found = bytes.subtitleDate(line, isCut) {
      date = date ?? found
      hasContent = true
    }
    if marks.isUnclosed { note("expected a closing bracket") }
    if marks.hasParenthesis { readGroups(bytes, marks) }
    if marks.hasBracket { readPairs(bytes, line) }
    readWords(bytes, marks, isCut)
  }

  private mutating func note(_ message: String) { damage = damage ?? message }

  // MARK: - Parts of a line

  /// `GPS(a, b, c)`, `F.PRY (p, r, y)` and `G.PRY (p, r, y)`.
  private mutating func readGroups(_ bytes: borrowing Span<UInt8>, _ marks: SubtitleMarks) {
    if let place = marks.position, let group = SubtitleGroup(bytes, place + 3, marks.line) {
      hasContent = true
      setPosition(bytes, group)
    }
    if let place = marks.airframe, let group = SubtitleGroup(bytes, place + 5, marks.line), group.count == 3 {
      hasContent = true
      sample.pitchRadians = radians(bytes, group.first)
      sample.rollRadians = radians(bytes, group.second)
      sample.yawRadians = radians(bytes, group.third)
    }
    if let place = marks.gimbal, let group = SubtitleGroup(bytes, place + 5, marks.line), group.count == 3 {
      hasContent = true
      setGimbal(bytes, pitch: group.first, roll: group.second, yaw: group.third)
    }
  }

  private mutating func setPosition(_ bytes: borrowing Span<UInt8>, _ group: SubtitleGroup) {
    guard group.count >= 2 else {
      note("expected GPS(longitude, latitude, satellites)")
      return
    }
    // The third value tells the order: metres (unit M) mean latitude first, a count of satellites longitude first.
    let unit = group.count > 2 && !group.third.isEmpty ? bytes[group.third.upperBound - 1] | 0x20 : 0
    let (first, second) = (number(bytes, group.first), number(bytes, group.second))
    guard let first, let second else { return }  // N/A before the first fix: no position, and no damage
    let latitudeFirst = unit == UInt8(ascii: "m")
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
    _ bytes: borrowing Span<UInt8>, pitch: Range<Int>, roll: Range<Int>, yaw: Range<Int>
  ) {
    let pose = GimbalPose(
      rollRadians: radians(bytes, roll), pitchRadians: radians(bytes, pitch), yawRadians: radians(bytes, yaw))
    if pose != GimbalPose() { sample.gimbal = pose }
  }

  /// `[key : value]`, also several pairs in one bracket: `[rel_alt: 1.3 abs_alt: 4.0]`.
  private mutating func readPairs(_ bytes: borrowing Span<UInt8>, _ line: Range<Int>) {
    var (latitude, longitude) = (Double?.none, Double?.none)
    var (pitch, roll, yaw) = (Range<Int>?.none, Range<Int>?.none, Range<Int>?.none)
    var words = BracketWords(line)
    while let (key, value) = words.nextPair(bytes) {
      hasContent = true
      guard let name = SubtitleKey(bytes, key), let number = number(bytes, value) else { continue }
      switch name {
      case .latitude: latitude = number
      case .longitude: longitude = number
      case .relativeAltitude: sample.heightMetersAboveTakeoff = measured(number, .height)
      case .absoluteAltitude: sample.altitudeMetersAMSL = measured(number, .height)
      case .gimbalPitch: pitch = value
      case .gimbalRoll: roll = value
      case .gimbalYaw: yaw = value
      }
    }
    if let latitude, let longitude { setPosition(latitude: latitude, longitude: longitude) }
    if let pitch, let yaw { setGimbal(bytes, pitch: pitch, roll: roll ?? 0..<0, yaw: yaw) }
  }

  /// `BAROMETER:1.9`, `Hb:1.9`, `H 85.80m`, `H.S 2.88m/s` and words that only show what the line is.
  private mutating func readWords(
    _ bytes: borrowing Span<UInt8>, _ marks: SubtitleMarks, _ isCut: Bool
  ) {
    for place in [marks.barometer, marks.shortBarometer, marks.height] {
      guard let place, let value = value(bytes, place, marks.line, isCut) else { continue }
      hasContent = true
      sample.heightMetersAboveTakeoff = number(bytes, value).flatMap { measured($0, .height) }
      break
    }
    if let place = marks.speed, let value = value(bytes, place, marks.line, isCut) {
      sample.groundSpeedMetersPerSecond = number(bytes, value).flatMap { measured($0, .speed) }
    }
    if marks.hasKnownWord { hasContent = true }
  }

  /// What stands between a mark and the next blank or comma; `nil` where its digits end with a cut line.
  private func value(
    _ bytes: borrowing Span<UInt8>, _ start: Int, _ line: Range<Int>, _ isCut: Bool
  ) -> Range<Int>? {
    var end = start
    while end < line.upperBound, bytes[end] > 32, bytes[end] != UInt8(ascii: ",") { end += 1 }
    // A letter of the unit behind the digits shows that they are all there.
    let isWhole = end < line.upperBound || (end > start && bytes[end - 1] >= UInt8(ascii: "A"))
    return isCut && !isWhole ? nil : start..<end
  }

  /// The number at the start of a value; a unit may follow it (`85.80m`, `2.7°`, `0.0M`).
  private func number(_ bytes: borrowing Span<UInt8>, _ value: Range<Int>) -> Double? {
    var end = value.lowerBound
    while end < value.upperBound {
      let byte = bytes[end]
      // Digits and + - . (ASCII 43, 45, 46).
      guard byte &- 48 < 10 || byte == 43 || byte == 45 || byte == 46 else { break }
      end += 1
    }
    return bytes.finiteDouble(value.lowerBound..<end)
  }

  /// A number, where an instrument can show it.
  private mutating func measured(_ number: Double, _ range: MeasuredRange) -> Double? {
    guard range.contains(number) else {
      note("expected a measured value, found \(number)")
      return nil
    }
    return number
  }

  private mutating func radians(_ bytes: borrowing Span<UInt8>, _ value: Range<Int>) -> Double? {
    number(bytes, value).flatMap { measured($0, .angle) }.map { $0 * .pi / 180 }
  }

  /// The line without `<font …>` and other tags; a `<` that is never closed stays.
  private static func withoutTags(_ bytes: borrowing Span<UInt8>, _ line: Range<Int>) -> [UInt8] {
    var kept: [UInt8] = []
    var rest = line
    while let open = bytes.firstIndex(of: UInt8(ascii: "<"), in: rest),
      let close = bytes.firstIndex(of: UInt8(ascii: ">"), in: open..<rest.upperBound)
    {
      kept += bytes.array(rest.lowerBound..<open)
      rest = close + 1..<rest.upperBound
    }
    return kept + bytes.array(rest)
  }
}
