internal import FlightLogs
internal import InspectionModel

/// Writes recorded MAVLink with and without the ground station's times.
enum MAVLinkLogWriter {
  static func bytes(_ records: [SimulatedLog.Record], version: Int, isTimed: Bool) -> [UInt8] {
    var encoder = MAVLinkEncoder(version: version)
    var file: [UInt8] = []
    for (index, record) in records.enumerated() {
      var messages = [(33, globalPosition(record)), (30, attitude(record)), (158, mount(record))]
      if index % 5 == 0 {
        messages += [(0, heartbeat), (2, systemTime(record)), (24, receiver(record, hasFix: index > 0))]
      }
      if record.isPhoto { messages.append((180, feedback(record, index))) }
      for (id, payload) in messages {
        if isTimed { file.append(big: UInt64(record.utc.nanoseconds / 1000)) }
        file += encoder.frame(id, payload)
      }
    }
    return file
  }

  private static let heartbeat: [UInt8] = [0, 0, 0, 0, 2, 3, 0x81, 4, 3]

  private static func systemTime(_ record: SimulatedLog.Record) -> [UInt8] {
    var payload: [UInt8] = []
    payload.append(little: UInt64(record.utc.nanoseconds / 1000))
    payload.append(little: UInt32(record.bootMicros / 1000))
    return payload
  }

  private static func place(_ record: SimulatedLog.Record) -> [UInt8] {
    var payload: [UInt8] = []
    payload.append(little: units(record.latitudeDegrees, 1e-7) as Int32)
    payload.append(little: units(record.longitudeDegrees, 1e-7) as Int32)
    return payload
  }

  private static func globalPosition(_ record: SimulatedLog.Record) -> [UInt8] {
    var payload: [UInt8] = []
    payload.append(little: UInt32(record.bootMicros / 1000))
    payload += place(record)
    payload.append(little: units(record.altitudeMetersAMSL, 0.001) as Int32)
    payload.append(little: units(record.heightMetersAboveTakeoff, 0.001) as Int32)
    payload.append(little: units(record.groundSpeedMetersPerSecond, 0.01) as Int16)
    payload += [0, 0, 0, 0, 0xFF, 0xFF]
    return payload
  }

  private static func receiver(_ record: SimulatedLog.Record, hasFix: Bool) -> [UInt8] {
    var payload: [UInt8] = []
    payload.append(little: UInt64(record.bootMicros))
    payload += place(record)
    payload.append(little: units(record.altitudeMetersAMSL, 0.001) as Int32)
    payload += [0xFF, 0xFF, 0xFF, 0xFF]
    payload.append(little: units(record.groundSpeedMetersPerSecond, 0.01) as UInt16)
    payload += [0xFF, 0xFF, hasFix ? 3 : 1, 14]
    return payload
  }

  private static func attitude(_ record: SimulatedLog.Record) -> [UInt8] {
    var payload: [UInt8] = []
    payload.append(little: UInt32(record.bootMicros / 1000))
    for angle in [record.rollDegrees, record.pitchDegrees, record.yawDegrees] {
      payload.append(Float(angle * .pi / 180))
    }
    return payload + [UInt8](repeating: 0, count: 12)
  }

  private static func mount(_ record: SimulatedLog.Record) -> [UInt8] {
    var payload: [UInt8] = []
    // Yaw counts from the nose.
    let yaw = (record.gimbalYawDegrees - record.yawDegrees + 540).truncatingRemainder(dividingBy: 360) - 180
    for angle in [record.gimbalPitchDegrees, 0, yaw] { payload.append(little: units(angle, 0.01) as Int32) }
    return payload + [1, 1]
  }

  private static func feedback(_ record: SimulatedLog.Record, _ index: Int) -> [UInt8] {
    var payload: [UInt8] = []
    payload.append(little: UInt64(record.utc.nanoseconds / 1000))
    payload += place(record)
    for value in [
      record.altitudeMetersAMSL, record.heightMetersAboveTakeoff, record.rollDegrees, record.pitchDegrees,
      record.yawDegrees, 24,
    ] { payload.append(Float(value)) }
    payload.append(little: UInt16(index))
    return payload + [1, 0, 1]
  }
}
