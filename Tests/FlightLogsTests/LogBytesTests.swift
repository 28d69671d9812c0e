import FlightLogs
import InspectionModel
import TestSupport
import Testing

/// Logs written down byte by byte from their formats' descriptions.
@Suite struct LogBytesTests {
  private func little<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
    (0..<Number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }

  // MARK: - ULog

  private func ulog(_ messages: (Character, [UInt8])...) -> [UInt8] {
    var bytes: [UInt8] = [0x55, 0x4C, 0x6F, 0x67, 0x01, 0x12, 0x35, 0] + little(UInt64(1000))
    for (type, body) in messages { bytes += little(UInt16(body.count)) + [type.asciiValue!] + body }
    return bytes
  }

  private static let format =
    "vehicle_gps_position:uint64_t timestamp;int32_t lat;int32_t lon;int32_t alt;uint8_t fix_type;"

  private func receiver(_ id: UInt16, _ micros: UInt64, fix: UInt8 = 3, latitude: Int32 = 292_900_000)
    -> [UInt8]
  {
    little(id) + little(micros) + little(latitude) + little(Int32(1_062_500_000)) + little(Int32(212_345)) + [
      fix
    ]
  }

  @Test func aULogDescribesItself() throws {
    let log = try TelemetryLogReader.read(
      ulog(
        ("B", [UInt8](repeating: 0, count: 40)), ("F", Array(Self.format.utf8)),
        ("I", [13] + Array("char[3] abcPX4".utf8)),
        ("A", [0] + little(UInt16(9)) + Array("vehicle_gps_position".utf8)),
        ("D", receiver(9, 2_000_000)), ("D", receiver(9, 3_000_000, fix: 1)), ("Y", [1, 2, 3]),
        ("D", receiver(9, 4_000_000)), ("O", [10, 0])))
    #expect(log.format == .ulog && log.faults.isEmpty)
    #expect(log.messageCounts.map(\.name) == ["vehicle_gps_position"] && log.messageCounts[0].count == 3)
    #expect(log.samples.map(\.logTimeNanoseconds) == [2_000_000_000, 4_000_000_000])
    #expect(log.samples[0].position == GeodeticPosition(latitudeDegrees: 29.29, longitudeDegrees: 106.25))
    #expect(log.samples[0].altitudeMetersAMSL == 212.345)
  }

  @Test func aULogGoesOnAfterDamage() throws {
    var bytes = ulog(
      ("F", Array(Self.format.utf8)), ("A", [0, 0, 0] + Array("vehicle_gps_position".utf8)),
      ("D", receiver(0, 2_000_000)))
    let place = bytes.count
    bytes += [0xFF, 0xFF, 0x44, 0x99, 0x99, 0, 0, 7]
    for index in 0..<5 {
      let body = receiver(0, 3_000_000 + UInt64(index))
      bytes += little(UInt16(body.count)) + [0x44] + body
    }
    let log = try TelemetryLogReader.read(bytes)
    #expect(log.samples.count == 6 && log.skippedByteCount == 8 && log.faults.map(\.place) == [.byte(place)])
  }

  /// Data that were appended later begin at a stated place, whatever stands before it.
  @Test func aULogWithAppendedData() throws {
    var flags = [UInt8](repeating: 0, count: 40)
    flags[8] = 1
    let start = ulog(
      ("B", flags), ("F", Array(Self.format.utf8)), ("A", [0, 0, 0] + Array("vehicle_gps_position".utf8)),
      ("D", receiver(0, 2_000_000)))
    let body = receiver(0, 3_000_000)
    let message = little(UInt16(body.count)) + [0x44] + body
    var bytes = start + message.prefix(9)
    let appended = bytes.count
    bytes += message
    bytes.replaceSubrange(16 + 3 + 16..<16 + 3 + 24, with: little(UInt64(appended)))
    let log = try TelemetryLogReader.read(bytes)
    #expect(log.samples.map(\.logTimeNanoseconds) == [2_000_000_000, 3_000_000_000])
    #expect(log.skippedByteCount == 9 && log.faults.map(\.place) == [.byte(start.count)])
  }

