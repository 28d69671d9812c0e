import Georeferencing
import InspectionModel
import PixelKernels
import Testing

/// Flights that are drawn from known poses: what comparing the pictures finds.
@Suite struct FlightAdjustmentTests {
  /// Errors of the places of a grid of points, metres, and the sigmas that were stated.
  private func errors(
    _ geometry: FlightGeometry, _ flight: DrawnFlight, of indices: [Int]
  ) -> [(error: Double, sigma: Double)] {
    indices.flatMap { index in
      [0.1, 0.5, 0.9].flatMap { u in
        [0.1, 0.5, 0.9].compactMap { v in
          guard let place = geometry.meters(u, v, of: index) else { return nil }
          let truth = flight.truth(index, u: u, v: v)
          let (north, east) = (place.north - truth.north, place.east - truth.east)
          return ((north * north + east * east).squareRoot(), place.sigma)
        }
      }
    }
  }

  private func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

  @Test func picturesThatOverlapCorrectOneAnother() throws {
    let flight = DrawnFlight(strips: 2, picturesPerStrip: 4, seed: 11)
    var geometry = flight.geometry
    let all = Array(flight.shots.indices)
    let before = errors(geometry, flight, of: all)
    let report = geometry.refine { flight.luma($0) }
    let after = errors(geometry, flight, of: all)
    #expect(report.adjustedPictureCount == 8, "seed 11: \(report)")
    #expect(report.unreadablePictures.isEmpty && report.turnedPictures.isEmpty)
    #expect(median(after.map(\.error)) < 0.6 * median(before.map(\.error)), "seed 11: \(report)")
    #expect(median(after.map(\.sigma)) < median(before.map(\.sigma)))
    let covered = after.count { $0.error < 2 * $0.sigma }
    #expect(covered * 10 >= after.count * 7, "seed 11: \(covered) of \(after.count)")
  }

  @Test func pixelsDecideAboutTurns() throws {
    var flight = DrawnFlight(strips: 2, picturesPerStrip: 3, seed: 12)
    flight.turn(1, isTold: true)
    flight.turn(3, isTold: false)
    flight.saveAgain(4)
    var geometry = flight.geometry
    let report = geometry.refine { flight.luma($0) }
    #expect(report.turnedPictures == [1, 3], "seed 12: \(report)")
    #expect(median(errors(geometry, flight, of: [1, 3, 4]).map(\.error)) < 1.5)
    #expect(
      geometry.remarks(ofPicture: 1).contains { $0.contains("turned by 180°, as its neighbours prove") })
    #expect(
      geometry.remarks(ofPicture: 3).contains { $0.contains("turned by 180°, as its neighbours prove") })
    #expect(geometry.remarks(ofPicture: 4).contains { $0.contains("not turned, as its neighbours prove") })
    #expect(geometry.remarks(ofPicture: 0).isEmpty)
  }

  @Test func picturesWithoutPixelsOrPoseKeepWhatTheirTagsTell() throws {
    var flight = DrawnFlight(strips: 1, picturesPerStrip: 4, seed: 13)
    flight.forget(2) { $0.gimbal = nil }
    let tags = flight.geometry
    var geometry = tags
    let report = geometry.refine { index in index == 0 ? nil : flight.luma(index) }
    #expect(report.unreadablePictures == [0])
    #expect(report.posedPictureCount == 3)
    let (before, after) = (try #require(tags.meters(0.3, 0.4)), try #require(geometry.meters(0.3, 0.4)))
    #expect(before == after)
    #expect(geometry.place(ofPicture: 2, u: 0.5, v: 0.5) == .failure(.noAttitude))
    #expect(geometry.cameraPlace(ofPicture: 2)?.method == .camera)
  }

  @Test func groundWithoutTextureChangesNothing() {
    let flight = DrawnFlight(strips: 1, picturesPerStrip: 3, seed: 14)
    let tags = flight.geometry
    var geometry = tags
    let report = geometry.refine { _ in PixelPlane(widthPixels: 320, heightPixels: 180) { _, _ in 90 } }
    #expect(report.comparedPairCount > 0 && report.matchedPairCount == 0)
    #expect(report.adjustedPictureCount == 0)
    for index in 0..<3 { #expect(geometry.meters(0.2, 0.7, of: index)! == tags.meters(0.2, 0.7, of: index)!) }
  }

  @Test func flightsWithoutPositionsAreNotCompared() {
    var flight = DrawnFlight(strips: 1, picturesPerStrip: 3, seed: 15)
    for index in 0..<3 { flight.forget(index) { $0.position = nil } }
    var geometry = flight.geometry
    let report = geometry.refine { _ in
      Issue.record("no picture is asked for")
      return nil
    }
    #expect(report == AdjustmentReport(posedPictureCount: 0))
    #expect(geometry.place(ofPicture: 1, u: 0.5, v: 0.5) == .failure(.noPosition))
    #expect(geometry.cameraPlace(ofPicture: 1) == nil && geometry.footprint(ofPicture: 1) == nil)
  }

  @Test func theSamePicturesGiveTheSamePlaces() throws {
    let flight = DrawnFlight(strips: 1, picturesPerStrip: 3, seed: 16)
    var (first, second) = (flight.geometry, flight.geometry)
    let reports = (first.refine { flight.luma($0) }, second.refine { flight.luma($0) })
    #expect(reports.0 == reports.1 && reports.0.adjustedPictureCount == 3)
    for index in 0..<3 {
      let places = (first.meters(0.25, 0.75, of: index), second.meters(0.25, 0.75, of: index))
      #expect(try #require(places.0) == #require(places.1))
    }
  }

  @Test func errorsOfTheReaderComeOutAsTheyAre() {
    struct Broken: Error {}
    let flight = DrawnFlight(strips: 1, picturesPerStrip: 2, seed: 17)
    var geometry = flight.geometry
    #expect(throws: Broken.self) { try geometry.refine { _ in throw Broken() } }
  }
}
