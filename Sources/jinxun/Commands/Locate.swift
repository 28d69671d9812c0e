internal import ArgumentParser
internal import Foundation
internal import Georeferencing
internal import ImageCodecs
internal import Ingest
internal import InspectionModel
internal import InspectionPipeline

/// `jinxun locate`: where on the ground the points of a flight's pictures lie.
struct Locate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Tells where on the ground points of a flight's pictures lie, with their error.",
    discussion: """
      Writes CSV image,u,v,lon,lat,sigma_m; sigma_m is one standard deviation per axis. Pictures without a \
      place are left out and named on stderr.
      """)

  @Option(help: ArgumentHelp("Folder with the pictures of one flight.", valueName: "dir"))
  var flight: String

  @Option(
    help: ArgumentHelp("CSV image,u,v: points 0…1 across and down the stored picture.", valueName: "file"))
  var points: String

  @Flag(help: "Use tags and logs only; do not compare the pictures.")
  var tagsOnly = false

  func run() throws {
    let asked: PointsFile
    let recorded: RecordedFlight
    do {
      asked = try PointsFile.read(points)
      recorded = try RecordedFlight.read(folder: URL(filePath: flight, directoryHint: .isDirectory))
    } catch let failure as PointsFile.Failure {
      Standard.error(failure.message)
      throw ExitCode(2)
    } catch let error as RecordedFlightError {
      Standard.error(error.message)
      throw ExitCode(2)
    }
    var complaints = asked.complaints + recorded.faults.map(\.description)
    let stage = FlightGeometryStage(decoder: ImageDecoder(limits: .recorded))
    let outcome = tagsOnly ? stage.runWithoutPixels(recorded) : stage.run(recorded)
    complaints += outcome.faults.map(\.description)
    complaints += Self.write(asked.points, recorded, outcome.geometry)
    for complaint in complaints { Standard.error(complaint) }
    if !complaints.isEmpty {
      Standard.error("\(complaints.count) fault\(complaints.count == 1 ? "" : "s")")
      throw ExitCode(1)
    }
  }

  /// Writes the places; returns complaints about points of unknown pictures.
  private static func write(
    _ points: [PointsFile.Point], _ flight: RecordedFlight, _ geometry: FlightGeometry
  ) -> [String] {
    let indices = Dictionary(
      flight.frames.map { ($0.name, $0.sequenceNumber) }, uniquingKeysWith: { first, _ in first })
    var output = "image,u,v,lon,lat,sigma_m\n"
    var unknown: [String: Int] = [:]
    var refusals: [Int: (PlaceRefusal, count: Int)] = [:]
    var seen = Set<Int>()
    for point in points {
      guard let index = indices[point.image] else {
        unknown[point.image, default: 0] += 1
        continue
      }
      seen.insert(index)
      switch geometry.place(ofPicture: index, u: point.u, v: point.v) {
      case .success(let place):
        let (longitude, latitude) = (place.position.longitudeDegrees, place.position.latitudeDegrees)
        output += "\(point.image),\(point.uText),\(point.vText),\(fixed(longitude, 8)),"
        output += "\(fixed(latitude, 8)),\(fixed(place.sigmaMeters, 3))\n"
      case .failure(let refusal):
        refusals[index] = (refusals[index]?.0 ?? refusal, (refusals[index]?.count ?? 0) + 1)
      }
    }
    Standard.output(output, terminator: "")
    for index in seen.sorted() {
      let name = flight.frames[index].name
      for remark in geometry.remarks(ofPicture: index) { Standard.error("\(name): \(remark)") }
      if let (refusal, count) = refusals[index] {
        Standard.error("\(name): \(count) point\(count == 1 ? "" : "s") left out: \(refusal.message)")
      }
    }
    return unknown.sorted { naturallyPrecedes($0.key, $1.key) }.map { name, count in
      "\(name): \(count) point\(count == 1 ? "" : "s") of a picture that the flight does not have"
    }
  }
}
