internal import InspectionModel

/// The messages that carry a position, an angle or a photo, as records of telemetry.
enum MAVLinkTelemetry {
  /// What one message tells.
  struct Reading {
    var sample: TelemetrySample
    var isPhoto = false
    /// The vehicle's clock, where the message has it.
    var bootNanoseconds: Int64?
    /// UTC by the vehicle, where the message has it.
    var utc: Timestamp?
  }

  /// `nil` for messages that carry none of it.
  static func reading(_ id: Int, _ bytes: borrowing Span<UInt8>, _ payload: MAVLinkPayload) -> Reading? {
    switch id {
    case 2: systemTime(bytes, payload)
    case 24: receiver(bytes, payload, fix: payload.uint8(bytes, 28), eph: 20, vel: 24, .receiver)
    case 124: receiver(bytes, payload, fix: payload.uint8(bytes, 32), eph: 24, vel: 28, .secondary)
    case 30: attitude(bytes, payload)
    case 31: attitudeQuaternion(bytes, payload)
    case 33: globalPosition(bytes, payload)
    case 158: mountStatus(bytes, payload)
    case 178: secondEstimate(bytes, payload)
    case 180: cameraFeedback(bytes, payload)
    case 263: imageCaptured(bytes, payload)
    case 265: mountOrientation(bytes, payload)
    case 285: gimbalDevice(bytes, payload)
    case 12901: remoteIDLocation(bytes, payload)
    default: nil
    }
  }

  /// `SYSTEM_TIME` has both clocks and nothing else.
  private static func systemTime(_ bytes: borrowing Span<UInt8>, _ payload: MAVLinkPayload) -> Reading? {
    var reading = Reading(sample: TelemetrySample())
    reading.bootNanoseconds = boot(milliseconds: payload.uint32(bytes, 8))
    reading.utc = unixTime(payload.uint64(bytes, 0))
    return reading
  }

  /// `GPS_RAW_INT` and `GPS2_RAW`: before a fix the fields hold anything.
  private static func receiver(
    _ bytes: borrowing Span<UInt8>, _ payload: MAVLinkPayload, fix: UInt8, eph: Int, vel: Int,
    _ source: PositionSource
  ) -> Reading {
    var reading = Reading(sample: TelemetrySample())
    set(microseconds: payload.uint64(bytes, 0), &reading)
    guard fix >= 2 else { return reading }
    reading.sample.setPosition(
      latitudeE7: payload.int32(bytes, 8), longitudeE7: payload.int32(bytes, 12), source)
    if reading.sample.position != nil {
      reading.sample.setAltitude(Double(payload.int32(bytes, 16)) / 1000)
    }
    let speed = payload.uint16(bytes, vel)
    if speed != .max { reading.sample.setSpeed(Double(speed) / 100) }
    if source == .receiver {
      let accuracy = payload.uint32(bytes, 34)
      if accuracy > 0, accuracy < 1_000_000 { reading.sample.horizontalSigmaMeters = Double(accuracy) / 1000 }
    }
    return reading
  }

  private static func attitude(_ bytes: borrowing Span<UInt8>, _ payload: MAVLinkPayload) -> Reading {
    var reading = Reading(sample: TelemetrySample())
    reading.bootNanoseconds = boot(milliseconds: payload.uint32(bytes, 0))
    reading.sample.setAttitude(
      roll: payload.float(bytes, 4), pitch: payload.float(bytes, 8), yaw: payload.float(bytes, 12))
    return reading
  }

  private static func attitudeQuaternion(
    _ bytes: borrowing Span<UInt8>, _ payload: MAVLinkPayload
  ) -> Reading {
    var reading = Reading(sample: TelemetrySample())
    reading.bootNanoseconds = boot(milliseconds: payload.uint32(bytes, 0))
    if let angles = quaternion(bytes, payload, 4).attitude {
      reading.sample.setAttitude(
        roll: angles.rollRadians, pitch: angles.pitchRadians, yaw: angles.yawRadians)
    }
    return reading
  }

  private static func globalPosition(_ bytes: borrowing Span<UInt8>, _ payload: MAVLinkPayload) -> Reading {
    var reading = Reading(sample: TelemetrySample())
    reading.bootNanoseconds = boot(milliseconds: payload.uint32(bytes, 0))
    reading.sample.setPosition(
      latitudeE7: payload.int32(bytes, 4), longitudeE7: payload.int32(bytes, 8), .fused)
    // Before the first fix, latitude and longitude are 0 and the altitude counts from nowhere.
    guard reading.sample.position != nil else { return reading }
    reading.sample.setAltitude(Double(payload.int32(bytes, 12)) / 1000)
    reading.sample.setHeight(Double(payload.int32(bytes, 16)) / 1000)
    let (north, east) = (Double(payload.int16(bytes, 20)), Double(payload.int16(bytes, 22)))
    reading.sample.setSpeed((north * north + east * east).squareRoot() / 100)
    return reading
  }

  /// `AHRS2`: what the autopilot's second estimator believes.
  private static func secondEstimate(_ bytes: borrowing Span<UInt8>, _ payload: MAVLinkPayload) -> Reading {
    var reading = Reading(sample: TelemetrySample())
    reading.sample.setPosition(
      latitudeE7: payload.int32(bytes, 16), longitudeE7: payload.int32(bytes, 20), .secondary)
    if reading.sample.position != nil { reading.sample.setAltitude(payload.float(bytes, 12)) }
    return reading
  }

