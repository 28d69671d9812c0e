internal import InspectionModel

/// A topic whose messages carry a position, an angle or a photo, with the places of what is read.
struct ULogTopic: Sendable {
  private enum Kind: Sendable { case receiver, estimate, attitude, capture, mount, gimbal }

  private let kind: Kind
  private let source: PositionSource
  private let timestamp: Int
  /// Latitude and longitude: degrees as `double`, or 1e-7 degrees as `int32_t`.
  private var degrees: (latitude: Int, longitude: Int)?
  private var scaled: (latitude: Int, longitude: Int)?
  /// Metres as `double` or `float`, or millimetres as `int32_t`.
  private var altitudeDouble: Int?
  private var altitudeFloat: Int?
  private var altitudeMillimeters: Int?
  private var fix: Int?
  private var isValid: Int?
  private var utc: Int?
  private var accuracy: Int?
  private var speed: Int?
  private var quaternion: Int?
  private var euler: Int?
  private var flags: Int?

  /// `nil` for topics that carry nothing of it, or whose fields are others than known.
  init?(_ name: String, _ layout: ULogLayout) {
    switch name {
    case "vehicle_gps_position": (kind, source) = (.receiver, .receiver)
    case "sensor_gps", "vehicle_gps_position_2": (kind, source) = (.receiver, .secondary)
    case "vehicle_global_position": (kind, source) = (.estimate, .fused)
    case "vehicle_attitude": (kind, source) = (.attitude, .fused)
    case "camera_capture": (kind, source) = (.capture, .fused)
    case "mount_orientation": (kind, source) = (.mount, .fused)
    case "gimbal_device_attitude_status": (kind, source) = (.gimbal, .fused)
    default: return nil
    }
    guard let timestamp = layout.offset(of: "timestamp", "uint64_t") else { return nil }
    self.timestamp = timestamp
    for (latitude, longitude) in [("latitude_deg", "longitude_deg"), ("lat", "lon")] where degrees == nil {
      if let north = layout.offset(of: latitude, "double"), let east = layout.offset(of: longitude, "double")
      {
        degrees = (north, east)
      }
    }
    if let north = layout.offset(of: "lat", "int32_t"), let east = layout.offset(of: "lon", "int32_t") {
      scaled = (north, east)
    }
    altitudeDouble = layout.offset(of: "altitude_msl_m", "double")
    altitudeFloat = layout.offset(of: "alt", "float")
    altitudeMillimeters = layout.offset(of: "alt", "int32_t")
    fix = layout.offset(of: "fix_type", "uint8_t")
    isValid = layout.offset(of: "lat_lon_valid", "bool")
    utc = layout.offset(of: kind == .capture ? "timestamp_utc" : "time_utc_usec", "uint64_t")
    accuracy = layout.offset(of: "eph", "float")
    speed = layout.offset(of: "vel_m_s", "float")
    quaternion = layout.offset(of: "q", "float", count: 4)
    euler = layout.offset(of: "attitude_euler_angle", "float", count: 3)
    flags = layout.offset(of: "device_flags", "uint16_t")
  }

  /// What one message tells.
  struct Reading {
    var sample: TelemetrySample
    let bootNanoseconds: Int64
    let utc: Timestamp?
    let isPhoto: Bool
  }

  /// - Parameter data: first byte of the fields; the message holds at least the layout's least bytes.
  func reading(_ bytes: borrowing Span<UInt8>, _ data: Int) -> Reading? {
    let micros = bytes.uint64LE(data + timestamp)
    guard micros < TelemetryMicros.bootLimit else { return nil }
    var sample = TelemetrySample(logTimeNanoseconds: Int64(micros) * 1000)
    if let quaternion {
      setAngles(bytes, data + quaternion, data, &sample)
    } else if let euler, kind == .mount {
      sample.setGimbal(
        roll: Double(bytes.floatLE(data + euler)), pitch: Double(bytes.floatLE(data + euler + 4)),
        yaw: Double(bytes.floatLE(data + euler + 8)))
      sample.gimbalReference = .heading
    }
    setPosition(bytes, data, &sample)
    var time: Timestamp?
    if let utc {
      let value = bytes.uint64LE(data + utc)
      if TelemetryMicros.isPlausible(value) { time = Timestamp(nanoseconds: Int64(value) * 1000) }
    }
    return Reading(
      sample: sample, bootNanoseconds: Int64(micros) * 1000, utc: time, isPhoto: kind == .capture)
  }

  private func setAngles(
    _ bytes: borrowing Span<UInt8>, _ place: Int, _ data: Int, _ sample: inout TelemetrySample
  ) {
    let rotation = UnitQuaternion(
      w: Double(bytes.floatLE(place)), x: Double(bytes.floatLE(place + 4)),
      y: Double(bytes.floatLE(place + 8)), z: Double(bytes.floatLE(place + 12)))
    guard let angles = rotation.attitude else { return }
    let (roll, pitch, yaw) = (angles.rollRadians, angles.pitchRadians, angles.yawRadians)
    guard kind != .attitude else { return sample.setAttitude(roll: roll, pitch: pitch, yaw: yaw) }
    sample.setGimbal(roll: roll, pitch: pitch, yaw: yaw)
    if kind == .gimbal, let flags {
      // The flags of MAVLink's GIMBAL_DEVICE_ATTITUDE_STATUS.
      let value = bytes.uint16LE(data + flags)
      let isFromNorth = value & 96 != 0 ? value & 64 != 0 : value & 16 != 0
      if !isFromNorth { sample.gimbalReference = .heading }
    }
  }

  private func setPosition(_ bytes: borrowing Span<UInt8>, _ data: Int, _ sample: inout TelemetrySample) {
    if let fix, bytes[data + fix] < 2 { return }
    if let isValid, bytes[data + isValid] == 0 { return }
    if let degrees {
      sample.setPosition(
        latitudeDegrees: bytes.doubleLE(data + degrees.latitude),
        longitudeDegrees: bytes.doubleLE(data + degrees.longitude), source)
    } else if let scaled {
      sample.setPosition(
        latitudeE7: bytes.int32LE(data + scaled.latitude),
        longitudeE7: bytes.int32LE(data + scaled.longitude),
        source)
    }
    guard sample.position != nil else { return }
    if let altitudeDouble {
      sample.setAltitude(bytes.doubleLE(data + altitudeDouble))
    } else if let altitudeFloat {
      sample.setAltitude(Double(bytes.floatLE(data + altitudeFloat)))
    } else if let altitudeMillimeters {
      sample.setAltitude(Double(bytes.int32LE(data + altitudeMillimeters)) / 1000)
    }
    if let speed { sample.setSpeed(Double(bytes.floatLE(data + speed))) }
    if let accuracy {
      let meters = Double(bytes.floatLE(data + accuracy))
      if meters > 0, MeasuredRange.accuracy.contains(meters) { sample.horizontalSigmaMeters = meters }
    }
  }
}
