internal import InspectionModel

/// Writes a flight's telemetry as the subtitles (SRT) of a DJI aircraft in the bracketed dialect.
enum SubtitleWriter {
  static let periodMilliseconds = 200

  static func text(_ records: [TelemetryRecord]) -> String {
    var text = ""
    for (index, record) in records.enumerated() {
      let pose = record.pose
      let altitude = GroundScene.groundMetersAMSL * 10 + pose.heightDecimeters
      text += "\(index + 1)\n"
      text += "\(timeCode(record.milliseconds)) --> \(timeCode(record.milliseconds + periodMilliseconds))\n"
      text += "<font size=\"28\">FrameCnt: \(index + 1), DiffTime: \(periodMilliseconds)ms\n"
      text += "\(date(record.instant))\n"
      text += "[iso: 100] [shutter: 1/500.0] [fnum: 2.8] [ev: 0] [focal_len: 27.00] "
      text += "[latitude: \(decimalDigits(pose.latitudeMicrodegrees, 6))] "
      text += "[longitude: \(decimalDigits(pose.longitudeMicrodegrees, 6))] "
      text +=
        "[rel_alt: \(decimalDigits(pose.heightDecimeters, 1))00 abs_alt: \(decimalDigits(altitude, 1))00] "
      text += "[gb_yaw: \(decimalDigits(pose.gimbal.yawDecidegrees, 1)) "
      text += "gb_pitch: \(decimalDigits(pose.gimbal.pitchDecidegrees, 1)) "
      text += "gb_roll: \(decimalDigits(pose.gimbal.rollDecidegrees, 1))] </font>\n\n"
    }
    return text
  }

  private static func timeCode(_ milliseconds: Int) -> String {
    let seconds = milliseconds / 1000
    return "\(padded(seconds / 3600, 2)):\(padded(seconds / 60 % 60, 2)):\(padded(seconds % 60, 2)),"
      + padded(milliseconds % 1000, 3)
  }

  private static func date(_ instant: Timestamp) -> String {
    let civil = instant.civil(in: .shanghai)
    return "\(padded(civil.year, 4))-\(padded(civil.month, 2))-\(padded(civil.day, 2)) "
      + "\(padded(civil.hour, 2)):\(padded(civil.minute, 2)):\(padded(civil.second, 2))."
      + padded(civil.nanosecond / 1_000_000, 3)
  }
}
