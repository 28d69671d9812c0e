internal import ArgumentParser
internal import FlightLogs
internal import Foundation
internal import InspectionModel

/// `jinxun telemetry`: what a flight log or a picture's tags tell, as CSV.
struct Telemetry: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Writes the position, attitude and gimbal records of a flight log as CSV.",
    discussion: """
      Reads every log format that is known by its content, and the tags of a single picture. time_us is the \
      log's own clock (boot, video or recorder time). Blank means: not in that record.
      """)

  @Argument(help: ArgumentHelp("A flight log or a picture.", valueName: "file"))
  var file: String

  @Flag(help: "Write name,count of each message type instead.")
  var messages = false

  @Flag(help: "Write time_us in UTC; records whose UTC is unknown are left out.")
  var utc = false

  @Option(help: "What times without a zone mean, such as +08:00.")
  var zone = "+08:00"

  func validate() throws {
    guard UTCOffset(suffix: zone) != nil else {
      throw ValidationError("--zone: expected an offset such as +08:00 or Z, found '\(zone)'")
    }
  }

  func run() throws {
    let records: Records
    do {
      records = try Records.read(file, zone: UTCOffset(suffix: zone) ?? .shanghai)
    } catch let error as TelemetryLogError {
      Standard.error("\(file): \(error.message)")
      throw ExitCode(2)
    } catch {
      Standard.error("\(file): cannot read the file: \((error as NSError).localizedDescription)")
      throw ExitCode(2)
    }
    let untimed = messages ? writeCounts(records) : writeRows(records)
    for line in records.complaints { Standard.error("\(file): \(line)") }
    if untimed > 0 { Standard.error("\(file): \(untimed) records without a time left out") }
    if records.faultCount > 0 || records.skippedByteCount > 0 || untimed > 0 {
      Standard.error("\(file): faults: \(records.faultCount), bytes skipped: \(records.skippedByteCount)")
      throw ExitCode(1)
    }
  }

  /// What a log or a picture tells.
  private struct Records {
    var samples: [TelemetrySample]
    var counts: [(name: String, count: Int)]
    var complaints: [String]
    var faultCount: Int
    var skippedByteCount: Int

    static func read(_ path: String, zone: UTCOffset) throws -> Records {
      let bytes = [UInt8](try Data(contentsOf: URL(filePath: path), options: .mappedIfSafe))
      if let reading = PictureMetadataReader.read(bytes, isWholeFile: true) {
        let sample = reading.metadata.telemetrySample(assuming: zone)
        return Records(
          samples: sample.map { [$0] } ?? [], counts: [("picture", 1)],
          complaints: reading.faults.map { "byte \($0.offset): \($0.message)" },
          faultCount: reading.faults.count, skippedByteCount: 0)
      }
      let log = try TelemetryLogReader.read(bytes, assuming: zone)
      return Records(
        samples: log.samples, counts: log.messageCounts,
        complaints: log.faults.map { "\($0.place.text): \($0.message)" }, faultCount: log.faultCount,
        skippedByteCount: log.skippedByteCount)
    }
  }

  private func writeCounts(_ records: Records) -> Int {
    let lines = records.counts.map { "\($0.name),\($0.count)\n" }
    Standard.output("name,count\n" + lines.joined(), terminator: "")
    return 0
  }

  /// Output is handed over in pieces of about this size.
  private static let pieceBytes = 1 << 20

  /// Writes a row per record that carries a place or an angle; returns how many had no time.
  private func writeRows(_ records: Records) -> Int {
    var text = CSVText()
    text.append(
      "time_us,lat_deg,lon_deg,alt_msl_m,alt_rel_m,roll_deg,pitch_deg,yaw_deg,"
        + "gimbal_roll_deg,gimbal_pitch_deg,gimbal_yaw_deg\n")
    var untimed = 0
    for sample in records.samples where sample.carriesPose {
      let universal = sample.timestamp?.nanoseconds
      guard let time = utc ? universal : sample.logTimeNanoseconds ?? universal else {
        untimed += 1
        continue
      }
      text.append(sample, timeNanoseconds: time)
      if text.byteCount >= Self.pieceBytes { Standard.output(text.take(), terminator: "") }
    }
    Standard.output(text.take(), terminator: "")
    return untimed
  }
}

extension TelemetrySample {
  /// Whether there is anything for a row beside the time.
  fileprivate var carriesPose: Bool {
    position != nil || altitudeMetersAMSL != nil || heightMetersAboveTakeoff != nil || rollRadians != nil
      || pitchRadians != nil || yawRadians != nil || gimbal != nil
  }
}

extension CSVText {
  /// One row of `jinxun telemetry`.
  fileprivate mutating func append(_ sample: TelemetrySample, timeNanoseconds: Int64) {
    func degrees(_ radians: Double?) -> Double? { radians.map { $0 * (180 / .pi) } }
    append(Double(timeNanoseconds) / 1000, decimals: 0)
    append(sample.position?.latitudeDegrees, decimals: 9, separated: true)
    append(sample.position?.longitudeDegrees, decimals: 9, separated: true)
    append(
      sample.altitudeMetersAMSL ?? sample.position?.altitudeMetersAMSL, decimals: 3, separated: true)
    append(
      sample.heightMetersAboveTakeoff ?? sample.position?.heightMetersAboveGround, decimals: 3,
      separated: true)
    let angles = [
      sample.rollRadians, sample.pitchRadians, sample.yawRadians, sample.gimbal?.rollRadians,
      sample.gimbal?.pitchRadians, sample.gimbal?.yawRadians,
    ]
    for angle in angles { append(degrees(angle), decimals: 6, separated: true) }
    append("\n")
  }
}
