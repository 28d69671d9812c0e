internal import InspectionModel

/// Where the known columns of an Airdata file stand, by the names and units in its header.
struct AirdataColumns {
  /// Columns of the header.
  let count: Int
  /// Names of known columns whose unit is not known, as the header writes them.
  let unknownUnits: [String]
  private let time, latitude, longitude: Column
  private let dateIndex: Int?
  private let height, altitude, speed: Column?
  private let heading, pitch, roll, gimbalHeading, gimbalPitch, gimbalRoll, photo: Column?

  private static let columnLimit = 512
  /// More milliseconds than any log holds, few enough that nanoseconds fit 64 bits.
  private static let timeLimitMilliseconds = 1e12

  /// One numeric column with the factor to metres, metres per second or degrees that its unit asks for.
  private struct Column {
    let name: String
    let index: Int
    var factor = 1.0
    var range: MeasuredRange?

    /// The cell's number in the house's unit; `nil`, and noted, where no instrument can show it.
    func number(_ cells: CSVCells, _ damage: inout String?) -> Double? {
      guard let number = cells[index].flatMap(finiteDouble).map({ $0 * factor }) else { return nil }
      if let range, !range.contains(number) {
        damage = damage ?? "expected a measured value as \(name), found \(number)"
        return nil
      }
      return number
    }

    func radians(_ cells: CSVCells, _ damage: inout String?) -> Double? {
      number(cells, &damage).map { $0 * .pi / 180 }
    }
  }

  /// The units of one kind of quantity: factors and range.
  private struct Units {
    let factors: [String: Double]
    var range: MeasuredRange?

    static let plain = Units(factors: ["": 1])
    static let time = Units(factors: ["millisecond": 1, "ms": 1])
    static let height = Units(
      factors: ["feet": 0.3048, "ft": 0.3048, "meters": 1, "metres": 1, "m": 1], range: .height)
    static let angle = Units(factors: ["degrees": 1, "deg": 1, "": 1], range: .angle)
    static let speed = Units(
      factors: ["mph": 0.44704, "m/s": 1, "km/h": 1 / 3.6, "kph": 1 / 3.6, "knots": 1852.0 / 3600],
      range: .speed)
  }

  /// `nil` unless the header names the recorder's time, latitude and longitude.
  init?(_ header: ArraySlice<UInt8>) {
    let cells = CSVCells(header, limit: Self.columnLimit)
    var places: [String: (index: Int, unit: String)] = [:]
    for index in 0..<cells.count {
      let text = String(decoding: cells[index] ?? [], as: UTF8.self).lowercased()
      let parts = text.split(separator: "(", maxSplits: 1)
      guard let name = parts.first else { continue }
      let unit = parts.count > 1 ? String(parts[1].prefix { $0 != ")" }) : ""
      if places[String(name)] == nil { places[String(name)] = (index, unit) }
    }
    var unknownUnits: [String] = []
    func column(_ name: String, _ units: Units) -> Column? {
      guard let place = places[name] else { return nil }
      guard let factor = units.factors[place.unit] else {
        unknownUnits.append("\(name)(\(place.unit.prefix(32)))")
        return nil
      }
      return Column(name: name, index: place.index, factor: factor, range: units.range)
    }
    guard let time = column("time", .time), let latitude = column("latitude", .plain),
      let longitude = column("longitude", .plain)
    else { return nil }
    count = cells.count
    (self.time, self.latitude, self.longitude) = (time, latitude, longitude)
    dateIndex = places["datetime"]?.unit == "utc" ? places["datetime"]?.index : nil
    height = column("height_above_takeoff", .height)
    altitude = column("altitude_above_sealevel", .height)
    speed = column("speed", .speed)
    heading = column("compass_heading", .angle)
    pitch = column("pitch", .angle)
    roll = column("roll", .angle)
    gimbalHeading = column("gimbal_heading", .angle)
    gimbalPitch = column("gimbal_pitch", .angle)
    gimbalRoll = column("gimbal_roll", .angle)
    photo = column("isphoto", .plain)
    self.unknownUnits = unknownUnits
  }

  /// The recorder's time.
  func milliseconds(_ cells: CSVCells) -> Double? {
    var damage: String?
    return time.number(cells, &damage).flatMap { abs($0) < Self.timeLimitMilliseconds ? $0 : nil }
  }

  /// `datetime(utc)`, whole seconds.
  func date(_ cells: CSVCells) -> Timestamp? {
    guard let cell = dateIndex.flatMap({ cells[$0] }) else { return nil }
    return Timestamp(iso8601: String(decoding: cell, as: UTF8.self), assuming: .utc)
  }

  func isPhoto(_ cells: CSVCells) -> Bool {
    var damage: String?
    return photo?.number(cells, &damage) == 1
  }

  /// What a row says about position and pose.
  ///
  /// - Parameter damage: becomes a sentence about the first number that cannot be true.
  func sample(_ cells: CSVCells, _ damage: inout String?) -> TelemetrySample {
    var sample = TelemetrySample()
    if let latitude = latitude.number(cells, &damage), let longitude = longitude.number(cells, &damage) {
      let position = GeodeticPosition<CGCS2000>(latitudeDegrees: latitude, longitudeDegrees: longitude)
      if position.isPlausible {
        sample.position = position
      } else if latitude != 0 || longitude != 0 {
        damage = damage ?? "expected a latitude and a longitude, found numbers outside their ranges"
      }
    }
    sample.altitudeMetersAMSL = altitude?.number(cells, &damage)
    sample.heightMetersAboveTakeoff = height?.number(cells, &damage)
    sample.groundSpeedMetersPerSecond = speed?.number(cells, &damage)
    sample.yawRadians = heading?.radians(cells, &damage)
    sample.pitchRadians = pitch?.radians(cells, &damage)
    sample.rollRadians = roll?.radians(cells, &damage)
    let gimbal = GimbalPose(
      rollRadians: gimbalRoll?.radians(cells, &damage), pitchRadians: gimbalPitch?.radians(cells, &damage),
      yawRadians: gimbalHeading?.radians(cells, &damage))
    if gimbal != GimbalPose() { sample.gimbal = gimbal }
    return sample
  }
}
