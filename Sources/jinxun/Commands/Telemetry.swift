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

  /// A log is read in pieces of this size, and its rows are written between them: memory does not grow with it.
  private static let pieceBytes = 1 << 18
  /// Largest picture, bytes.
  private static let pictureLimit = 1 << 28

  func run() throws {
    let zone = UTCOffset(suffix: zone) ?? .shanghai
    do {
      let handle = try FileHandle(forReadingFrom: URL(filePath: file))
      defer { try? handle.close() }
      let first = try piece(of: handle, byteCount: Self.pieceBytes)
      let outcome =
        if PictureMetadataReader.read(first, isWholeFile: false) != nil {
          try tellPicture(first + piece(of: handle, byteCount: Self.pictureLimit), zone)
        } else {
          try tellLog(first, handle, zone)
        }
      try conclude(outcome)
    } catch let error as TelemetryLogError {
      Standard.error("\(file): \(error.message)")
      throw ExitCode(2)
    } catch let code as ExitCode {
      throw code
    } catch {
      Standard.error("\(file): cannot read the file: \((error as NSError).localizedDescription)")
      throw ExitCode(2)
    }
  }

  private func piece(of handle: FileHandle, byteCount: Int) throws -> [UInt8] {
    [UInt8](try handle.read(upToCount: byteCount) ?? Data())
  }

  /// What is left to say when all rows are written.
  private struct Outcome {
    var complaints: [String] = []
    var faultCount = 0
    var skippedByteCount = 0
    var untimed = 0
  }

  private func tellPicture(_ bytes: [UInt8], _ zone: UTCOffset) throws -> Outcome {
    var outcome = Outcome()
    guard let reading = PictureMetadataReader.read(bytes, isWholeFile: true) else { return outcome }
    outcome.complaints = reading.faults.map { "byte \($0.offset): \($0.message)" }
    outcome.faultCount = reading.faults.count
    if messages {
      write(counts: [("picture", 1)])
    } else {
      var table = TelemetryTable(utc: utc)
      table.append(reading.metadata.telemetrySample(assuming: zone).map { [$0] } ?? [])
      Standard.output(table.take(), terminator: "")
      outcome.untimed = table.untimedCount
    }
    return outcome
  }

  private func tellLog(_ first: [UInt8], _ handle: FileHandle, _ zone: UTCOffset) throws -> Outcome {
    var stream = TelemetryStream(assuming: zone)
    var table = TelemetryTable(utc: utc)
    // The header waits for the first rows: a file that cannot be read writes nothing.
    func writeRows(_ isLast: Bool) {
      let samples = stream.takeSamples().samples
      if !messages { table.append(samples) }
      if !messages, isLast || table.byteCount > Self.pieceBytes {
        Standard.output(table.take(), terminator: "")
      }
    }
    var piece = first
    while !piece.isEmpty {
      try stream.read(piece)
      writeRows(false)
      piece = try self.piece(of: handle, byteCount: Self.pieceBytes)
    }
    try stream.finish()
    writeRows(true)
    guard let log = stream.log else { return Outcome() }
    if messages { write(counts: log.messageCounts) }
    return Outcome(
      complaints: log.faults.map { "\($0.place.text): \($0.message)" }, faultCount: log.faultCount,
      skippedByteCount: log.skippedByteCount, untimed: table.untimedCount)
  }

  private func write(counts: [(name: String, count: Int)]) {
    let lines = counts.map { "\($0.name),\($0.count)\n" }
    Standard.output("name,count\n" + lines.joined(), terminator: "")
  }

  private func conclude(_ outcome: Outcome) throws {
    for line in outcome.complaints { Standard.error("\(file): \(line)") }
    if outcome.untimed > 0 { Standard.error("\(file): \(outcome.untimed) records without a time left out") }
    if outcome.faultCount > 0 || outcome.skippedByteCount > 0 || outcome.untimed > 0 {
      Standard.error("\(file): faults: \(outcome.faultCount), bytes skipped: \(outcome.skippedByteCount)")
      throw ExitCode(1)
    }
  }
}
