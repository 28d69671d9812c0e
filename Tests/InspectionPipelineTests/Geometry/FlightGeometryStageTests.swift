import Foundation
import Georeferencing
import ImageCodecs
import Ingest
import InspectionModel
import InspectionPipeline
import InspectionSimulator
import TestSupport
import Testing

/// From a folder of pictures to places on the ground.
@Suite struct FlightGeometryStageTests {
  private let stage = FlightGeometryStage(decoder: ImageDecoder())

  /// A point of a picture with its known ground.
  private struct TiePoint {
    let image: String
    let u: Double
    let v: Double
    let position: GeodeticPosition<CGCS2000>
  }

  /// Reads `image,u,v,lon,lat,…`.
  private static func tiePoints(_ file: URL) throws -> [TiePoint] {
    try String(contentsOf: file, encoding: .utf8).split(whereSeparator: \.isNewline).dropFirst().map { line in
      let cells = line.split(separator: ",")
      let numbers = try cells[1...4].map { try #require(Double($0)) }
      return TiePoint(
        image: String(cells[0]), u: numbers[0], v: numbers[1],
        position: GeodeticPosition(latitudeDegrees: numbers[3], longitudeDegrees: numbers[2]))
    }
  }

  /// Distances of the found places from the known ones with their sigmas, the nearest first.
  private static func errors(
    _ geometry: FlightGeometry, _ flight: RecordedFlight, _ points: [TiePoint]
  ) -> [(meters: Double, sigma: Double)] {
    points.compactMap { point in
      guard let frame = flight.frames.first(where: { $0.name == point.image }),
        let place = try? geometry.place(ofPicture: frame.sequenceNumber, u: point.u, v: point.v).get()
      else { return nil }
      return (LocalPlane(origin: point.position).distanceMeters(to: place.position), place.sigmaMeters)
    }.sorted { $0.meters < $1.meters }
  }

  @Test func picturesOfANoisyFlightCorrectOneAnother() throws {
    let folder = try TemporaryFolder()
    var plan = FlightPlan(seed: 31)
    (plan.frameCount, plan.widthPixels, plan.heightPixels) = (9, 320, 180)
    plan.hasObliqueFrames = false
    plan.errors = .ordinary
    plan.damages = [.turnedPictures]
    let target = folder.file("flight")
    try SimulatedFlight(plan: plan).write(to: target)
    let flight = try RecordedFlight.read(folder: target)
    let points = try Self.tiePoints(target.appending(path: "tiepoints.csv"))
    let before = Self.errors(stage.runWithoutPixels(flight).geometry, flight, points)
    let outcome = stage.run(flight)
    let after = Self.errors(outcome.geometry, flight, points)
    #expect(outcome.faults.isEmpty)
    #expect(outcome.report.turnedPictures == [6, 7, 8], "\(outcome.report)")
    #expect(outcome.report.adjustedPictureCount >= 8, "\(outcome.report)")
    try #require(!points.isEmpty && before.count == points.count && after.count == points.count)
    let old = try #require(before.dropFirst(before.count / 2).first)
    let new = try #require(after.dropFirst(after.count / 2).first)
    #expect(
      new.meters < old.meters && new.sigma < old.sigma, "seed 31: \(old.meters) m, then \(new.meters) m")
  }

  @Test func damagedPicturesKeepTheirTagsPlaces() throws {
    let flight = try RecordedFlight.read(folder: ProjectFiles.fixture("flights/damaged"))
    let outcome = stage.run(flight)
    // The fourth picture's lost angles are in the log.
    #expect(outcome.report.posedPictureCount == 4)
    for frame in flight.frames {
      let place = outcome.geometry.place(ofPicture: frame.sequenceNumber, u: 0.5, v: 0.5)
      #expect((try? place.get()) != nil, "\(frame.name)")
    }
  }

  @Test func picturesThatVanishedAreFaultsNotTheEnd() throws {
    let folder = try TemporaryFolder()
    let source = ProjectFiles.fixture("flights/marked")
    for name in ["SIM_0001.JPG", "SIM_0002.JPG", "SIM_0003.JPG"] {
      try FileManager.default.copyItem(at: source.appending(path: name), to: folder.file(name))
    }
    let flight = try RecordedFlight.read(folder: folder.url)
    try FileManager.default.removeItem(at: folder.file("SIM_0001.JPG"))
    try Data("no picture".utf8).write(to: folder.file("SIM_0003.JPG"))
    let outcome = stage.run(flight)
    #expect(outcome.faults.map(\.code) == ["file_unreadable", "image_unknown"])
    #expect(outcome.faults.map(\.subject) == ["SIM_0001.JPG", "SIM_0003.JPG"])
    #expect(outcome.report.unreadablePictures == [0, 2])
    #expect((try? outcome.geometry.place(ofPicture: 2, u: 0.5, v: 0.5).get()) != nil)
  }

  @Test func aFixedCameraHasNoPlace() throws {
    let flight = try RecordedFlight.read(folder: ProjectFiles.fixture("flights/fixed-camera"))
    let outcome = stage.run(flight)
    #expect(outcome.report == AdjustmentReport(posedPictureCount: 0))
    #expect(outcome.geometry.place(ofPicture: 0, u: 0.5, v: 0.5) == .failure(.noPosition))
    #expect(outcome.geometry.cameraPlace(ofPicture: 0) == nil)
  }

  @Test(.enabled(if: SharedData.item("flights/brighton-beach") != nil, "the real flight is not here"))
  func aRealFlightKeepsItsBars() throws {
    let flight = try RecordedFlight.read(folder: try #require(SharedData.item("flights/brighton-beach")))
    let points = try Self.tiePoints(
      try #require(SharedData.item("flights/truth/brighton-beach/tiepoints.csv")))
    let outcome = stage.run(flight)
    #expect(outcome.report.turnedPictures == [6, 7, 8, 9, 10, 11])
    #expect(outcome.report.adjustedPictureCount == 18)
    let errors = Self.errors(outcome.geometry, flight, points)
    try #require(!points.isEmpty && errors.count == points.count)
    let (median, ninth) = (errors[errors.count / 2].meters, errors[errors.count * 9 / 10].meters)
    #expect(median <= 1.6 && ninth <= 2.6, "median \(median) m, 90 % within \(ninth) m")
    let covered = Double(errors.count { $0.meters <= 2 * $0.sigma }) / Double(errors.count)
    #expect(covered >= 0.8, "\(covered) of the errors within two sigmas")
  }

  @Test(.enabled(if: SharedData.item("flights/seneca") != nil, "the real flight is not here"))
  func aFlightWithoutAttitudeIsRefusedHonestly() throws {
    let flight = try RecordedFlight.read(folder: try #require(SharedData.item("flights/seneca")))
    let outcome = stage.run(flight)
    #expect(outcome.report.posedPictureCount == 0 && outcome.faults.isEmpty)
    for frame in flight.frames {
      guard case .failure = outcome.geometry.place(ofPicture: frame.sequenceNumber, u: 0.5, v: 0.5) else {
        Issue.record("\(frame.name) has a place")
        continue
      }
      let place = try #require(outcome.geometry.cameraPlace(ofPicture: frame.sequenceNumber))
      #expect(place.method == .camera && place.sigmaMeters >= 20)
    }
  }
}
