import Foundation
import Ingest
import InspectionModel
import InspectionSimulator
import TestSupport

/// A folder with a small simulated flight, to be read and to be spoilt.
struct FlightFolder {
  let folder: TemporaryFolder
  /// Empty where the folder does not come from a plan.
  let truths: [FlightTruth.Frame]

  var url: URL { folder.url }

  /// Marked pictures of 64 x 64 pixels, taken each two seconds, on the records of a log.
  static func plan(
    frameCount: Int = 5, _ change: (inout FlightPlan) -> Void = { _ in }
  ) -> FlightPlan {
    var plan = FlightPlan(seed: 7)
    (plan.frameCount, plan.widthPixels, plan.heightPixels) = (frameCount, 64, 64)
    (plan.isMarked, plan.periodMilliseconds) = (true, 2000)
    change(&plan)
    return plan
  }

  init(_ plan: FlightPlan) throws {
    folder = try TemporaryFolder()
    let flight = try SimulatedFlight(plan: plan)
    try flight.write(to: folder.url)
    let data = try Data(contentsOf: folder.file("truth.json"))
    truths = try JSONDecoder().decode(FlightTruth.self, from: data).frames
  }

  /// Files of the test's own making.
  init(files: [(name: String, bytes: [UInt8])]) throws {
    folder = try TemporaryFolder()
    truths = []
    for file in files { try write(file.name, file.bytes) }
  }

  func write(_ name: String, _ bytes: [UInt8]) throws { try Data(bytes).write(to: folder.file(name)) }

  func write(_ name: String, text: String) throws { try write(name, Array(text.utf8)) }

  func bytes(_ name: String) throws -> [UInt8] { try [UInt8](Data(contentsOf: folder.file(name))) }

  func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }

  func remove(_ name: String) throws { try FileManager.default.removeItem(at: folder.file(name)) }

  func read(
    _ change: (inout RecordedFlight.Settings) -> Void = { _ in }
  ) throws(RecordedFlightError) -> RecordedFlight {
    var settings = RecordedFlight.Settings()
    change(&settings)
    return try RecordedFlight.read(folder: folder.url, settings: settings)
  }

  /// One small picture with the tags that are asked for.
  static func picture(_ tags: FlightPlan.PictureTagging = .none, index: Int = 0) throws -> [UInt8] {
    try SimulatedFlight(plan: plan { $0.tags = tags }).frame(index).file.bytes
  }
}