  @Test func aULogWithoutPositionsIsNoError() throws {
    let log = try TelemetryLogReader.read(
      ulog(
        ("F", Array("cpuload:uint64_t timestamp;float load;".utf8)),
        ("A", [0, 0, 0] + Array("cpuload".utf8)),
        ("D", little(UInt16(0)) + little(UInt64(5)) + little(UInt32(0)))))
    #expect(log.samples.isEmpty && log.messageCounts.map(\.count) == [1] && log.faults.isEmpty)
  }

  // MARK: - DataFlash

  private func declaration(
    _ type: UInt8, _ length: UInt8, _ name: String, _ letters: String, _ columns: String
  ) -> [UInt8] {
    func filled(_ text: String, _ count: Int) -> [UInt8] {
      Array(text.utf8) + [UInt8](repeating: 0, count: count - text.utf8.count)
    }
    return [0xA3, 0x95, 0x80, type, length] + filled(name, 4) + filled(letters, 16) + filled(columns, 64)
  }

  @Test func dataFlashDescribesItself() throws {
    var bytes = declaration(0x80, 89, "FMT", "BBnNZ", "Type,Length,Name,Format,Columns")
    bytes += declaration(1, 24, "GPS", "QBLLe", "TimeUS,Status,Lat,Lng,Alt")
    let record =
      [0xA3, 0x95, 1] + little(UInt64(5_000_000)) + [3] + little(Int32(292_900_000))
      + little(Int32(1_062_500_000))
      + little(Int32(21_234))
    var unfixed = record
    unfixed[11] = 1
    bytes += record + unfixed
    let place = bytes.count
    bytes += [0xA3, 0x95, 77, 0, 0xA3] + record + record.prefix(10)
    let log = try TelemetryLogReader.read(bytes)
    #expect(log.messageCounts.map(\.name) == ["GPS", "FMT"] && log.messageCounts.map(\.count) == [3, 2])
    #expect(log.samples.count == 2)
    #expect(log.samples[0].position == GeodeticPosition(latitudeDegrees: 29.29, longitudeDegrees: 106.25))
    #expect(log.samples[0].altitudeMetersAMSL == 212.34 && log.samples[0].logTimeNanoseconds == 5_000_000_000)
    #expect(log.faults.map(\.place) == [.byte(place), .byte(bytes.count - 10)] && log.skippedByteCount == 15)
  }

  // MARK: - KLV

  private static let key: [UInt8] = [6, 0x0E, 0x2B, 0x34, 2, 0x0B, 1, 1, 0x0E, 1, 3, 1, 1, 0, 0, 0]

  private func packet(_ tags: [UInt8]) -> [UInt8] {
    var packet = Self.key + [UInt8(tags.count + 4)] + tags + [1, 2]
    let sum = packet.enumerated().reduce(UInt16(0)) {
      $0 &+ UInt16($1.element) << ($1.offset % 2 == 0 ? 8 : 0)
    }
    packet += [UInt8(sum >> 8), UInt8(sum & 0xFF)]
    return packet
  }

  private static let time: [UInt8] = [2, 8, 0, 4, 0x60, 0x50, 0x58, 0x4E, 1, 0x80]

  @Test func numbersOfAPacketAreMapped() throws {
    // Heading 159.9744 degrees, latitude 60.1768, longitude 128.4267, altitude 14190.7 (examples of the standard).
    let tags: [UInt8] =
      Self.time + [
        5, 2, 0x71, 0xC2, 13, 4, 0x55, 0x95, 0xB6, 0x6D, 14, 4, 0x5B, 0x53, 0x60, 0xC4, 15, 2, 0xC2, 0x21,
      ]
    let log = try TelemetryLogReader.read(packet(tags))
    let sample = try #require(log.samples.first)
    #expect(sample.timestamp == Timestamp(nanoseconds: 1_231_798_102_000_000_000))
    #expect(abs(sample.yawRadians! * 180 / .pi - 159.974365) < 1e-5)
    #expect(abs(sample.position!.latitudeDegrees - 60.1768229669783) < 1e-9)
    #expect(abs(sample.position!.longitudeDegrees - 128.426759042045) < 1e-9)
    #expect(abs(sample.altitudeMetersAMSL! - 14190.7195) < 1e-3)
  }

