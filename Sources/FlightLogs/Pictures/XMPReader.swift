internal import InspectionModel

/// Finds the `drone-dji` properties in an XMP packet, as attributes or as elements.
///
/// The packet is searched, not parsed as XML: makers write invalid XML, and programs that save a file again
/// reorder and cut it. Values are signed strings (`"+40.10"`).
struct XMPReader {
  private let text: [UInt8]
  private let prefix: [UInt8]

  /// Longest packet that is looked at, bytes (a standard segment holds less).
  static let byteLimit = 1 << 18
  /// Longest value that is read, bytes.
  private static let valueLimit = 64
  private static let namespace = Array("http://www.dji.com/drone-dji/".utf8)

  init(_ packet: BoundedBytes) {
    text = Array(packet.slice.prefix(Self.byteLimit))
    prefix = Self.prefix(in: text) ?? Array("drone-dji".utf8)
  }

  /// Adds what the properties tell to `metadata`; returns a sentence for the first number that cannot be true.
  func read(into metadata: inout PictureMetadata) -> String? {
    let values = properties()
    var damage: String?
    func number(_ name: String, _ range: MeasuredRange? = nil) -> Double? {
      guard let value = values[name].flatMap(finiteDouble) else { return nil }
      if let range, !range.contains(value) {
        damage = damage ?? "expected a measured value, found \(value) as \(name)"
        return nil
      }
      return value
    }
    func radians(_ name: String) -> Double? { number(name, .angle).map { $0 * .pi / 180 } }
    metadata.altitudeMetersAMSL = number("AbsoluteAltitude", .height) ?? metadata.altitudeMetersAMSL
    metadata.heightMetersAboveTakeoff = number("RelativeAltitude", .height)
    metadata.rollRadians = radians("FlightRollDegree")
    metadata.pitchRadians = radians("FlightPitchDegree")
    metadata.yawRadians = radians("FlightYawDegree")
    let gimbal = GimbalPose(
      rollRadians: radians("GimbalRollDegree"), pitchRadians: radians("GimbalPitchDegree"),
      yawRadians: radians("GimbalYawDegree"))
    if gimbal != GimbalPose() { metadata.gimbal = gimbal }
    metadata.calibratedFocalLengthPixels = number("CalibratedFocalLength").flatMap { $0 > 0 ? $0 : nil }
    // The misspelt key is the one that several aircraft write.
    if metadata.position == nil, let latitude = number("GpsLatitude"),
      let longitude = number("GpsLongitude") ?? number("GpsLongtitude")
    {
      let position = GeodeticPosition<CGCS2000>(latitudeDegrees: latitude, longitudeDegrees: longitude)
      if position.isPlausible { metadata.position = position }
    }
    if let east = number("RtkStdLon", .accuracy), let north = number("RtkStdLat", .accuracy),
      east > 0, north > 0
    {
      metadata.horizontalSigmaMeters = ((east * east + north * north) / 2).squareRoot()
    }
    return damage
  }

  /// Every property of the namespace by its name; of several with one name the first counts.
  private func properties() -> [String: ArraySlice<UInt8>] {
    var found: [String: ArraySlice<UInt8>] = [:]
    let key = prefix + [UInt8(ascii: ":")]
    var position = 0
    while let start = text.firstOccurrence(of: key, from: position) {
      let nameStart = start + key.count
      let nameEnd = text[nameStart...].firstIndex { !Self.isNameByte($0) } ?? text.count
      position = nameEnd
      // A closing tag, or a longer prefix that ends in this one, is another thing.
      let before = start > 0 ? text[start - 1] : 0
      guard before != UInt8(ascii: "/"), !Self.isNameByte(before), nameEnd < text.count,
        nameEnd - nameStart <= Self.valueLimit, let value = value(after: nameEnd)
      else { continue }
      let name = String(decoding: text[nameStart..<nameEnd], as: UTF8.self)
      if found[name] == nil { found[name] = value }
    }
    return found
  }

  /// The value that follows a name: `="…"`, `='…'` or `>…<`.
  private func value(after nameEnd: Int) -> ArraySlice<UInt8>? {
    var start = nameEnd
    while start < text.count, Self.isBlank(text[start]) { start += 1 }
    guard start < text.count else { return nil }
    let end: UInt8
    if text[start] == UInt8(ascii: "=") {
      start += 1
      while start < text.count, Self.isBlank(text[start]) { start += 1 }
      guard start < text.count, text[start] == UInt8(ascii: "\"") || text[start] == UInt8(ascii: "'") else {
        return nil
      }
      end = text[start]
    } else if text[start] == UInt8(ascii: ">") {
      end = UInt8(ascii: "<")
    } else {
      return nil
    }
    start += 1
    // A value that is cut by the packet's end is not a value: half a number is another number.
    guard let stop = text[start...].prefix(Self.valueLimit + 1).firstIndex(of: end) else { return nil }
    return text[start..<stop]
  }

  /// The prefix that the packet binds to DJI's namespace.
  private static func prefix(in text: [UInt8]) -> [UInt8]? {
    guard let place = text.firstOccurrence(of: namespace, from: 0), place > 0,
      text[place - 1] == UInt8(ascii: "\"") || text[place - 1] == UInt8(ascii: "'")
    else { return nil }
    var before = text[..<(place - 1)]
    while let byte = before.last, isBlank(byte) || byte == UInt8(ascii: "=") { before.removeLast() }
    let name = Array(before.reversed().prefix { isNameByte($0) }.reversed())
    return name.isEmpty ? nil : name
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
      || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }
}
