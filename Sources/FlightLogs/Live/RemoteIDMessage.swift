package import InspectionModel

/// One broadcast message of ASTM F3411 (Remote ID): 25 bytes, of which those with a place or an identity are read.
package enum RemoteIDMessage: Sendable, Hashable {
  /// Numbers are those of the standard; the identity is as sent, without padding.
  case basicID(idType: UInt8, aircraftType: UInt8, identity: String)
  case location(Location)
  /// Seconds since 2019-01-01T00:00:00Z became UTC; `nil` where not told.
  case system(sentAt: Timestamp?)
  /// Authentication, self-description, operator's identity.
  case other(type: UInt8)

  /// Bytes of one message.
  package static let byteCount = 25

  /// Where an aircraft says that it is.
  package struct Location: Sendable, Hashable {
    /// Position, ellipsoid height, height above take-off, speed and course as yaw-less sample; no time.
    package var sample: TelemetrySample
    /// 0 undeclared, 1 on the ground, 2 airborne, 3 emergency, 4 the remote identification fails.
    package var status: UInt8
    /// Direction of flight, radians from north.
    package var courseRadians: Double?
    /// Metres per second, up.
    package var climbMetersPerSecond: Double?
    /// Seconds after the full hour; `nil` where not told.
    package var secondsOfHour: Double?
  }

  /// Reads a message; `nil` where there are not 25 bytes, or of a version that is not known.
  package init?(_ message: [UInt8]) {
    guard message.count == Self.byteCount, message[0] & 0x0F <= 2 else { return nil }
    let bytes = message.span
    switch message[0] >> 4 {
    case 0:
      let identity = message[2..<22].prefix { $0 != 0 }
      self = .basicID(
        idType: message[1] >> 4, aircraftType: message[1] & 0x0F,
        identity: String(decoding: identity, as: UTF8.self))
    case 1: self = .location(Self.location(bytes))
    case 4:
      let seconds = bytes.uint32LE(20)
      // 2019-01-01T00:00:00Z.
      self = .system(
        sentAt: seconds == 0 ? nil : Timestamp(milliseconds: (1_546_300_800 + Int64(seconds)) * 1000))
    case 2, 3, 5: self = .other(type: message[0] >> 4)
    default: return nil
    }
  }

  private static func location(_ bytes: borrowing Span<UInt8>) -> Location {
    let flags = bytes[1]
    var location = Location(sample: TelemetrySample(), status: flags >> 4)
    let direction = Int(bytes[2]) + (flags & 2 != 0 ? 180 : 0)
    if direction < 361 { location.courseRadians = Double(direction) * .pi / 180 }
    if bytes[3] != 255 {
      let speed = flags & 1 != 0 ? Double(bytes[3]) * 0.75 + 63.75 : Double(bytes[3]) * 0.25
      location.sample.setSpeed(speed)
    }
    let climb = Int8(bitPattern: bytes[4])
    if climb != 126 { location.climbMetersPerSecond = Double(climb) * 0.5 }
    location.sample.setPosition(
      latitudeE7: bytes.int32LE(5), longitudeE7: bytes.int32LE(9), .secondary)
    // 0 stands for −1000 m, which stands for "not known".
    let (ellipsoid, height) = (bytes.uint16LE(15), bytes.uint16LE(17))
    if ellipsoid != 0 { location.sample.setEllipsoidHeight(Double(ellipsoid) * 0.5 - 1000) }
    // The height counts from the take-off point, or from the ground where bit 2 says so.
    if height != 0, flags & 4 == 0 { location.sample.setHeight(Double(height) * 0.5 - 1000) }
    location.sample.horizontalSigmaMeters = sigma(bytes[19] & 0x0F)
    let tenths = bytes.uint16LE(21)
    if tenths <= 36_000 { location.secondsOfHour = Double(tenths) / 10 }
    return location
  }

  /// One standard deviation for a class of 95 % accuracy in the plane.
  private static func sigma(_ accuracy: UInt8) -> Double? {
    let meters = [
      nil, 18_520, 7408, 3704, 1852, 926, 555.6, 185.2, 92.6, 30, 10, 3, 1, nil, nil, nil,
    ]
    // Of a round normal distribution 95 % lie within 2.45 sigmas.
    return meters[Int(accuracy)].map { $0 / 2.45 }
  }
}