  @Test func noValueIsNoValue() throws {
    let tags = Self.time + [13, 4, 0x80, 0, 0, 0, 14, 4, 0x5B, 0x53, 0x60, 0xC4, 6, 2, 0x80, 0, 11, 0]
    let sample = try #require(try TelemetryLogReader.read(packet(tags)).samples.first)
    #expect(sample.position == nil && sample.pitchRadians == nil)
  }

  @Test func aWrongChecksumIsNotBelieved() throws {
    let good = packet(Self.time)
    var bad = good
    bad[20] ^= 1
    let log = try TelemetryLogReader.read(good + bad + [1, 2, 3] + good)
    #expect(log.samples.count == 2 && log.messageCounts.map(\.count) == [2])
    #expect(log.skippedByteCount == bad.count + 3 && log.faults.first?.place == .byte(good.count))
  }

  /// Some senders never get it right: their packets are read, and named.
  @Test func checksumsThatAreNeverRightAreNamed() throws {
    var bad = packet(Self.time)
    bad[bad.count - 1] ^= 1
    for count in [1, 3, 8, 20] {
      let log = try TelemetryLogReader.read(Array([[UInt8]](repeating: bad, count: count).joined()))
      #expect(log.samples.count == count && log.faultCount == count && log.skippedByteCount == 0)
    }
    let mixed = try TelemetryLogReader.read(bad + bad + packet(Self.time) + bad)
    #expect(mixed.samples.count == 1 && mixed.skippedByteCount == 3 * bad.count)
  }

  /// A flipped bit in a latitude is no place; two logs in one file are.
  @Test func positionsOutOfReachAreRefusedOnce() throws {
    func text(_ latitudes: [String]) -> [UInt8] {
      let rows = latitudes.enumerated().map { "\($0.offset * 100),\($0.element),106.25,10\n" }.joined()
      return Array(("time(millisecond),latitude,longitude,altitude_above_seaLevel(meters)\n" + rows).utf8)
    }
    let flipped = try TelemetryLogReader.read(text(["29.29", "29.2901", "69.29", "29.2902"]))
    #expect(flipped.samples.map { $0.position == nil } == [false, false, true, false])
    #expect(flipped.samples[2].altitudeMetersAMSL == nil && flipped.faults.map(\.place) == [.line(4)])
    let joined = try TelemetryLogReader.read(text(["29.29", "29.2901", "39.29", "39.2901", "39.2902"]))
    #expect(joined.samples.map { $0.position == nil } == [false, false, true, false, false])
  }

  // MARK: - Text

