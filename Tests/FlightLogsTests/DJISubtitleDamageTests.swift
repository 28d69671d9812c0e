import FlightLogs
import InspectionModel
import TestSupport
import Testing

/// Broken subtitle files: what is whole is used, what is not is named with its line.
@Suite struct DJISubtitleDamageTests {
  private func read(_ text: String) throws -> TelemetryLog {
    try TelemetryLogReader.read(Array(text.utf8))
  }

  private static let block = """
    00:00:01,000 --> 00:00:02,000
    HOME(-58.4563,-34.7386) 2017.07.03 10:15:03
    GPS(-58.4563,-34.7383,19) BAROMETER:20.1
    ISO:100 Shutter:400 EV:-1/3 Fnum:F2.8

    """

  @Test func emptyFilesHoldNothing() {
    for text in ["", "\n\n", "1", "1\n", "1\n2\n3\n"] {
      let error = #expect(throws: TelemetryLogError.self) { try read(text) }
      #expect(error?.message.isEmpty == false)
    }
    #expect(throws: TelemetryLogError.unknownFormat(firstBytes: [])) { try read("") }
    #expect(
      throws: TelemetryLogError.noRecords(
        format: .djiSubtitles, place: .line(1), message: "found 1 subtitles without time")
    ) { try read("1\n") }
  }

  @Test func blocksWithoutContentAreNamedAndSkipped() throws {
    let log = try read("1\n\(Self.block)2\nnothing of ours\n\n3\n\(Self.block)")
    #expect(log.samples.count == 2)
    #expect(log.faults.map(\.place) == [.line(6)] && log.faultCount == 1)
    #expect(log.skippedByteCount == "2".utf8.count + "nothing of ours".utf8.count)
  }

  @Test func textBeforeTheFirstNumberIsNotOurs() {
    #expect(throws: TelemetryLogError.self) { try read("hello\n1\n\(Self.block)") }
  }

  @Test func numbersOutsideTheirRangeAreNamed() throws {
    for (line, isPositionLost) in [
      ("GPS(106.2500,129.2900,19) BAROMETER:20.1", true), ("GPS(206.25,29.29,19) BAROMETER:20.1", true),
      ("GPS(106.25,29.29,19) BAROMETER:999999.0", false), ("F/1, GPS (106.25, 29.29, 9), H 99999m", false),
      ("F/1, GPS (106.25, 29.29, 9), H 10m, H.S 5000m/s", false),
      ("F/1, GPS (106.25, 29.29, 9), G.PRY (-500.0°, 0.0°, 0.0°)", false),
    ] {
      let log = try read("7\n00:00:00,000 --> 00:00:01,000\n\(line)\n")
      #expect(log.faults.map(\.place) == [.line(1)], "\(line)")
      #expect((log.samples[0].position == nil) == isPositionLost, "\(line)")
      #expect(log.samples[0].gimbal?.pitchRadians == nil && log.samples[0].groundSpeedMetersPerSecond == nil)
      #expect(log.samples[0].heightMetersAboveTakeoff ?? 0 < 100)
    }
  }

  /// Cut anywhere, a file gives the values of its whole, or none: half a number is another number.
  @Test(arguments: [
    block, "00:00:01,000 --> 00:00:02,000\n2022.06.21 16:06:17\nGPS(36.6146,-6.1120,0.0M) BAROMETER:10.3M\n",
    "00:00:01,000 --> 00:00:02,000\nF/5.6, GPS (-58.85, -34.23, 15), H 85.80m, H.S 12.88m/s, F.PRY (2.7°, -7.0°, 110.1°)\n",
    "2017.08.05 14:11:51,393,525\n[latitude : -20.2533] [longtitude : 149.0251] [rel_alt: 12.5 abs_alt: 210.4]\n",
  ])
  func everyPrefixGivesWholeValuesOnly(block: String) throws {
    let bytes = Array(("1\n" + block).utf8)
    let whole = try TelemetryLogReader.read(bytes).samples[0]
    for count in 0..<bytes.count {
      guard let log = try? TelemetryLogReader.read(Array(bytes.prefix(count))) else { continue }
      let part = try #require(log.samples.first)
      for (a, b) in [
        (part.heightMetersAboveTakeoff, whole.heightMetersAboveTakeoff),
        (part.altitudeMetersAMSL, whole.altitudeMetersAMSL), (part.yawRadians, whole.yawRadians),
        (part.groundSpeedMetersPerSecond, whole.groundSpeedMetersPerSecond),
        (part.position?.latitudeDegrees, whole.position?.latitudeDegrees),
        (part.position?.longitudeDegrees, whole.position?.longitudeDegrees),
      ] {
        #expect(a == nil || a == b, "\(count) bytes: \(String(decoding: bytes.prefix(count), as: UTF8.self))")
      }
      #expect(part.timestamp == nil || part.timestamp == whole.timestamp, "\(count) bytes")
    }
  }

  @Test func unclosedBracketsAreNamed() throws {
    for line in ["[latitude : 29.29] [longitude : 106.2", "F/1, GPS (106.25, 29.2"] {
      let log = try read("1\n00:00:01,000 --> 00:00:02,000\n\(line)")
      #expect(log.faults.map(\.message) == ["expected a closing bracket"])
      #expect(log.samples[0].position == nil)
    }
  }

  @Test func impossibleClocksAreLeftOut() throws {
    for code in [
      "00:61:00,000 --> x", "00:00:61,000 --> x", "00:00:01 --> x", "aa:00:01,000 --> x", "--> 00:00:01,000",
      "00:00:01,00 --> x",
    ] {
      let log = try read("1\n\(code)\n2022.06.21 16:06:17\nGPS(106.25,29.29,9)\n")
      #expect(log.samples[0].logTimeNanoseconds == 0, "\(code)")
    }
    for date in ["2022.13.21 16:06:17", "2022.06.31 16:06:17", "2022.06.21 25:06:17", "22.06.21 16:06:17"] {
      let log = try read("1\n00:00:02,500 --> 00:00:03,000\n\(date)\nGPS(106.25,29.29,9)\n")
      #expect(log.samples[0].timestamp == nil && log.samples[0].logTimeNanoseconds == 2_500_000_000)
    }
    let error = #expect(throws: TelemetryLogError.self) { try read("1\nGPS(106.25,29.29,9)\n") }
    #expect(error?.message.contains("without time") == true)
  }

  @Test func onlyTheFirstFaultsAreKeptAndAllAreCounted() throws {
    let blocks = (0..<300).map { "\($0)\n00:00:01,000 --> 00:00:02,000\nGPS(1)\n\n" }.joined()
    let log = try read(blocks)
    #expect(log.faultCount == 300 && log.faults.count == TelemetryLog.faultLimit && log.samples.count == 300)
  }

  /// A line of thousands of tags that never close costs one look, not one for each.
  @Test func longLinesAreCutAndNamed() throws {
    let long = String(repeating: "<", count: 200_000)
    let log = try read("1\n00:00:01,000 --> 00:00:02,000\n\(long)\n")
    #expect(log.samples.count == 1 && log.faultCount == 1)
  }

  @Test func recordsAreBounded() throws {
    let bytes = Array((0..<9).map { "\($0)\n2022.06.21 16:06:1\($0)\n\n" }.joined().utf8)
    let log = try TelemetryLogReader.read(bytes, sampleLimit: 4)
    #expect(log.samples.count == 4 && log.faultCount == 1)
    #expect(log.faults[0].message.contains("more than 4"))
    #expect(try TelemetryLogReader.read(bytes, sampleLimit: 9).faults.isEmpty)
  }
}
