package import InspectionModel

/// What one OSD message of the DJI Cloud API tells about an aircraft.
///
/// Messages come in parts: what this one does not carry is `nil`. Source: DJI Cloud API, `thing/product/{sn}/osd`.
package struct OSDReading: Sendable, Hashable {
  /// Place, attitude, gimbal and speed; the time is that of the message.
  package var sample: TelemetrySample
  /// The sender, where the message was stored with its topic.
  package var deviceID: String?
  /// The gateway (dock or remote control) that passed the message on.
  package var gatewayID: String?
  /// 0…1.
  package var batteryRemaining: Double?
  package var satelliteCount: Int?
  /// Whether the receiver has its fixed (RTK) solution.
  package var isFixed: Bool?
  /// The number of the aircraft's mode.
  package var modeCode: Int?
  /// An estimate, metres per second.
  package var windSpeedMetersPerSecond: Double?

  /// Reads a message, bare (`{"bid": …, "timestamp": …, "data": {…}}`) or stored with its topic
  /// (`{"topic": …, "payload": {…}}`); `nil` where it is neither, or not about an aircraft.
  package init?(_ bytes: [UInt8]) {
    guard let value = JSONReader.value(bytes.span, 0..<bytes.count) else { return nil }
    self.init(value)
  }

  init?(_ message: JSONValue) {
    var envelope = message
    if let topic = message["topic"]?.text, let payload = message["payload"] ?? message["message"] {
      let parts = topic.split(separator: "/")
      guard parts.count == 4, parts[0] == "thing", parts[3] == "osd" || parts[3] == "state" else {
        return nil
      }
      deviceID = String(parts[2])
      if let text = payload.text {
        let bytes = Array(text.utf8)
        guard let inner = JSONReader.value(bytes.span, 0..<bytes.count) else { return nil }
        envelope = inner
      } else {
        envelope = payload
      }
    }
    gatewayID = envelope["gateway"]?.text
    let data = envelope["data"] ?? envelope
    guard Self.isAircraft(data) else { return nil }
    sample = TelemetrySample()
    if let millis = envelope["timestamp"]?.number ?? message["timestamp"]?.number,
      TelemetryMicros.isPlausible(UInt64(max(0, min(millis, 1e15)) * 1000))
    {
      let time = Timestamp(nanoseconds: Int64((millis * 1000).rounded()) * 1000)
      (sample.timestamp, sample.logTimeNanoseconds) = (time, time.nanoseconds)
    }
    readPlace(data)
    readAngles(data)
    if let speed = data["horizontal_speed"]?.number { sample.setSpeed(speed) }
    if let percent = data["battery"]?["capacity_percent"]?.number, (0...100).contains(percent) {
      batteryRemaining = percent / 100
    }
    modeCode = Self.integer(data["mode_code"])
    if let wind = data["wind_speed"]?.number, (0...2000).contains(wind) {
      // Tenths of metres per second.
      windSpeedMetersPerSecond = wind / 10
    }
  }

  /// Docks and remote controls send OSD with their own place, too.
  private static func isAircraft(_ data: JSONValue) -> Bool {
    guard data["drone_in_dock"] == nil, data["cover_state"] == nil, data["sub_device"] == nil else {
      return false
    }
    let keys = [
      "attitude_head", "attitude_pitch", "attitude_roll", "elevation", "horizontal_speed", "vertical_speed",
    ]
    return keys.contains { data[$0] != nil } || gimbal(data) != nil
  }

  private mutating func readPlace(_ data: JSONValue) {
    let state = data["position_state"]
    satelliteCount = Self.integer(state?["gps_number"])
    isFixed = state?["is_fixed"]?.number.map { $0 == 2 }
    if let latitude = data["latitude"]?.number, let longitude = data["longitude"]?.number {
      sample.setPosition(latitudeDegrees: latitude, longitudeDegrees: longitude, .fused)
    }
    if sample.position != nil, let height = data["height"]?.number { sample.setEllipsoidHeight(height) }
    if let height = data["elevation"]?.number { sample.setHeight(height) }
  }

  private mutating func readAngles(_ data: JSONValue) {
    func radians(_ value: JSONValue?) -> Double? { value?.number.map { $0 * .pi / 180 } }
    sample.setAttitude(
      roll: radians(data["attitude_roll"]) ?? .nan, pitch: radians(data["attitude_pitch"]) ?? .nan,
      yaw: radians(data["attitude_head"]) ?? .nan)
    guard let gimbal = Self.gimbal(data) else { return }
    sample.setGimbal(
      roll: radians(gimbal["gimbal_roll"]), pitch: radians(gimbal["gimbal_pitch"]),
      yaw: radians(gimbal["gimbal_yaw"]))
  }

  /// The gimbal stands under its payload's index (type-subtype-place): of several the one that comes first by name.
  private static func gimbal(_ data: JSONValue) -> JSONValue? {
    guard case .object(let members) = data else { return nil }
    if let list = members["payloads"], case .list(let items) = list {
      if let first = items.first(where: { $0["gimbal_pitch"] != nil }) { return first }
    }
    return members.filter { $0.value["gimbal_pitch"] != nil }.min { $0.key < $1.key }?.value
  }

  private static func integer(_ value: JSONValue?) -> Int? {
    value?.number.flatMap { abs($0) < 1e9 ? Int($0) : nil }
  }
}