  /// `MOUNT_STATUS`: pitch, roll and yaw in hundredths of degrees, yaw from the vehicle's nose.
  private static func mountStatus(_ bytes: borrowing Span<UInt8>, _ payload: MAVLinkPayload) -> Reading {
    var reading = Reading(sample: TelemetrySample())
    let unit = Double.pi / 18_000
    reading.sample.setGimbal(
      roll: Double(payload.int32(bytes, 4)) * unit, pitch: Double(payload.int32(bytes, 0)) * unit,
      yaw: Double(payload.int32(bytes, 8)) * unit)
    reading.sample.gimbalReference = .heading
    return reading
  }

  /// `MOUNT_ORIENTATION`: degrees, yaw from the vehicle's nose.
  private static func mountOrientation(
    _ bytes: borrowing Span<UInt8>, _ payload: MAVLinkPayload
  ) -> Reading {
    var reading = Reading(sample: TelemetrySample())
    reading.bootNanoseconds = boot(milliseconds: payload.uint32(bytes, 0))
    let unit = Double.pi / 180
    reading.sample.setGimbal(
      roll: payload.float(bytes, 4) * unit, pitch: payload.float(bytes, 8) * unit,
      yaw: payload.float(bytes, 12) * unit)
    reading.sample.gimbalReference = .heading
    return reading
  }

  /// `GIMBAL_DEVICE_ATTITUDE_STATUS`: flags 32 and 64 tell whether yaw counts from the nose or from north; senders
  /// that know neither lock yaw to north with flag 16.
  private static func gimbalDevice(_ bytes: borrowing Span<UInt8>, _ payload: MAVLinkPayload) -> Reading {
    var reading = Reading(sample: TelemetrySample())
    reading.bootNanoseconds = boot(milliseconds: payload.uint32(bytes, 0))
    guard let angles = quaternion(bytes, payload, 4).attitude else { return reading }
    reading.sample.setGimbal(
      roll: angles.rollRadians, pitch: angles.pitchRadians, yaw: angles.yawRadians)
    let flags = payload.uint16(bytes, 36)
    let isFromNorth = flags & 96 != 0 ? flags & 64 != 0 : flags & 16 != 0
    if !isFromNorth { reading.sample.gimbalReference = .heading }
    return reading
  }

  /// `CAMERA_FEEDBACK`: a photo and where it was taken; angles are of the airframe, in degrees.
  private static func cameraFeedback(_ bytes: borrowing Span<UInt8>, _ payload: MAVLinkPayload) -> Reading {
    var reading = Reading(sample: TelemetrySample(), isPhoto: true)
    set(microseconds: payload.uint64(bytes, 0), &reading)
    reading.sample.setPosition(
      latitudeE7: payload.int32(bytes, 8), longitudeE7: payload.int32(bytes, 12), .fused)
    if reading.sample.position != nil {
      reading.sample.setAltitude(payload.float(bytes, 16))
      reading.sample.setHeight(payload.float(bytes, 20))
    }
    return reading
  }

  /// `CAMERA_IMAGE_CAPTURED`: a photo, where it was taken and where the camera looked.
  private static func imageCaptured(_ bytes: borrowing Span<UInt8>, _ payload: MAVLinkPayload) -> Reading {
    var reading = Reading(sample: TelemetrySample(), isPhoto: payload.int8(bytes, 49) != 0)
    reading.bootNanoseconds = boot(milliseconds: payload.uint32(bytes, 8))
    reading.utc = unixTime(payload.uint64(bytes, 0))
    reading.sample.setPosition(
      latitudeE7: payload.int32(bytes, 12), longitudeE7: payload.int32(bytes, 16), .fused)
    if reading.sample.position != nil {
      reading.sample.setAltitude(Double(payload.int32(bytes, 20)) / 1000)
      reading.sample.setHeight(Double(payload.int32(bytes, 24)) / 1000)
    }
    if let angles = quaternion(bytes, payload, 28).attitude {
      reading.sample.setGimbal(
        roll: angles.rollRadians, pitch: angles.pitchRadians, yaw: angles.yawRadians)
    }
    return reading
  }

  /// `OPEN_DRONE_ID_LOCATION`: what the vehicle broadcasts about itself.
  private static func remoteIDLocation(
    _ bytes: borrowing Span<UInt8>, _ payload: MAVLinkPayload
  ) -> Reading {
    var reading = Reading(sample: TelemetrySample())
    reading.sample.setPosition(
      latitudeE7: payload.int32(bytes, 0), longitudeE7: payload.int32(bytes, 4), .secondary)
    return reading
  }

  // MARK: - Parts

  private static func quaternion(
    _ bytes: borrowing Span<UInt8>, _ payload: MAVLinkPayload, _ offset: Int
  ) -> UnitQuaternion {
    UnitQuaternion(
      w: payload.float(bytes, offset), x: payload.float(bytes, offset + 4),
      y: payload.float(bytes, offset + 8), z: payload.float(bytes, offset + 12))
  }

  private static func boot(milliseconds: UInt32) -> Int64 { Int64(milliseconds) * 1_000_000 }

  /// Microseconds since 1970; `nil` outside the years 2000 to 2100, which is how "not yet known" looks.
  private static func unixTime(_ microseconds: UInt64) -> Timestamp? {
    TelemetryMicros.isPlausible(microseconds) ? Timestamp(nanoseconds: Int64(microseconds) * 1000) : nil
  }

  /// Some senders write microseconds since 1970 and some since boot: the size decides.
  private static func set(microseconds: UInt64, _ reading: inout Reading) {
    if let utc = unixTime(microseconds) {
      reading.utc = utc
    } else if microseconds < TelemetryMicros.bootLimit {
      reading.bootNanoseconds = Int64(microseconds) * 1000
    }
  }
}
