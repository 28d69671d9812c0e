import FlightLogs
import InspectionModel
import Testing

/// The dialects of DJI's subtitles: units, order of longitude and latitude, clocks.
@Suite struct DJISubtitleTests {
  private func read(_ text: String, zone: UTCOffset = .shanghai) throws -> TelemetryLog {
    let log = try TelemetryLogReader.read(Array(text.utf8), assuming: zone)
    #expect(log.format == .djiSubtitles)
    return log
  }

  /// The only record of a log without damage.
  private func record(_ text: String) throws -> TelemetrySample {
    let log = try read(text)
    #expect(log.faults.isEmpty && log.skippedByteCount == 0, "\(log.faults)")
    #expect(log.samples.count == 1 && log.messageCounts.map(\.count) == [1])
    return try #require(log.samples.first)
  }

  private func radians(_ degrees: Double) -> Double { degrees * .pi / 180 }

  @Test func longitudeFirstWithHomeAndBarometer() throws {
    let sample = try record(
      """
      1
      00:00:01,000 --> 00:00:02,000
      HOME(149.0251,-20.2532) 2017.08.05 14:11:51
      GPS(149.0251,-20.2533,16) BAROMETER:1.9
      ISO:100 Shutter:60 EV: Fnum:2.2

      """)
    #expect(sample.position == GeodeticPosition(latitudeDegrees: -20.2533, longitudeDegrees: 149.0251))
    #expect(sample.heightMetersAboveTakeoff == 1.9)
    // The third number counts satellites; it is no altitude.
    #expect(sample.altitudeMetersAMSL == nil && sample.gimbal == nil && sample.yawRadians == nil)
    #expect(sample.logTimeNanoseconds == 1_000_000_000)
    #expect(sample.timestamp?.iso8601() == "2017-08-05T06:11:51.000Z")
  }

  @Test func unpaddedDateAndShortNames() throws {
    let sample = try record(
      """
      1
      00:00:01,000 --> 00:00:02,000
      HOME(149.0251,-20.2532) 2017.8.5 14:11:51
      GPS(149.0251,-20.2533,16) Hb:-1.9 Hs:2.5
      ISO:100 TV:60 EV: 0 IR:F2.8

      """)
    #expect(sample.heightMetersAboveTakeoff == -1.9)
    #expect(sample.timestamp?.iso8601() == "2017-08-05T06:11:51.000Z")
  }

  @Test func bracketsWithoutTimeCodeAndAMisspeltKey() throws {
    let log = try read(
      """
      1
      2017.08.05 14:11:51,393,525,393,525
      [latitude : -20.2533] [longtitude : 149.0251] [iso : 100] [shutter : 1/60.0] [ev : 0] [fnum : 220]

      2
      2017.08.05 14:11:52,401,007
      [latitude : -20.2533] [longtitude : 149.0252] [iso : 100] [shutter : 1/60.0] [ev : 0] [fnum : 220]

      """)
    #expect(log.faults.isEmpty && log.samples.count == 2)
    #expect(log.samples[1].position?.longitudeDegrees == 149.0252)
    #expect(log.samples[0].timestamp?.nanoseconds == 1_501_913_511_393_525_000)
    // Without a time code the log's clock is the time since its first date.
    #expect(log.samples.map(\.logTimeNanoseconds) == [0, 1_007_482_000])
  }

  @Test func oneLineWithAttitude() throws {
    let sample = try record(
      """
      1
      00:00:00,000 --> 00:00:01,000
      F/5.6, SS 400, ISO 100, EV 0, GPS (-58.851745, -34.237922, 15), HOME (-58.847509, -34.232707, \
      -57.98m), D 698.70m, H 85.80m, H.S 2.88m/s, V.S 0.00m/s, F.PRY (2.7°, -7.0°, 110.1°), \
      G.PRY (-24.4°, 0.5°, 110.4°)


      """)
    #expect(sample.position == GeodeticPosition(latitudeDegrees: -34.237922, longitudeDegrees: -58.851745))
    #expect(sample.heightMetersAboveTakeoff == 85.8 && sample.groundSpeedMetersPerSecond == 2.88)
    #expect(sample.pitchRadians == radians(2.7) && sample.rollRadians == radians(-7))
    #expect(sample.yawRadians == radians(110.1))
    let gimbal = GimbalPose(
      rollRadians: radians(0.5), pitchRadians: radians(-24.4), yawRadians: radians(110.4))
    #expect(sample.gimbal == gimbal)
    #expect(sample.timestamp == nil && sample.logTimeNanoseconds == 0)
  }

  @Test func oneLineWithoutSpeedAndAttitude() throws {
    let sample = try record(
      """
      1
      00:00:00,000 --> 00:00:01,000
      F/2.8, SS 30.15, ISO 260, EV -1.7, GPS (-121.7458, 48.0771, 17), D 221.21m, H 200.70m, H.S n/a, V.S n/a\u{20}

      """)
    #expect(sample.position == GeodeticPosition(latitudeDegrees: 48.0771, longitudeDegrees: -121.7458))
    #expect(sample.heightMetersAboveTakeoff == 200.7)
    #expect(sample.groundSpeedMetersPerSecond == nil && sample.gimbal == nil)
  }

