internal import InspectionModel

/// Writes a flight's telemetry as Airdata exports it: feet, miles an hour, UTC in whole seconds, stray
/// blanks.
enum AirdataWriter {
  static let periodMilliseconds = 100

  private static let header =
    "time(millisecond),datetime(utc),latitude,longitude,height_above_takeoff(feet),"
    + "altitude_above_seaLevel(feet),speed(mph), compass_heading(degrees), pitch(degrees), roll(degrees),"
    + "isPhoto,isVideo,gimbal_heading(degrees),gimbal_pitch(degrees),message\n"

  static func text(_ records: [TelemetryRecord]) -> String {
    var text = header
    for record in records {
      let pose = record.pose
      let altitude = GroundScene.groundMetersAMSL * 10 + pose.heightDecimeters
      let cells = [
        "\(record.milliseconds)", date(record.instant), decimalDigits(pose.latitudeMicrodegrees, 6),
        decimalDigits(pose.longitudeMicrodegrees, 6), feet(pose.heightDecimeters), feet(altitude),
        decimalDigits(record.groundSpeedMetersPerSecond / 0.44704, 6),
        " \(compass(pose.airframe.yawDecidegrees))", " \(decimalDigits(pose.airframe.pitchDecidegrees, 1))",
        " \(decimalDigits(pose.airframe.rollDecidegrees, 1))", record.isPhoto ? "1" : "0", "0",
        compass(pose.gimbal.yawDecidegrees), decimalDigits(pose.gimbal.pitchDecidegrees, 1), "",
      ]
      text += cells.joined(separator: ",") + "\n"
    }
    return text
  }

  private static func feet(_ decimeters: Int) -> String { decimalDigits(Double(decimeters) / 3.048, 9) }

  /// 0 ..< 360 degrees.
  private static func compass(_ decidegrees: Int) -> String { decimalDigits((decidegrees + 3600) % 3600, 1) }

  private static func date(_ instant: Timestamp) -> String {
    let civil = instant.civil(in: .utc)
    return "\(padded(civil.year, 4))-\(padded(civil.month, 2))-\(padded(civil.day, 2)) "
      + "\(padded(civil.hour, 2)):\(padded(civil.minute, 2)):\(padded(civil.second, 2))"
  }
}
