internal import InspectionModel

/// Writes ArduPilot DataFlash logs, binary (new and old times) and text.
enum DataFlashWriter {
  private struct Format {
    let type: UInt8
    let name: String
    let letters: String
    let columns: String
  }

  private static let formats = [
    Format(type: 0x80, name: "FMT", letters: "BBnNZ", columns: "Type,Length,Name,Format,Columns"),
    Format(
      type: 0x81, name: "GPS", letters: "QBIHBcLLefffB",
      columns: "TimeUS,Status,GMS,GWk,NSats,HDop,Lat,Lng,Alt,Spd,GCrs,VZ,U"),
    Format(
      type: 0x82, name: "ATT", letters: "QccccCCCC",
      columns: "TimeUS,DesRoll,Roll,DesPitch,Pitch,DesYaw,Yaw,ErrRP,ErrYaw"),
    Format(type: 0x83, name: "POS", letters: "QLLfff", columns: "TimeUS,Lat,Lng,Alt,RelHomeAlt,RelOriginAlt"),
    Format(
      type: 0x84, name: "CAM", letters: "QIHLLeeeccC",
      columns: "TimeUS,GPSTime,GPSWeek,Lat,Lng,Alt,RelAlt,GPSAlt,Roll,Pitch,Yaw"),
    Format(type: 0x85, name: "MSG", letters: "QZ", columns: "TimeUS,Message"),
  ]

  private static let oldFormats = [
    formats[0],
    Format(
      type: 0x81, name: "GPS", letters: "BIHBcLLeeEefI",
      columns: "Status,TimeMS,Week,NSats,HDop,Lat,Lng,RelAlt,Alt,Spd,GCrs,VZ,T"),
    Format(
      type: 0x82, name: "ATT", letters: "IccccCCCC",
      columns: "TimeMS,DesRoll,Roll,DesPitch,Pitch,DesYaw,Yaw,ErrRP,ErrYaw"),
  ]

  private static let sizes: [Character: Int] = [
    "B": 1, "c": 2, "C": 2, "H": 2, "I": 4, "e": 4, "E": 4, "f": 4, "L": 4, "n": 4, "Q": 8, "N": 16, "Z": 64,
  ]

  static func bytes(_ records: [SimulatedLog.Record], isOld: Bool) -> [UInt8] {
    var file: [UInt8] = []
    let formats = isOld ? oldFormats : formats
    for format in formats {
      file += [0xA3, 0x95, 0x80, format.type, UInt8(3 + format.letters.reduce(0) { $0 + sizes[$1]! })]
      file.append(format.name, length: 4)
      file.append(format.letters, length: 16)
      file.append(format.columns, length: 64)
    }
    for (index, record) in records.enumerated() {
      file += [0xA3, 0x95, 0x82]
      appendTime(record, isOld, &file)
      appendAttitude(record, &file)
      if index % 2 == 0 {
        file += [0xA3, 0x95, 0x81]
        isOld ? appendOldReceiver(record, index, &file) : appendReceiver(record, index, &file)
      }
      guard !isOld else { continue }
      file += [0xA3, 0x95, 0x83]
      appendTime(record, false, &file)
      appendPlace(record, &file)
      for height in [
        record.altitudeMetersAMSL, record.heightMetersAboveTakeoff, record.heightMetersAboveTakeoff,
      ] {
        file.append(Float(height))
      }
      if record.isPhoto { appendPhoto(record, &file) }
    }
    return file
  }

  private static func appendTime(_ record: SimulatedLog.Record, _ isOld: Bool, _ file: inout [UInt8]) {
    if isOld {
      file.append(little: UInt32(record.bootMicros / 1000))
    } else {
      file.append(little: UInt64(record.bootMicros))
    }
  }

  private static func appendAttitude(_ record: SimulatedLog.Record, _ file: inout [UInt8]) {
    for angle in [record.rollDegrees, record.pitchDegrees] {
      file.append(little: 0 as Int16)
      file.append(little: units(angle, 0.01) as Int16)
    }
    file.append(little: 0 as UInt16)
    file.append(little: UInt16(units(record.yawDegrees + 360, 0.01) as Int % 36_000))
    file.append(little: 0 as UInt32)
  }

