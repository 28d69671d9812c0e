internal import InspectionModel

/// Writes OSD messages of the DJI Cloud API with their topics, one a line, beside those of the dock.
enum OSDWriter {
  static func text(_ records: [SimulatedLog.Record]) -> String {
    records.enumerated().map { index, record in
      index % 10 == 3 ? dock(record) : aircraft(record)
    }.joined()
  }

  private static func dock(_ record: SimulatedLog.Record) -> String {
    "{\"topic\":\"thing/product/DOCK01/osd\",\"payload\":{\"bid\":\"0\",\"tid\":\"0\",\"gateway\":\"DOCK01\","
      + "\"timestamp\":\(record.utc.nanoseconds / 1_000_000),\"data\":{\"drone_in_dock\":0,\"latitude\":1.5,"
      + "\"longitude\":2.5,\"height\":200}}}\n" + aircraft(record)
  }

  private static func aircraft(_ record: SimulatedLog.Record) -> String {
    let ellipsoid = record.altitudeMetersAMSL + SimulatedLog.geoidHeightMeters
    return
      "{\"topic\":\"thing/product/AIR01/osd\",\"payload\":{\"bid\":\"b\",\"tid\":\"t\",\"gateway\":\"DOCK01\","
      + "\"timestamp\":\(record.utc.nanoseconds / 1_000_000),\"data\":{"
      + "\"latitude\":\(decimalDigits(record.latitudeDegrees, 12)),"
      + "\"longitude\":\(decimalDigits(record.longitudeDegrees, 12)),\"height\":\(decimalDigits(ellipsoid, 3)),"
      + "\"elevation\":\(decimalDigits(record.heightMetersAboveTakeoff, 2)),"
      + "\"attitude_head\":\(Int(record.yawDegrees.rounded())),"
      + "\"attitude_pitch\":\(decimalDigits(record.pitchDegrees, 1)),"
      + "\"attitude_roll\":\(decimalDigits(record.rollDegrees, 1)),"
      + "\"horizontal_speed\":\(decimalDigits(record.groundSpeedMetersPerSecond, 2)),\"mode_code\":5,"
      + "\"wind_speed\":31,\"position_state\":{\"is_fixed\":2,\"quality\":5,\"gps_number\":18,\"rtk_number\":24},"
      + "\"battery\":{\"capacity_percent\":73},\"payloads\":[],\"52-0-0\":{"
      + "\"gimbal_pitch\":\(decimalDigits(record.gimbalPitchDegrees, 1)),\"gimbal_roll\":0,"
      + "\"gimbal_yaw\":\(decimalDigits(record.gimbalYawDegrees, 1)),\"payload_index\":\"52-0-0\"}}}}\n"
  }
}
