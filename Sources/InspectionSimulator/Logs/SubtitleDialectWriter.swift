internal import InspectionModel

/// Writes DJI subtitles in the seven dialects that aircraft have had.
enum SubtitleDialectWriter {
  static func text(_ records: [SimulatedLog.Record], _ dialect: Int) -> String {
    precondition((1...7).contains(dialect), "there are seven dialects")
    let start = records[0].bootMicros
    let text = records.enumerated().map { index, record in
      let millis = (record.bootMicros - start) / 1000
      let code = dialect == 3 ? "" : "\(timeCode(millis)) --> \(timeCode(millis + 33))\n"
      return "\(index + 1)\n\(code)\(body(record, dialect, index))\n\n"
    }.joined()
    return dialect == 7 ? text.replacing("\n", with: "\r\n") : text
  }

  private static func body(_ record: SimulatedLog.Record, _ dialect: Int, _ index: Int) -> String {
    let (latitude, longitude) = (
      decimalDigits(record.latitudeDegrees, dialect == 1 || dialect == 2 ? 4 : 6),
      decimalDigits(record.longitudeDegrees, dialect == 1 || dialect == 2 ? 4 : 6)
    )
    let height = decimalDigits(record.heightMetersAboveTakeoff, 1)
    let civil = record.utc.civil(in: .shanghai)
    let millis = padded(civil.nanosecond / 1_000_000, 3)
    func date(_ separator: String, _ width: Int = 2) -> String {
      "\(civil.year)\(separator)\(padded(civil.month, width))\(separator)\(padded(civil.day, width)) "
        + "\(padded(civil.hour, 2)):\(padded(civil.minute, 2)):\(padded(civil.second, 2))"
    }
    switch dialect {
    case 1:
      return
        "HOME(\(longitude),\(latitude)) \(date("."))\nGPS(\(longitude),\(latitude),16) BAROMETER:\(height)\n"
        + "ISO:100 Shutter:60 EV: Fnum:2.2"
    case 2:
      return
        "HOME(\(longitude),\(latitude)) \(date(".", 1))\nGPS(\(longitude),\(latitude),16) Hb:\(height) Hs:1.9\n"
        + "ISO:100 TV:60 EV: 0 IR:F2.8"
    case 3:
      return
        "\(date(".")),\(millis),000\n[latitude : \(latitude)] [longtitude : \(longitude)] [iso : 100] [fnum : 220]"
    case 4:
      return "F/5.6, SS 400, ISO 100, EV 0, GPS (\(longitude), \(latitude), 15), D 10.00m, "
        + "H \(decimalDigits(record.heightMetersAboveTakeoff, 2))m, "
        + "H.S \(decimalDigits(record.groundSpeedMetersPerSecond, 2))m/s, V.S 0.00m/s, "
        + "F.PRY (\(decimalDigits(record.pitchDegrees, 1))°, \(decimalDigits(record.rollDegrees, 1))°, "
        + "\(decimalDigits(record.yawDegrees, 1))°), G.PRY (\(decimalDigits(record.gimbalPitchDegrees, 1))°, 0.0°, "
        + "\(decimalDigits(record.gimbalYawDegrees, 1))°)"
    case 5:
      return "<font size=\"36\">SrtCnt : \(index + 1), DiffTime : 33ms\n\(date("-")),\(millis),000\n"
        + "[iso : 100] [fnum : 280] [focal_len : 240] [latitude: \(latitude)] [longitude: \(longitude)] "
        + "[altitude: \(decimalDigits(record.altitudeMetersAMSL, 3))] </font>"
    case 6:
      return "<font size=\"28\">FrameCnt: \(index + 1), DiffTime: 33ms\n\(date("-")).\(millis)\n"
        + "[iso: 100] [fnum: 3.2] [focal_len: 24.00] [latitude: \(latitude)] [longitude: \(longitude)] "
        + "[rel_alt: \(height)00 abs_alt: \(decimalDigits(record.altitudeMetersAMSL, 3))] "
        + "[gb_yaw: \(decimalDigits(record.gimbalYawDegrees, 1)) "
        + "gb_pitch: \(decimalDigits(record.gimbalPitchDegrees, 1)) gb_roll: 0.0] </font>"
    default: return "\(date("."))\nGPS(\(latitude),\(longitude),0.0M) BAROMETER:\(height)M"
    }
  }

  private static func timeCode(_ millis: Int64) -> String {
    let seconds = Int(millis / 1000)
    return "\(padded(seconds / 3600, 2)):\(padded(seconds / 60 % 60, 2)):\(padded(seconds % 60, 2)),"
      + padded(Int(millis % 1000), 3)
  }
}
