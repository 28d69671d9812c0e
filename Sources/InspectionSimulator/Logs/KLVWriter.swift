internal import InspectionModel

/// Writes MISB ST 0601 packets.
enum KLVWriter {
  static let key: [UInt8] = [
    0x06, 0x0E, 0x2B, 0x34, 0x02, 0x0B, 0x01, 0x01, 0x0E, 0x01, 0x03, 0x01, 0x01, 0x00, 0x00, 0x00,
  ]

  static func packets(_ records: [SimulatedLog.Record]) -> [[UInt8]] { records.map(packet) }

  private static func packet(_ record: SimulatedLog.Record) -> [UInt8] {
    var tags: [UInt8] = []
    func add(_ tag: UInt8, _ value: [UInt8]) { tags += [tag, UInt8(value.count)] + value }
    func big<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
      var bytes: [UInt8] = []
      bytes.append(big: number)
      return bytes
    }
    func turn(_ degrees: Double) -> Double { degrees < 0 ? degrees + 360 : degrees }
    add(2, big(UInt64(record.utc.nanoseconds / 1000)))
    add(3, Array("Inspection".utf8))
    add(5, big(units(turn(record.yawDegrees), 360.0 / 65_535) as UInt16))
    add(6, big(units(record.pitchDegrees, 20.0 / 32_767) as Int16))
    add(7, big(units(record.rollDegrees, 50.0 / 32_767) as Int16))
    add(11, [])
    add(13, big(units(record.latitudeDegrees, 90.0 / 2_147_483_647) as Int32))
    add(14, big(units(record.longitudeDegrees, 180.0 / 2_147_483_647) as Int32))
    add(15, big(units(record.altitudeMetersAMSL + 900, 19_900.0 / 65_535) as UInt16))
    let yaw = turn((record.gimbalYawDegrees - record.yawDegrees).remainder(dividingBy: 360))
    add(18, big(units(yaw, 360.0 / 4_294_967_295) as UInt32))
    add(19, big(units(record.gimbalPitchDegrees, 180.0 / 2_147_483_647) as Int32))
    add(20, big(0 as UInt32))
    // The frame's centre is not known.
    add(23, big(Int32.min))
    add(65, [11])
    tags += [1, 2]
    var packet = key
    let length = tags.count + 2
    packet += length < 128 ? [UInt8(length)] : [0x81, UInt8(length)]
    packet += tags
    var sum: UInt16 = 0
    for (place, byte) in packet.enumerated() { sum &+= UInt16(byte) << (place % 2 == 0 ? 8 : 0) }
    return packet + big(sum)
  }
}
