package import InspectionModel

/// What a vehicle tells about itself beside its place: heartbeat, load, battery, radio link, clock.
package enum MAVLinkStatus: Sendable, Hashable {
  /// Numbers are those of MAVLink's `MAV_TYPE`, `MAV_AUTOPILOT`, `MAV_MODE_FLAG` and `MAV_STATE`.
  case heartbeat(vehicleType: UInt8, autopilot: UInt8, isArmed: Bool, mode: UInt32, state: UInt8)
  /// Processor load 0…1, battery, lost packets 0…1.
  case system(load: Double, battery: Battery, dropRate: Double)
  case battery(id: UInt8, Battery)
  /// Signal and noise as the radio counts them (0…254) and packets that arrived broken.
  case radio(rssi: UInt8?, remoteRSSI: UInt8?, noise: UInt8?, remoteNoise: UInt8?, receiveErrors: UInt16)
  /// UTC, where known, and time since boot.
  case clock(utc: Timestamp?, bootMilliseconds: UInt32)

  /// One battery; what it does not measure is `nil`.
  package struct Battery: Sendable, Hashable {
    /// 0…1.
    package var remaining: Double?
    package var volts: Double?
    package var amperes: Double?
    package var celsius: Double?
  }

  init?(_ id: Int, _ bytes: borrowing Span<UInt8>, _ payload: MAVLinkPayload) {
    switch id {
    case 0:
      self = .heartbeat(
        vehicleType: payload.uint8(bytes, 4), autopilot: payload.uint8(bytes, 5),
        isArmed: payload.uint8(bytes, 6) & 0x80 != 0, mode: payload.uint32(bytes, 0),
        state: payload.uint8(bytes, 7))
    case 1:
      let volts = payload.uint16(bytes, 14)
      let battery = Battery(
        remaining: Self.share(payload.int8(bytes, 30)), volts: volts == .max ? nil : Double(volts) / 1000,
        amperes: Self.amperes(payload.int16(bytes, 16)), celsius: nil)
      self = .system(
        load: Double(payload.uint16(bytes, 12)) / 1000, battery: battery,
        dropRate: Double(payload.uint16(bytes, 18)) / 10_000)
    case 2:
      let micros = payload.uint64(bytes, 0)
      self = .clock(
        utc: TelemetryMicros.isPlausible(micros) ? Timestamp(nanoseconds: Int64(micros) * 1000) : nil,
        bootMilliseconds: payload.uint32(bytes, 8))
    case 109, 166:
      func level(_ offset: Int) -> UInt8? {
        let value = payload.uint8(bytes, offset)
        return value == .max ? nil : value
      }
      self = .radio(
        rssi: level(4), remoteRSSI: level(5), noise: level(7), remoteNoise: level(8),
        receiveErrors: payload.uint16(bytes, 0))
    case 147: self = .battery(id: payload.uint8(bytes, 32), Self.battery(bytes, payload))
    default: return nil
    }
  }

  /// `BATTERY_STATUS`: the sum of its cells, where it counts them.
  private static func battery(_ bytes: borrowing Span<UInt8>, _ payload: MAVLinkPayload) -> Battery {
    var (millivolts, cells) = (0, 0)
    for cell in 0..<10 {
      let value = payload.uint16(bytes, 10 + 2 * cell)
      guard value != .max else { break }
      millivolts += Int(value)
      cells += 1
    }
    let temperature = payload.int16(bytes, 8)
    return Battery(
      remaining: share(payload.int8(bytes, 35)), volts: cells > 0 ? Double(millivolts) / 1000 : nil,
      amperes: amperes(payload.int16(bytes, 30)),
      celsius: temperature == .max ? nil : Double(temperature) / 100)
  }

  /// Percent; −1 means unknown.
  private static func share(_ percent: Int8) -> Double? {
    (0...100).contains(percent) ? Double(percent) / 100 : nil
  }

  /// Hundredths of an ampere; −1 means unknown.
  private static func amperes(_ value: Int16) -> Double? { value == -1 ? nil : Double(value) / 100 }
}
