import FlightLogs
import Foundation
import InspectionModel
import TestSupport
import Testing

/// Real logs of autopilots against the tools that their formats' users trust. Skipped where the data are absent.
@Suite struct RealAutopilotLogsTests {
  static let folder = SharedData.item("telemetry")

  /// Name and count of each message, by a table with these columns; instances of one name are added up.
  private func counts(_ url: URL) throws -> [String: Int] {
    let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n").map { line in
      line.split(separator: ",", omittingEmptySubsequences: false)
    }
    let (name, count) = (lines[0].firstIndex(of: "message")!, lines[0].firstIndex(of: "count")!)
    return Dictionary(lines.dropFirst().map { (String($0[name]), Int($0[count])!) }, uniquingKeysWith: +)
  }

  @Test(
    .enabled(if: folder != nil, "no ../shared/data/telemetry"),
    arguments: [
      "ulog/sample.ulg", "ulog/sample_log_small.ulg", "dataflash/log171.bin", "dataflash/test.BIN",
      "mavlink/flight.tlog",
    ])
  func messagesAreCountedAlike(name: String) throws {
    let folder = try #require(Self.folder)
    let log = try TelemetryLogReader.read([UInt8](Data(contentsOf: folder.appending(path: name))))
    let told = Dictionary(uniqueKeysWithValues: log.messageCounts.map { ($0.name, $0.count) })
    #expect(try told == counts(folder.appending(path: "\(name).truth.counts.csv")))
  }

  /// Random values, trimmed zeros and nothing but zeros in every message of the dialects.
  @Test(
    .enabled(if: folder != nil, "no ../shared/data/telemetry"),
    arguments: [("all_v1.raw", 564), ("all_v2.raw", 903), ("all_v2_signed.raw", 903)])
  func everyFrameIsRead(name: String, count: Int) throws {
    let folder = try #require(Self.folder)
    let bytes = [UInt8](try Data(contentsOf: folder.appending(path: "mavlink/\(name)")))
    let log = try TelemetryLogReader.read(bytes)
    #expect(log.faults.isEmpty && log.messageCounts.reduce(0) { $0 + $1.count } == count)
    var receiver = MAVLinkReceiver()
    #expect(receiver.feed(bytes).count == count && receiver.counts.noiseBytes == 0)
  }

  @Test(.enabled(if: folder != nil, "no ../shared/data/telemetry"))
  func noiseIsCountedToTheByte() throws {
    let folder = try #require(Self.folder)
    let log = try TelemetryLogReader.read(
      [UInt8](Data(contentsOf: folder.appending(path: "mavlink/flight.tlog"))))
    // The reference tool finds 1,314 runs of noise with 17,082 bytes, not counting the time before each of them, and
    // does not tell of the last bytes.
    let noise = 17_082 + 8 * 1314
    #expect(log.skippedByteCount >= noise && log.skippedByteCount < noise + 40)
  }

  @Test(.enabled(if: folder != nil, "no ../shared/data/telemetry"))
  func photoMarksAndMapsAreRead() throws {
    let folder = try #require(Self.folder)
    let marks = folder.appending(path: "gcp/helenenschacht/RTK_Data/101FTASK_Timestamp.mrk")
    let log = try TelemetryLogReader.read([UInt8](Data(contentsOf: marks)))
    #expect(log.format == .photoMarks && log.faults.isEmpty && log.photoIndices.count == log.samples.count)
    for sample in log.samples {
      #expect(sample.position != nil)
      #expect(sample.horizontalSigmaMeters ?? 1 < 0.1)
    }
    let map = folder.appending(path: "airdata/Sep-5th-2021-07-48PM-Flight-Airdata.kml")
    let line = try TelemetryLogReader.read([UInt8](Data(contentsOf: map)))
    #expect(line.format == .kml && line.faults.isEmpty && line.samples.count > 1000)
  }

  /// 200 messages that opendroneid-core-c encoded and decoded.
  @Test(.enabled(if: folder != nil, "no ../shared/data/telemetry"))
  func remoteIDVectorsEqualTheirTruth() throws {
    let folder = try #require(Self.folder)
    let text = try String(contentsOf: folder.appending(path: "remote_id/odid_vectors.csv"), encoding: .utf8)
    var count = 0
    for line in text.split(separator: "\n") where line.hasPrefix("location,") {
      let cells = line.split(separator: ",", maxSplits: 2)
      let bytes = stride(from: 0, to: 50, by: 2).map { UInt8(cells[1].dropFirst($0).prefix(2), radix: 16)! }
      guard case .location(let location) = RemoteIDMessage(bytes) else {
        Issue.record("expected a location: \(line)")
        continue
      }
      let pairs = cells[2].split(separator: " ").map { $0.split(separator: "=") }.filter { $0.count == 2 }
      let fields = Dictionary(pairs.map { (String($0[0]), Double($0[1]) ?? .nan) }, uniquingKeysWith: { $1 })
      let latitude = try #require(fields["lat"]), longitude = try #require(fields["lon"])
      if latitude == 0, longitude == 0 {
        #expect(location.sample.position == nil)
      } else {
        #expect(abs(location.sample.position!.latitudeDegrees - latitude) < 1e-7)
        #expect(abs(location.sample.position!.longitudeDegrees - longitude) < 1e-7)
      }
      if let geodetic = fields["geo"], geodetic > -1000 {
        #expect(location.sample.ellipsoidHeightMeters == geodetic)
      }
      if let speed = fields["sh"], speed < 255 {
        #expect(location.sample.groundSpeedMetersPerSecond == speed)
      }
      count += 1
    }
    #expect(count == 200)
  }
}
