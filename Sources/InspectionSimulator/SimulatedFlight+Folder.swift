package import Foundation
package import ImageCodecs

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
  package func write(to folder: URL, progress: (String) -> Void = { _ in }) throws(SimulationWritingError) {
    let output = try OutputFolder(folder)
    try forEachFile(
      { (file) throws(SimulationWritingError) in
        try output.write(file)
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
    var head = truth
    (head.hazards, head.frames) = ([], [])
    return TruthText.bytes(head, lists: [("hazards", truth.hazards), ("frames", truth.frames)])
  }
}
