import FlightLogs
import InspectionModel
import Testing

/// Airdata's CSV: columns by name, units by header, times, photos, damage.
@Suite struct AirdataTests {
  private static let header =
    "time(millisecond),datetime(utc),latitude,longitude,height_above_takeoff(feet),"
    + "altitude_above_seaLevel(feet),speed(mph), compass_heading(degrees), pitch(degrees), roll(degrees),"
    + "isPhoto,gimbal_heading(degrees),gimbal_pitch(degrees),message"

  private func read(_ lines: String..., header: String = header) throws -> TelemetryLog {
    let log = try TelemetryLogReader.read(Array(([header] + lines).joined(separator: "\n").utf8) + [10])
    #expect(log.format == .airdata)
    return log
  }

  private func radians(_ degrees: Double) -> Double { degrees * .pi / 180 }

  @Test func imperialUnitsAndLeadingBlanks() throws {
    let log = try read(
      "1500,2021-09-06 02:47:58,47.5726823268315,-122.626668724063,100,328.084,10,349.9, 2.3, -1.6,0,268,-90,Hi, all"
    )
    let sample = try #require(log.samples.first)
    #expect(log.faults.isEmpty && log.samples.count == 1)
    #expect(sample.logTimeNanoseconds == 1_500_000_000)
    #expect(sample.timestamp?.iso8601() == "2021-09-06T02:47:58.000Z")
    #expect(
      sample.position
        == GeodeticPosition(latitudeDegrees: 47.5726823268315, longitudeDegrees: -122.626668724063))
    #expect(abs(sample.heightMetersAboveTakeoff! - 30.48) < 1e-12)
    #expect(abs(sample.altitudeMetersAMSL! - 100.0000032) < 1e-9)
    #expect(abs(sample.groundSpeedMetersPerSecond! - 4.4704) < 1e-12)
    #expect(sample.yawRadians == radians(349.9) && sample.pitchRadians == radians(2.3))
    #expect(sample.rollRadians == radians(-1.6))
    #expect(sample.gimbal == GimbalPose(pitchRadians: -.pi / 2, yawRadians: radians(268)))
  }

  @Test func metricUnitsAndAnotherOrder() throws {
    for (length, speed, factor) in [
      ("meters", "m/s", 1.0), ("m", "km/h", 1 / 3.6), ("metres", "knots", 1852.0 / 3600),
    ] {
      let header =
        "\"speed(\(speed))\",longitude,latitude,Height_Above_Takeoff(\(length)),time(ms),gimbal_roll(degrees)"
      let log = try read("\"18\",106.25,29.29,\" 45.5\",250,1.5", header: header)
      let sample = try #require(log.samples.first)
      #expect(log.faults.isEmpty)
      #expect(sample.position == GeodeticPosition(latitudeDegrees: 29.29, longitudeDegrees: 106.25))
      #expect(sample.heightMetersAboveTakeoff == 45.5 && sample.logTimeNanoseconds == 250_000_000)
      #expect(abs(sample.groundSpeedMetersPerSecond! - 18 * factor) < 1e-12)
      #expect(sample.gimbal == GimbalPose(rollRadians: radians(1.5)))
      #expect(sample.timestamp == nil)
    }
  }

  @Test func unknownUnitsAreNamedNotGuessed() throws {
    let log = try read(
      "0,29.29,106.25,12,5",
      header: "time(millisecond),latitude,longitude,height_above_takeoff(fathoms),speed(mach)")
    #expect(log.faults.map(\.place) == [.line(1), .line(1)])
    #expect(log.faults[0].message.contains("fathoms") && log.faults[1].message.contains("mach"))
    #expect(
      log.samples[0].heightMetersAboveTakeoff == nil && log.samples[0].groundSpeedMetersPerSecond == nil)
    #expect(log.samples[0].position != nil)
  }

  @Test func otherTablesAreNotAirdata() {
    for header in [
      "latitude,longitude", "time(millisecond),latitude", "time,latitude,longitude", "a,b,c",
      "time(second),latitude,longitude", "time(millisecond);latitude;longitude", "",
    ] {
      #expect(TelemetryLogFormat.detect(Array((header + "\n0,1,2\n").utf8)) == nil, "\(header)")
    }
    let marked = [0xEF, 0xBB, 0xBF] + Array("time(millisecond),latitude,longitude\r\n0,29,106\r\n".utf8)
    #expect(TelemetryLogFormat.detect(marked) == .airdata)
  }

  /// `datetime(utc)` has whole seconds: the recorder's milliseconds carry the clock on from its first value.
  @Test func clockRunsOnMilliseconds() throws {
    let log = try read(
      "0,2021-09-06 02:47:58,29,106", "900,2021-09-06 02:47:58,29,106", "1600,2021-09-06 02:48:09,29,106",
      "1700,,29,106", header: "time(millisecond),datetime(utc),latitude,longitude")
    let first = try #require(log.samples[0].timestamp)
    #expect(log.samples.map { $0.timestamp!.seconds(since: first) } == [0, 0.9, 1.6, 1.7])
    let late = try read(
      "500,not yet,29,106", "1500,2021-09-06 02:47:58,29,106",
      header: "time(millisecond),datetime(utc),latitude,longitude")
    #expect(late.samples[0].timestamp == nil)
    #expect(late.samples[1].timestamp?.iso8601() == "2021-09-06T02:47:58.000Z")
  }

  @Test func zerosAreNoPositionAndNoDamage() throws {
    let log = try read(
      "0,0,0,0", "100,0,106.25,1", "200,29.29,106.25,2",
      header: "time(millisecond),latitude,longitude,altitude_above_seaLevel(meters)")
    #expect(log.faults.isEmpty)
    #expect(log.samples.map { $0.position == nil } == [true, false, false])
    #expect(log.samples.map(\.altitudeMetersAMSL) == [0, 1, 2])
  }

  @Test func aPhotoIsARisingEdge() throws {
    let flags = [1, 0, 0, 1, 1, 1, 0, 1, 0]
    let rows = flags.enumerated().map { "\($0.offset * 100),29,106,\($0.element)" }.joined(separator: "\n")
    let log = try read(rows, header: "time(millisecond),latitude,longitude,isPhoto")
    #expect(log.photoIndices == [0, 3, 7])
  }

  @Test func damagedRowsAreNamedAndTheRestIsRead() throws {
    let log = try read(
      "0,29.29,106.25,10", "", "x,29.29,106.25,10", "200,29.29", "300,129.29,106.25,10",
      "400,29.29,106.25,1e9",
      "1e300,29,106,1", "500,29.29,106.25,n/a",
      header: "time(millisecond),latitude,longitude,altitude_above_seaLevel(meters)")
    #expect(log.samples.map(\.logTimeNanoseconds) == [0, 200, 300, 400, 500].map { $0 * 1_000_000 })
    #expect(log.faults.map(\.place) == [4, 5, 6, 7, 8].map { .line($0) })
    #expect(log.samples[1].position == nil && log.samples[2].position == nil)
    #expect(log.samples[2].altitudeMetersAMSL == 10 && log.samples[3].altitudeMetersAMSL == nil)
    #expect(log.samples[4].altitudeMetersAMSL == nil)
    #expect(log.skippedByteCount == "x,29.29,106.25,10".utf8.count + "1e300,29,106,1".utf8.count)
  }

  @Test func recordsAreBounded() throws {
    let rows = (0..<9).map { "\($0),29,106\n" }.joined()
    let bytes = Array(("time(millisecond),latitude,longitude\n" + rows).utf8)
    let log = try TelemetryLogReader.read(bytes, sampleLimit: 4)
    #expect(log.samples.count == 4 && log.faults.map(\.place) == [.line(6)])
    #expect(try TelemetryLogReader.read(bytes, sampleLimit: 9).faults.isEmpty)
  }

  @Test func headerAloneHoldsNothing() {
    let error = #expect(throws: TelemetryLogError.self) { try read() }
    #expect(error?.message.contains("no row with a time") == true)
  }

  /// Cut anywhere in its last row, a file gives whole values only.
  @Test func everyPrefixGivesWholeValuesOnly() throws {
    let header = "time(millisecond),latitude,longitude,speed(m/s),altitude_above_seaLevel(meters),message\n"
    let row = "12345,29.291234,106.251234,12.75,310.25,text"
    for count in 1...row.count {
      guard let log = try? TelemetryLogReader.read(Array((header + row.prefix(count)).utf8)) else { continue }
      let sample = log.samples[0]
      #expect(sample.logTimeNanoseconds == 12_345_000_000)
      #expect(sample.position == nil || sample.position?.longitudeDegrees == 106.251234)
      #expect(sample.groundSpeedMetersPerSecond == nil || sample.groundSpeedMetersPerSecond == 12.75)
      #expect(sample.altitudeMetersAMSL == nil || sample.altitudeMetersAMSL == 310.25)
    }
  }
}