  private static func appendPlace(_ record: SimulatedLog.Record, _ file: inout [UInt8]) {
    file.append(little: units(record.latitudeDegrees, 1e-7) as Int32)
    file.append(little: units(record.longitudeDegrees, 1e-7) as Int32)
  }

  /// GPS week and milliseconds of it; GPS time is 18 s ahead of UTC.
  static func gpsTime(_ utc: Timestamp) -> (week: UInt16, millis: UInt32) {
    let millis = utc.nanoseconds / 1_000_000 - 315_964_800_000 + 18_000
    return (UInt16(millis / 604_800_000), UInt32(millis % 604_800_000))
  }

  private static func appendReceiver(_ record: SimulatedLog.Record, _ index: Int, _ file: inout [UInt8]) {
    appendTime(record, false, &file)
    let time = gpsTime(record.utc)
    file += [index == 0 ? 1 : 3]
    file.append(little: time.millis)
    file.append(little: time.week)
    file += [14]
    file.append(little: 90 as Int16)
    appendPlace(record, &file)
    file.append(little: units(record.altitudeMetersAMSL, 0.01) as Int32)
    file.append(Float(record.groundSpeedMetersPerSecond))
    file.append(Float(0))
    file.append(Float(0))
    file += [1]
  }

  private static func appendOldReceiver(_ record: SimulatedLog.Record, _ index: Int, _ file: inout [UInt8]) {
    let time = gpsTime(record.utc)
    file += [index == 0 ? 1 : 3]
    file.append(little: time.millis)
    file.append(little: time.week)
    file += [14]
    file.append(little: 90 as Int16)
    appendPlace(record, &file)
    file.append(little: units(record.heightMetersAboveTakeoff, 0.01) as Int32)
    file.append(little: units(record.altitudeMetersAMSL, 0.01) as Int32)
    file.append(little: units(record.groundSpeedMetersPerSecond, 0.01) as UInt32)
    file.append(little: 0 as Int32)
    file.append(Float(0))
    file.append(little: UInt32(record.bootMicros / 1000))
  }

  private static func appendPhoto(_ record: SimulatedLog.Record, _ file: inout [UInt8]) {
    file += [0xA3, 0x95, 0x84]
    appendTime(record, false, &file)
    let time = gpsTime(record.utc)
    file.append(little: time.millis)
    file.append(little: time.week)
    appendPlace(record, &file)
    for height in [record.altitudeMetersAMSL, record.heightMetersAboveTakeoff, record.altitudeMetersAMSL] {
      file.append(little: units(height, 0.01) as Int32)
    }
    file.append(little: units(record.rollDegrees, 0.01) as Int16)
    file.append(little: units(record.pitchDegrees, 0.01) as Int16)
    file.append(little: UInt16(units(record.yawDegrees + 360, 0.01) as Int % 36_000))
  }

  static func text(_ records: [SimulatedLog.Record]) -> String {
    var text = ""
    for format in formats.prefix(4) {
      let length = 3 + format.letters.reduce(0) { $0 + sizes[$1]! }
      text += "FMT, \(format.type), \(length), \(format.name), \(format.letters), \(format.columns)\n"
    }
    for (index, record) in records.enumerated() {
      let (place, time) = (
        "\(decimalDigits(record.latitudeDegrees, 7)), \(decimalDigits(record.longitudeDegrees, 7))",
        gpsTime(record.utc)
      )
      text +=
        "ATT, \(record.bootMicros), 0, \(decimalDigits(record.rollDegrees, 2)), 0, "
        + "\(decimalDigits(record.pitchDegrees, 2)), 0, \(decimalDigits(record.yawDegrees, 2)), 0, 0\n"
      if index % 2 == 0 {
        text +=
          "GPS, \(record.bootMicros), \(index == 0 ? 1 : 3), \(time.millis), \(time.week), 14, 0.90, \(place), "
          + "\(decimalDigits(record.altitudeMetersAMSL, 2)), "
          + "\(decimalDigits(record.groundSpeedMetersPerSecond, 3)), 0, 0, 1\n"
      }
      text +=
        "POS, \(record.bootMicros), \(place), \(decimalDigits(record.altitudeMetersAMSL, 2)), "
        + "\(decimalDigits(record.heightMetersAboveTakeoff, 2)), 0\n"
    }
    return text
  }
}
