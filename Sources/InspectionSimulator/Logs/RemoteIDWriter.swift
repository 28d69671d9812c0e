internal import InspectionModel

/// Writes received Remote ID messages as a table of times and hexadecimal digits.
enum RemoteIDWriter {
  static func text(_ records: [SimulatedLog.Record]) -> String {
    var text = "received,message\n"
    for (index, record) in records.enumerated() {
      let message = index % 10 == 0 ? pack(record) : location(record)
      let digits = message.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
      text += "\(record.utc.iso8601()),\(digits)\n"
    }
    return text
  }

  private static func pack(_ record: SimulatedLog.Record) -> [UInt8] {
    var identity: [UInt8] = [0x02, 0x12]
    identity.append("SIMULATED0001", length: 23)
    return [0xF2, 25, 2] + identity + location(record)
  }

  private static func location(_ record: SimulatedLog.Record) -> [UInt8] {
    let course = record.yawDegrees < 0 ? record.yawDegrees + 360 : record.yawDegrees
    let whole = Int(course.rounded()) % 360
    var message: [UInt8] = [
      0x12, 0x20 | (whole >= 180 ? 2 : 0), UInt8(whole % 180), units(record.groundSpeedMetersPerSecond, 0.25),
      0,
    ]
    message.append(little: units(record.latitudeDegrees, 1e-7) as Int32)
    message.append(little: units(record.longitudeDegrees, 1e-7) as Int32)
    let ellipsoid = record.altitudeMetersAMSL + SimulatedLog.geoidHeightMeters
    for height in [record.altitudeMetersAMSL, ellipsoid, record.heightMetersAboveTakeoff] {
      message.append(little: units(height + 1000, 0.5) as UInt16)
    }
    message += [0x0B, 0]
    message.append(little: UInt16(record.utc.nanoseconds / 100_000_000 % 36_000))
    return message + [0, 0]
  }
}
