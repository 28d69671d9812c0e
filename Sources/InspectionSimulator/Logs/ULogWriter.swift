internal import Foundation
internal import InspectionModel

/// Writes PX4 ULog files, by https://docs.px4.io/main/en/dev_log/ulog_file_format.html.
enum ULogWriter {
  private static let attitude =
    "vehicle_attitude:uint64_t timestamp;float[4] q;uint8_t reset;uint8_t[3] _padding0;"
  private static let estimate =
    "vehicle_global_position:uint64_t timestamp;double lat;double lon;float alt;float eph;"
  private static let oldReceiver =
    "vehicle_gps_position:uint64_t timestamp;uint64_t time_utc_usec;int32_t lat;int32_t lon;int32_t alt;float eph;"
    + "float vel_m_s;uint8_t fix_type;uint8_t satellites_used;uint8_t[2] _padding0;"
  private static let newReceiver =
    "vehicle_gps_position:uint64_t timestamp;uint64_t time_utc_usec;double latitude_deg;double longitude_deg;"
    + "double altitude_msl_m;float eph;float vel_m_s;uint8_t fix_type;uint8_t satellites_used;uint8_t[6] _padding0;"
  private static let nested = "esc_report:float rpm;int16_t state;"
  private static let nesting =
    "esc_status:uint64_t timestamp;esc_report[2] esc;uint8_t count;uint8_t[7] _padding0;"

  static func bytes(_ records: [SimulatedLog.Record], isNew: Bool) -> [UInt8] {
    var file: [UInt8] = [0x55, 0x4C, 0x6F, 0x67, 0x01, 0x12, 0x35, 1]
    file.append(little: UInt64(records[0].bootMicros))
    add(UInt8(ascii: "B"), [UInt8](repeating: 0, count: 40), &file)
    for format in [attitude, estimate, isNew ? newReceiver : oldReceiver, nested, nesting] {
      add(UInt8(ascii: "F"), Array(format.utf8), &file)
    }
    let key = "char[3] sys_name"
    add(UInt8(ascii: "I"), [UInt8(key.utf8.count)] + Array((key + "PX4").utf8), &file)
    let names = ["vehicle_attitude", "vehicle_global_position", "vehicle_gps_position", "esc_status"]
    for (id, name) in names.enumerated() {
      add(UInt8(ascii: "A"), [0, UInt8(id), 0] + Array(name.utf8), &file)
    }
    for (index, record) in records.enumerated() {
      add(UInt8(ascii: "D"), data(0, record) { appendAttitude(record, &$0) }, &file)
      if index % 2 == 0 { add(UInt8(ascii: "D"), data(1, record) { appendEstimate(record, &$0) }, &file) }
      if index % 5 == 0 {
        add(UInt8(ascii: "D"), data(2, record) { appendReceiver(record, isNew, index, &$0) }, &file)
        add(UInt8(ascii: "D"), data(3, record) { $0 += [UInt8](repeating: 7, count: 13) }, &file)
        add(UInt8(ascii: "S"), [0x2F, 0x73, 0x13, 0x20, 0x25, 0x0C, 0xBB, 0x12], &file)
        var text: [UInt8] = [UInt8(ascii: "6")]
        text.append(little: UInt64(record.bootMicros))
        add(UInt8(ascii: "L"), text + Array("hello".utf8), &file)
      }
      if index == records.count / 2 { add(UInt8(ascii: "O"), [20, 0], &file) }
    }
    return file
  }

  private static func add(_ type: UInt8, _ body: [UInt8], _ file: inout [UInt8]) {
    file.append(little: UInt16(body.count))
    file.append(type)
    file += body
  }

  private static func data(
    _ id: UInt16, _ record: SimulatedLog.Record, _ fill: (inout [UInt8]) -> Void
  ) -> [UInt8] {
    var body: [UInt8] = []
    body.append(little: id)
    body.append(little: UInt64(record.bootMicros))
    fill(&body)
    return body
  }

  private static func appendAttitude(_ record: SimulatedLog.Record, _ body: inout [UInt8]) {
    let half = [record.rollDegrees, record.pitchDegrees, record.yawDegrees].map { $0 * .pi / 360 }
    let (c, s) = (half.map { cos($0) }, half.map { sin($0) })
    body.append(Float(c[0] * c[1] * c[2] + s[0] * s[1] * s[2]))
    body.append(Float(s[0] * c[1] * c[2] - c[0] * s[1] * s[2]))
    body.append(Float(c[0] * s[1] * c[2] + s[0] * c[1] * s[2]))
    body.append(Float(c[0] * c[1] * s[2] - s[0] * s[1] * c[2]))
    body += [0]
  }

  private static func appendEstimate(_ record: SimulatedLog.Record, _ body: inout [UInt8]) {
    body.append(record.latitudeDegrees)
    body.append(record.longitudeDegrees)
    body.append(Float(record.altitudeMetersAMSL))
    body.append(Float(0.5))
  }

  private static func appendReceiver(
    _ record: SimulatedLog.Record, _ isNew: Bool, _ index: Int, _ body: inout [UInt8]
  ) {
    body.append(little: UInt64(record.utc.nanoseconds / 1000))
    if isNew {
      body.append(record.latitudeDegrees)
      body.append(record.longitudeDegrees)
      body.append(record.altitudeMetersAMSL)
    } else {
      body.append(little: units(record.latitudeDegrees, 1e-7) as Int32)
      body.append(little: units(record.longitudeDegrees, 1e-7) as Int32)
      body.append(little: units(record.altitudeMetersAMSL, 0.001) as Int32)
    }
    body.append(Float(1.2))
    body.append(Float(record.groundSpeedMetersPerSecond))
    // The first record has no fix yet.
    body += [index == 0 ? 0 : 3, 15]
  }
}