  @Test func tagsAndBracketsWithMicroseconds() throws {
    for count in ["SrtCnt : 1", "FrameCnt: 1"] {
      for keys in [("latitude", "longitude"), ("latitude ", "longtitude "), ("Latitude", "Longitude")] {
        let sample = try record(
          """
          \u{FEFF}1
          00:00:00,033 --> 00:00:00,066
          <font size="36">\(count), DiffTime : 33ms
          2022-08-07 13:40:40,774,808
          [iso : 100] [shutter : 1/80.0] [fnum : 280] [ct : 5744] [focal_len : 240] [\(keys.0): 41.424724] \
          [\(keys.1): 2.234156] [altitude: 117.500000] </font>

          """)
        #expect(sample.position == GeodeticPosition(latitudeDegrees: 41.424724, longitudeDegrees: 2.234156))
        #expect(sample.altitudeMetersAMSL == 117.5 && sample.heightMetersAboveTakeoff == nil)
        #expect(sample.logTimeNanoseconds == 33_000_000)
        #expect(sample.timestamp?.nanoseconds == 1_659_850_840_774_808_000)
      }
    }
  }

  @Test func twoValuesInOneBracket() throws {
    let sample = try record(
      """
      1
      00:00:00,000 --> 00:00:00,033
      <font size="28">FrameCnt: 1, DiffTime: 33ms
      2023-10-01 09:15:02.123
      [iso: 100] [shutter: 1/2000.0] [fnum: 3.2] [ev: 0] [ct: 5500] [color_md: default] [focal_len: 24.00] \
      [latitude: 29.290000] [longitude: 106.250000] [rel_alt: -2.400 abs_alt: 210.401] \
      [gb_yaw: -4.4 gb_pitch: -90.0 gb_roll: 0.0] </font>

      """)
    #expect(sample.heightMetersAboveTakeoff == -2.4 && sample.altitudeMetersAMSL == 210.401)
    let gimbal = GimbalPose(rollRadians: 0, pitchRadians: -.pi / 2, yawRadians: radians(-4.4))
    #expect(sample.gimbal == gimbal)
    #expect(sample.timestamp?.iso8601() == "2023-10-01T01:15:02.123Z")
  }

  @Test func latitudeFirstWhereTheThirdNumberIsInMetres() throws {
    let text =
      "1\r\n00:00:00,000 --> 00:00:01,000\r\n2022.06.21 16:06:17\r\n"
      + "GPS(36.6146,-6.1120,0.0M) BAROMETER:0.3M\r\n\r\n"
    let sample = try record(text)
    #expect(sample.position == GeodeticPosition(latitudeDegrees: 36.6146, longitudeDegrees: -6.112))
    #expect(sample.heightMetersAboveTakeoff == 0.3)
  }

  @Test func zoneMovesTheDateAndNothingElse() throws {
    let text =
      "1\n00:00:01,000 --> 00:00:02,000\n2022-08-07 13:40:40,774,808\n[latitude: 41.4] [longitude: 2.2]\n"
    let (shanghai, utc) = try (read(text), read(text, zone: .utc))
    #expect(utc.samples[0].timestamp!.seconds(since: shanghai.samples[0].timestamp!) == 8 * 3600)
    #expect(utc.samples[0].logTimeNanoseconds == shanghai.samples[0].logTimeNanoseconds)
  }

  /// Goggles write radio and battery values: a log without telemetry, and no damage.
  @Test func gogglesHaveNoPosition() throws {
    let sample = try record(
      "1\n00:00:00,000 --> 00:00:00,500\nsignal:4 ch:2 flightTime:14 uavBat:15.9V glsBat:7.8V delay:24ms\n")
    #expect(sample == TelemetrySample(logTimeNanoseconds: 0))
  }

  @Test func positionsBeforeTheFixAreNone() throws {
    for line in [
      "GPS(0.0000,0.0000,0) BAROMETER:1.0", "GPS(N/A,N/A,N/A) BAROMETER:1.0", "GPS() BAROMETER:1.0",
    ] {
      let log = try read("1\n00:00:00,000 --> 00:00:01,000\n\(line)\n")
      #expect(log.samples[0].position == nil && log.samples[0].heightMetersAboveTakeoff == 1, "\(line)")
    }
    let brackets = "[latitude: 0.000000] [longitude: 0.000000] [rel_alt: 0.000 abs_alt: 0.000]"
    #expect(try record("1\n00:00:00,000 --> 00:00:01,000\n\(brackets)\n").position == nil)
    #expect(try record("1\n00:00:00,000 --> 00:00:01,000\n[iso : 100] [ev : 0]\n").position == nil)
  }
}