  @Test func gpxAttributesComeInAnyOrder() throws {
    let text = """
      <?xml version='1.0'?><!DOCTYPE gpx [<!ENTITY a "b">]>
      <gpx><trk><trkseg><trkpt lon = '106.25' lat="29.29"><ele> 212.5 </ele><time>2026-11-24T01:30:00Z</time></trkpt>
      <!-- <trkpt lat="1" lon="1"/> --><trkpt lat="29.3" lon="106.26"/><trkpt lat="0" lon="0"></trkpt>
      <trkpt lat="x" lon="106"></trkpt></trkseg></trk></gpx>
      """
    let log = try TelemetryLogReader.read(Array(text.utf8))
    #expect(log.samples.count == 4 && log.faultCount == 1)
    #expect(log.samples[0].position == GeodeticPosition(latitudeDegrees: 29.29, longitudeDegrees: 106.25))
    #expect(log.samples[0].altitudeMetersAMSL == 212.5)
    #expect(log.samples[0].timestamp?.iso8601() == "2026-11-24T01:30:00.000Z")
    #expect(
      log.samples[1].position != nil && log.samples[1].timestamp == nil && log.samples[2].position == nil)
  }

  @Test func marksOfPhotosHaveGPSTime() throws {
    let line =
      "2\t296288.242869\t[2211]\t     3,N\t     0,E\t    75,V\t47.6436873208,Lat\t16.4759271684,Lon\t"
      + "512.998,Ellh\t0.014391, 0.013698, 0.029694\t50,Q\n"
    let log = try TelemetryLogReader.read(Array(line.utf8))
    let sample = try #require(log.samples.first)
    #expect(log.format == .photoMarks && log.photoIndices == [0])
    // Week 2211 began on 2022-05-22; GPS is 18 s ahead.
    #expect(sample.timestamp?.iso8601() == "2022-05-25T10:17:50.242Z")
    #expect(sample.position?.latitudeDegrees == 47.6436873208 && sample.altitudeMetersAMSL == nil)
    #expect(sample.ellipsoidHeightMeters == 512.998)
  }

  @Test func remoteIDNumbersAreMapped() throws {
    // Values decoded by opendroneid-core-c: direction 177, speed 10.75, climb 17.5, heights 166, 353.5 and 107.5.
    let digits = "1224b12b236cc0bd0c8c629d2e1c09930aa7080064986c0d00"
    let bytes = stride(from: 0, to: 50, by: 2).map { UInt8(digits.dropFirst($0).prefix(2), radix: 16)! }
    guard case .location(let location) = RemoteIDMessage(bytes) else {
      Issue.record("expected a location")
      return
    }
    #expect(abs(location.courseRadians! * 180 / .pi - 177) < 1e-9 && location.climbMetersPerSecond == 17.5)
    #expect(location.sample.groundSpeedMetersPerSecond == 10.75 && location.secondsOfHour == 2780)
    #expect(abs(location.sample.position!.latitudeDegrees - 21.3762156) < 1e-9)
    #expect(abs(location.sample.position!.longitudeDegrees - 78.2066316) < 1e-9)
    #expect(location.sample.ellipsoidHeightMeters == 353.5)
    guard
      case .location(let empty) = RemoteIDMessage(
        [0x12, 3, 0xB5, 0xFF, 0x7E] + [UInt8](repeating: 0, count: 20))
    else {
      Issue.record("expected a location")
      return
    }
    #expect(empty.sample.isEqualToNothing && empty.courseRadians == nil && empty.climbMetersPerSecond == nil)
  }

  @Test func docksAreNoAircraft() throws {
    let dock =
      #"{"gateway":"D","timestamp":1667220873845,"data":{"drone_in_dock":1,"latitude":29.1,"longitude":106.1}}"#
    #expect(OSDReading(Array(dock.utf8)) == nil)
    let aircraft =
      #"{"timestamp":1667220873845,"data":{"attitude_head":-90,"latitude":29.29,"longitude":"106.25","height":178.5,"elevation":12}}"#
    let reading = try #require(OSDReading(Array(aircraft.utf8)))
    #expect(reading.sample.position == GeodeticPosition(latitudeDegrees: 29.29, longitudeDegrees: 106.25))
    #expect(reading.sample.yawRadians == -.pi / 2 && reading.sample.ellipsoidHeightMeters == 178.5)
    #expect(reading.sample.altitudeMetersAMSL == nil && reading.sample.heightMetersAboveTakeoff == 12)
    #expect(reading.sample.timestamp == Timestamp(milliseconds: 1_667_220_873_845))
    for text in [
      "", "{", "[1,2", "{\"data\":{\"latitude\":}}", String(repeating: "[", count: 5000), "{\"a\":1}x",
    ] {
      #expect(OSDReading(Array(text.utf8)) == nil, "\(text.prefix(20))")
    }
  }
}

extension TelemetrySample {
  fileprivate var isEqualToNothing: Bool { self == TelemetrySample() }
}
