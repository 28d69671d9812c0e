/// The columns of DataFlash messages that are read, by what they mean.
enum DataFlashColumn: Int, CaseIterable {
  case timeMicros, timeMillis, bootMillis, status, week, weekMillis
  case latitude, longitude, altitude, height, homeHeight, speed, roll, pitch, yaw, earthYaw, bodyYaw

  /// Names in the order of preference.
  var names: [String] {
    switch self {
    case .timeMicros: ["TimeUS"]
    case .timeMillis: ["TimeMS"]
    case .bootMillis: ["T"]
    case .status: ["Status"]
    case .week: ["GWk", "Week"]
    case .weekMillis: ["GMS"]
    case .latitude: ["Lat"]
    case .longitude: ["Lng"]
    case .altitude: ["Alt"]
    case .height: ["RelAlt"]
    case .homeHeight: ["RelHomeAlt"]
    case .speed: ["Spd"]
    case .roll: ["Roll", "R"]
    case .pitch: ["Pitch", "P"]
    case .yaw: ["Yaw", "Y"]
    case .earthYaw: ["YawE"]
    case .bodyYaw: ["YawB"]
    }
  }
}
