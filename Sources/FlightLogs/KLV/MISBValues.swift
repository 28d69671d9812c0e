internal import InspectionModel

/// The tags of one MISB packet that are read.
struct MISBValues {
  private(set) var micros: UInt64?
  private var latitude: Double?
  private var longitude: Double?
  private var altitude: Double?
  private var heading: Double?
  private var pitch: Double?
  private var roll: Double?
  private var fullPitch: Double?
  private var fullRoll: Double?
  private var azimuth: Double?
  private var elevation: Double?
  private var sensorRoll: Double?
  private var groundSpeed: Double?

  /// Takes a tag's value; lengths other than the tag's own say nothing.
  @inline(__always)
  mutating func take(_ tag: Int, _ bytes: borrowing Span<UInt8>, _ value: Range<Int>) {
    switch (tag, value.count) {
    case (2, 8): micros = bytes.unsignedBE(value.lowerBound, 8)
    case (5, 2): heading = Self.unsigned16(bytes, value, 0, 360)
    case (6, 2): pitch = Self.signed16(bytes, value, 20)
    case (7, 2): roll = Self.signed16(bytes, value, 50)
    case (13, 4): latitude = Self.signed32(bytes, value, 90)
    case (14, 4): longitude = Self.signed32(bytes, value, 180)
    case (15, 2): altitude = Self.unsigned16(bytes, value, -900, 19_900)
    case (18, 4): azimuth = Self.unsigned32(bytes, value, 360)
    case (19, 4): elevation = Self.signed32(bytes, value, 180)
    case (20, 4): sensorRoll = Self.unsigned32(bytes, value, 360)
    case (56, 1): groundSpeed = Double(bytes[value.lowerBound])
    case (90, 4): fullPitch = Self.signed32(bytes, value, 90)
    case (91, 4): fullRoll = Self.signed32(bytes, value, 90)
    default: break
    }
  }

  /// The record of a packet with that time.
  func sample(_ micros: UInt64) -> TelemetrySample? {
    guard micros < UInt64(Int64.max / 1000) else { return nil }
    let time = Timestamp(nanoseconds: Int64(micros) * 1000)
    var sample = TelemetrySample(logTimeNanoseconds: time.nanoseconds, timestamp: time)
    if let latitude, let longitude {
      sample.setPosition(latitudeDegrees: latitude, longitudeDegrees: longitude, .fused)
    }
    if let altitude { sample.setAltitude(altitude) }
    if let groundSpeed { sample.setSpeed(groundSpeed) }
    sample.setAttitude(
      roll: Self.radians(fullRoll ?? roll) ?? .nan, pitch: Self.radians(fullPitch ?? pitch) ?? .nan,
      yaw: Self.radians(heading) ?? .nan)
    sample.setGimbal(
      roll: Self.radians(sensorRoll), pitch: Self.radians(elevation), yaw: Self.radians(azimuth))
    if sample.gimbal != nil { sample.gimbalReference = .airframe }
    return sample
  }

  private static func radians(_ degrees: Double?) -> Double? { degrees.map { $0 * .pi / 180 } }

  @inline(__always)
  private static func unsigned16(
    _ bytes: borrowing Span<UInt8>, _ value: Range<Int>, _ lowest: Double, _ span: Double
  ) -> Double {
    lowest + Double(bytes.unsignedBE(value.lowerBound, 2)) * span / 65_535
  }

  @inline(__always)
  private static func unsigned32(
    _ bytes: borrowing Span<UInt8>, _ value: Range<Int>, _ span: Double
  ) -> Double {
    Double(bytes.unsignedBE(value.lowerBound, 4)) * span / 4_294_967_295
  }

  /// The least number says "no value", such as an angle outside the tag's range.
  @inline(__always)
  private static func signed16(
    _ bytes: borrowing Span<UInt8>, _ value: Range<Int>, _ greatest: Double
  ) -> Double? {
    let number = Int16(truncatingIfNeeded: bytes.unsignedBE(value.lowerBound, 2))
    return number == .min ? nil : Double(number) * greatest / 32_767
  }

  @inline(__always)
  private static func signed32(
    _ bytes: borrowing Span<UInt8>, _ value: Range<Int>, _ greatest: Double
  ) -> Double? {
    let number = Int32(truncatingIfNeeded: bytes.unsignedBE(value.lowerBound, 4))
    return number == .min ? nil : Double(number) * greatest / 2_147_483_647
  }
}
