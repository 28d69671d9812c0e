package import Foundation
package import ImageCodecs

/// Why a flight's files could not be written.
package enum FlightWritingError: Error, Sendable {
  case image(ImageError)
  /// The folder exists and holds files.
  case folderNotEmpty(path: String)
  case unwritable(path: String, reason: String)

  /// One plain sentence for a person.
  package var message: String {
    switch self {
    case .image(let error): "a picture could not be encoded: \(error.message)"
    case .folderNotEmpty(let path): "\(path): expected an empty or a new folder"
    case .unwritable(let path, let reason): "\(path): cannot write: \(reason)"
    }
  }
}

extension SimulatedFlight {
  /// Every file of the flight's folder: pictures in order, broken files, the log, `truth.json`,
  /// `tiepoints.csv`.
  ///
  /// - Parameter body: takes one file at a time, so that memory stays flat for any length.
  package func forEachFile<Failure: Error>(
    _ body: (File) throws(Failure) -> Void, failure: (ImageError) -> Failure
  ) throws(Failure) {
    var truths: [FlightTruth.Frame] = []
    for index in 0..<plan.frameCount {
      let frame: (file: File, truth: FlightTruth.Frame)
      do throws(ImageError) { frame = try self.frame(index) } catch { throw failure(error) }
      truths.append(frame.truth)
      try body(frame.file)
    }
    for file in brokenFiles { try body(file) }
    if let sidecar = sidecar() { try body(sidecar) }
    try body(File(name: "tiepoints.csv", bytes: Array(Self.tiePointTable(truths).utf8)))
    try body(File(name: "truth.json", bytes: Self.json(truth(frames: truths))))
  }

  /// Writes the flight into a folder that is made, or is empty.
  ///
  /// - Parameter progress: called after each file with its name.
  package func write(to folder: URL, progress: (String) -> Void = { _ in }) throws(FlightWritingError) {
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      guard try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty else {
        throw FlightWritingError.folderNotEmpty(path: folder.path)
      }
    } catch let error as FlightWritingError {
      throw error
    } catch {
      throw .unwritable(path: folder.path, reason: error.localizedDescription)
    }
    try forEachFile(
      { (file) throws(FlightWritingError) in
        let url = folder.appending(path: file.name)
        do {
          try Data(file.bytes).write(to: url)
        } catch {
          throw .unwritable(path: url.path, reason: error.localizedDescription)
        }
        progress(file.name)
      }, failure: { .image($0) })
  }

  /// Image points with their ground, in the columns that location tests read.
  private static func tiePointTable(_ frames: [FlightTruth.Frame]) -> String {
    var text = "image,u,v,lon,lat,z_m\n"
    for frame in frames {
      for point in frame.tiePoints {
        text += "\(frame.name),\(decimalDigits(point.u, 6)),\(decimalDigits(point.v, 6)),"
        text += "\(decimalDigits(point.longitudeDegrees, 8)),\(decimalDigits(point.latitudeDegrees, 8)),"
        text += "\(GroundScene.groundMetersAMSL)\n"
      }
    }
    return text
  }

  /// JSON with one hazard and one picture a line.
  private static func json(_ truth: FlightTruth) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Every value of the truth is a number, a text or a list of them: encoding cannot fail.
    func line(_ value: some Encodable) -> String {
      (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "null"
    }
    func list(_ name: String, _ lines: [String]) -> String {
      "\"\(name)\":[\n" + lines.joined(separator: ",\n") + "\n]"
    }
    var head = truth
    (head.hazards, head.frames) = ([], [])
    let text = line(head).replacing("\"hazards\":[]", with: list("hazards", truth.hazards.map(line)))
      .replacing("\"frames\":[]", with: list("frames", truth.frames.map(line)))
    return Array((text + "\n").utf8)
  }
}
