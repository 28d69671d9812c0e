internal import InspectionModel

/// Writes the flight as Airdata exports it, in metric units.
enum AirdataRows {
  static func text(_ records: [SimulatedLog.Record]) -> String {
    var text =
      "time(millisecond),datetime(utc),latitude,longitude,height_above_takeoff(meters),"
      + "altitude_above_seaLevel(meters),speed(m/s), compass_heading(degrees), pitch(degrees), roll(degrees),"
      + "isPhoto,gimbal_heading(degrees),gimbal_pitch(degrees),message\n"
    for record in records {
      let civil = record.utc.civil(in: .utc)
      let cells = [
        "\((record.bootMicros - records[0].bootMicros) / 1000)",
        "\(civil.year)-\(padded(civil.month, 2))-\(padded(civil.day, 2)) \(padded(civil.hour, 2)):"
          + "\(padded(civil.minute, 2)):\(padded(civil.second, 2))",
        decimalDigits(record.latitudeDegrees, 9), decimalDigits(record.longitudeDegrees, 9),
        decimalDigits(record.heightMetersAboveTakeoff, 2), decimalDigits(record.altitudeMetersAMSL, 2),
        decimalDigits(record.groundSpeedMetersPerSecond, 2), " \(decimalDigits(record.yawDegrees, 1))",
        " \(decimalDigits(record.pitchDegrees, 1))", " \(decimalDigits(record.rollDegrees, 1))",
        record.isPhoto ? "1" : "0", decimalDigits(record.gimbalYawDegrees, 1),
        decimalDigits(record.gimbalPitchDegrees, 1), "",
      ]
      text += cells.joined(separator: ",") + "\n"
    }
    return text
  }
}
