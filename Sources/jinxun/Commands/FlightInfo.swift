internal import ArgumentParser
internal import FlightLogs
internal import Foundation
internal import Ingest
internal import InspectionModel

/// `jinxun flight`: what a recorded flight holds.
struct FlightCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "flight", abstract: "Looks at a recorded flight.", subcommands: [FlightInfo.self])
}

/// `jinxun flight info`: pictures and logs of a folder; gaps, clock jumps and position faults of each log; a map.
struct FlightInfo: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info",
    abstract: "Tells what a flight's folder holds: pictures, logs, gaps, clock jumps, position faults.",
    discussion: """
      Times of findings are seconds of the log's own clock. --map writes the flown tracks and the places of photos as \
      SVG, north up.

      Example:
        jinxun flight info flights/degan --map degan.svg
      """)

  @Argument(help: ArgumentHelp("Folder of one flight.", valueName: "dir"))
  var folder: String

  @Option(help: ArgumentHelp("Where to write the map.", valueName: "file"))
  var map: String?

  @Option(help: "What times without a zone mean, such as +08:00.")
  var zone = "+08:00"

  /// Findings of one kind that are told line by line.
  private static let lineLimit = 10

  func validate() throws {
    guard UTCOffset(suffix: zone) != nil else {
      throw ValidationError("--zone: expected an offset such as +08:00 or Z, found '\(zone)'")
    }
  }

  func run() throws {
    let zone = UTCOffset(suffix: zone) ?? .shanghai
    let directory = URL(filePath: folder, directoryHint: .isDirectory)
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted(
        by: naturallyPrecedes)
    } catch {
      Standard.error("\(folder): cannot read the folder: \((error as NSError).localizedDescription)")
      throw ExitCode(2)
    }
    var flightMap = FlightMap()
    var pictures = PictureSummary()
    var (others, faults, logCount) = (0, 0, 0)
    for name in names where !name.hasPrefix(".") {
      let file = directory.appending(path: name, directoryHint: .notDirectory)
      guard (try? file.resourceValues(forKeys: [.isRegularFileKey]))?.isRegularFile == true else { continue }
      switch try? look(at: file, zone) {
      case .picture(let metadata):
        pictures.add(metadata, zone)
        if let position = metadata.position { flightMap.addPhoto(position) }
      case .log(let log, let review):
        logCount += 1
        faults += log.faultCount
        tell(name, log, review)
        if let track = review.bestTrack { flightMap.add(track) }
      case .other: others += 1
      case nil:
        faults += 1
        Standard.error("\(name): cannot be read")
      }
    }
    Standard.output("pictures: \(pictures.text(zone))")
    Standard.output("logs: \(logCount), other files: \(others), faults: \(faults)")
    if let map { try Data(flightMap.svg().utf8).write(to: URL(filePath: map)) }
    if faults > 0 { throw ExitCode(1) }
  }

  private enum Finding {
    case picture(PictureMetadata)
    case log(TelemetryLog, FlightReview)
    case other
  }

  private static let pieceBytes = 1 << 18

  private func look(at file: URL, _ zone: UTCOffset) throws -> Finding {
    let handle = try FileHandle(forReadingFrom: file)
    defer { try? handle.close() }
    func next() throws -> [UInt8] { [UInt8](try handle.read(upToCount: Self.pieceBytes) ?? Data()) }
    var piece = try next()
    if let reading = PictureMetadataReader.read(piece, isWholeFile: false) {
      return .picture(reading.metadata)
    }
    var (stream, review) = (TelemetryStream(assuming: zone), FlightReview())
    func take() {
      let taken = stream.takeSamples()
      review.add(taken.samples, photoIndices: taken.photoIndices)
    }
    do throws(TelemetryLogError) {
      while !piece.isEmpty {
        try stream.read(piece)
        take()
        piece = (try? next()) ?? []
      }
      try stream.finish()
      take()
    } catch {
      if case .unknownFormat = error { return .other }
      throw error
    }
    guard let log = stream.log else { return .other }
    return .log(log, review)
  }

  private func tell(_ name: String, _ log: TelemetryLog, _ review: FlightReview) {
    var lines = ["\(name): \(log.format.title)"]
    lines.append("  messages: \(log.messageCounts.map { "\($0.name) \($0.count)" }.joined(separator: ", "))")
    func told(_ stream: FlightReview.Stream) -> String {
      "\(stream.count)" + (stream.rate.map { " at \(fixed($0, 1)) Hz" } ?? "")
    }
    for source in [PositionSource?.none] + PositionSource.allCases.map({ $0 }) {
      if let stream = review.positions[source] {
        lines.append("  positions\(source.map { " (\($0))" } ?? ""): \(told(stream))")
      }
    }
    lines.append(
      "  attitudes: \(told(review.attitudes)), gimbal: \(told(review.gimbals)), photos: \(review.photoCount)")
    if let utc = review.utcRange {
      lines.append("  UTC: \(utc.lowerBound.iso8601()) to \(utc.upperBound.iso8601())")
    }
    if let track = review.bestTrack { lines.append("  way: \(fixed(track.lengthMeters, 0)) m") }
    if let range = review.heightRangeMeters {
      lines.append("  height over take-off: \(fixed(range.lowerBound, 1)) to \(fixed(range.upperBound, 1)) m")
    }
    if let range = review.altitudeRangeMetersAMSL {
      lines.append("  above the sea: \(fixed(range.lowerBound, 1)) to \(fixed(range.upperBound, 1)) m")
    }
    lines += findings(review)
    if log.faultCount > 0 {
      lines.append("  damage: \(log.faultCount), \(log.skippedByteCount) bytes skipped")
      lines += log.faults.prefix(Self.lineLimit).map { "    \($0.place.text): \($0.message)" }
    }
    Standard.output(lines.joined(separator: "\n"))
  }

  private func findings(_ review: FlightReview) -> [String] {
    func at(_ nanoseconds: Int64) -> String { fixed(Double(nanoseconds) / 1e9, 1) }
    var lines = ["  gaps of positions: \(review.gapCount)"]
    lines += review.gaps.prefix(Self.lineLimit).map {
      "    at \(at($0.fromNanoseconds)): \(fixed($0.seconds, 1)) s"
    }
    lines.append("  clock jumps: \(review.clockJumpCount)")
    lines += review.clockJumps.prefix(Self.lineLimit).map {
      "    at \(at($0.atNanoseconds)): \($0.isUTC ? "UTC" : "the log's clock") by \(fixed($0.seconds, 1)) s"
    }
    lines.append("  position jumps: \(review.positionJumpCount)")
    lines += review.positionJumps.prefix(Self.lineLimit).map {
      "    at \(at($0.atNanoseconds)): \(fixed($0.meters, 0)) m, \(fixed($0.metersPerSecond, 0)) m/s"
    }
    return lines
  }
}
