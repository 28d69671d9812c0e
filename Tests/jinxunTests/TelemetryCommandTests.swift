import Foundation
import TestSupport
import Testing

/// `jinxun telemetry` from the outside.
@Suite struct TelemetryCommandTests {
  let root: TemporaryFolder
  static let header =
    "time_us,lat_deg,lon_deg,alt_msl_m,alt_rel_m,roll_deg,pitch_deg,yaw_deg,"
    + "gimbal_roll_deg,gimbal_pitch_deg,gimbal_yaw_deg"
  static let log = ProjectFiles.fixture("flights/subtitled/SIM_FLIGHT.SRT").path

  init() throws { root = try TemporaryFolder() }

  private func telemetry(_ arguments: String...) throws -> Program.Outcome {
    try Program.run(["telemetry"] + arguments, in: root.url)
  }

  @Test func aLogGivesARowARecordOnItsOwnClock() throws {
    let outcome = try telemetry(Self.log)
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    let rows = outcome.output.split(separator: "\n")
    #expect(rows.first.map(String.init) == Self.header)
    #expect(rows[1] == "0,29.27563,106.231685,272.1,60.1,,,,0.3,-89.4,14.9")
    #expect(rows[2].hasPrefix("200000,"))
    let counts = try telemetry(Self.log, "--messages")
    #expect(counts.output == "name,count\nsubtitle,\(rows.count - 1)\n")
  }

  @Test func utcDependsOnWhatTimesWithoutAZoneMean() throws {
    // 2026-11-24 09:29:59 in Shanghai and in UTC.
    for (zone, seconds) in [("+08:00", 1_795_483_799), ("Z", 1_795_512_599)] {
      let outcome = try telemetry(Self.log, "--utc", "--zone", zone)
      #expect(outcome.output.split(separator: "\n")[1].hasPrefix("\(seconds)000000,"), "\(zone)")
    }
    let wrong = try telemetry(Self.log, "--zone", "noon")
    #expect(wrong.status == 64 && wrong.errors.contains("noon"))
  }

  @Test func aPicturesTagsAreOneRow() throws {
    let outcome = try telemetry(ProjectFiles.fixture("flights/marked/SIM_0001.JPG").path)
    #expect(outcome.status == 0)
    let rows = outcome.output.split(separator: "\n")
    #expect(rows.count == 2 && rows[1].contains(",29.275599,106.231686,"))
  }

  @Test func damageIsCountedAndTheRestIsTold() throws {
    let outcome = try telemetry(ProjectFiles.fixture("flights/damaged/SIM_FLIGHT.SRT").path)
    #expect(outcome.status == 1)
    #expect(outcome.output.split(separator: "\n").count > 10)
    #expect(outcome.errors.contains("line 25: expected a latitude and a longitude"))
  }

  @Test func whatIsNoLogIsRefusedInOneLine() throws {
    try Data("nothing of the kind".utf8).write(to: root.file("letter.txt"))
    for file in ["letter.txt", "missing.srt"] {
      let outcome = try telemetry(file)
      #expect(outcome.status == 2 && outcome.output.isEmpty, "\(file)")
      #expect(outcome.errors.hasPrefix(file) && outcome.errors.split(separator: "\n").count == 1)
    }
  }

  /// Every format that we read, written and read by the program itself.
  @Test func everyFormatIsRead() throws {
    #expect(
      try Program.run(["simulate", "logs", "--out", "logs", "--records", "40"], in: root.url).status == 0)
    let files = try FileManager.default.contentsOfDirectory(atPath: root.file("logs").path)
    #expect(files.count > 20)
    for file in files {
      let outcome = try telemetry("logs/\(file)")
      let rows = outcome.output.split(separator: "\n")
      // A line of KML has places and no times.
      #expect(outcome.status == (file == "line.kml" ? 1 : 0), "\(file): \(outcome.errors)")
      #expect(
        rows.first.map(String.init) == Self.header && (rows.count > 3) == (file != "line.kml"), "\(file)")
      let counts = try telemetry("logs/\(file)", "--messages")
      #expect(counts.status == 0 && counts.output.hasPrefix("name,count\n"), "\(file)")
    }
  }
}
