import Georeferencing
import InspectionModel
import Testing

/// Rays of pixels by hand: where they meet the ground, how sure that is, and when nothing is said.
@Suite struct TagGeometryTests {
  /// Half the picture's width on the ground for one metre of height: 6.17 / 2 / 3.61.
  static let halfWidth = 6.17 / 2 / 3.61
  static let halfHeight = halfWidth * 720 / 1280

  @Test func straightDownTheCentreIsBelowTheCamera() throws {
    let geometry = Flights.geometry(Flights.metadata(north: 12, east: -7))
    let place = try #require(geometry.meters(0.5, 0.5))
    #expect(abs(place.north - 12) < 1e-6 && abs(place.east + 7) < 1e-6)
  }

  @Test(arguments: [0.0, 90, 180, -90, 37])
  func straightDownTheTopOfThePictureLiesAhead(yaw: Double) throws {
    let geometry = Flights.geometry(Flights.metadata(yaw: yaw))
    let ahead = try #require(geometry.meters(0.5, 0))
    let right = try #require(geometry.meters(1, 0.5))
    let reach = 40 * Self.halfHeight
    let side = 40 * Self.halfWidth
    let (sine, cosine) = (sinOf(yaw), cosOf(yaw))
    #expect(abs(ahead.north - reach * cosine) < 1e-5 && abs(ahead.east - reach * sine) < 1e-5)
    #expect(abs(right.north + side * sine) < 1e-5 && abs(right.east - side * cosine) < 1e-5)
  }

  @Test func obliqueRaysMeetTheGroundAhead() throws {
    // 45° down to the east from 40 m: the centre is 40 m east; the lower edge falls more steeply.
    let geometry = Flights.geometry(Flights.metadata(pitch: -45, yaw: 90))
    let centre = try #require(geometry.meters(0.5, 0.5))
    #expect(abs(centre.east - 40) < 1e-5 && abs(centre.north) < 1e-5)
    let lower = try #require(geometry.meters(0.5, 1))
    let expected = 40 * (1 - Self.halfHeight) / (1 + Self.halfHeight)
    #expect(abs(lower.east - expected) < 1e-5)
    #expect(centre.sigma > lower.sigma)
  }

  @Test func rollTurnsThePictureClockwise() throws {
    // Looking north at 45° with the right side 10° down: what is on the right falls more steeply, so it is
    // nearer.
    let geometry = Flights.geometry(Flights.metadata(pitch: -45, roll: 10))
    let left = try #require(geometry.meters(0.3, 0.5))
    let right = try #require(geometry.meters(0.7, 0.5))
    #expect(right.north < left.north)
  }

  @Test func focalLengthComesFromTheBestSource() throws {
    var metadata = Flights.metadata()
    let known = try #require(CameraModel(metadata, uprightWidthPixels: 1280, uprightHeightPixels: 720))
    #expect(known.source == .knownSensor)
    #expect(abs(known.focalLengthPerLongSide - 3.61 / 6.17) < 1e-12)
    metadata.sensorWidthMillimeters = 6.2
    let focalPlane = try #require(CameraModel(metadata, uprightWidthPixels: 1280, uprightHeightPixels: 720))
    #expect(focalPlane.source == .focalPlane)
    metadata.calibratedFocalLengthPixels = 2340
    let calibrated = try #require(CameraModel(metadata, uprightWidthPixels: 1280, uprightHeightPixels: 720))
    #expect(calibrated.source == .calibration)
    #expect(abs(calibrated.focalLengthPerLongSide - 0.585) < 1e-12)
    metadata = Flights.metadata()
    metadata.model = "unheard of"
    let equivalent = try #require(CameraModel(metadata, uprightWidthPixels: 1280, uprightHeightPixels: 720))
    #expect(equivalent.source == .equivalent)
    // The 4:3 sensor's diagonal counts, although the picture is a 16:9 cut of it.
    #expect(abs(equivalent.focalLengthPerLongSide - 20 / 43.267 / 0.8) < 1e-4)
    #expect(equivalent.focalRelativeSigma > known.focalRelativeSigma)
    metadata.focalLength35mmEquivalentMillimeters = nil
    #expect(CameraModel(metadata, uprightWidthPixels: 1280, uprightHeightPixels: 720) == nil)
  }

  @Test(arguments: 1...8)
  func storedPixelsOfEveryOrientationShowTheSameGround(orientation: Int) throws {
    let upright = Flights.geometry(Flights.metadata(yaw: 20))
    var metadata = Flights.metadata(yaw: 20)
    metadata.orientation = orientation
    let swaps = orientation >= 5
    let picture = Flights.picture(metadata, width: swaps ? 720 : 1280, height: swaps ? 1280 : 720)
    let geometry = FlightGeometry.fromTags([picture])
    // Where the upright picture's top left and top right corners are stored (CIPA DC-008).
    let corners: [(left: (Double, Double), right: (Double, Double))] = [
      ((0, 0), (1, 0)), ((1, 0), (0, 0)), ((1, 1), (0, 1)), ((0, 1), (1, 1)),
      ((0, 0), (0, 1)), ((0, 1), (0, 0)), ((1, 1), (1, 0)), ((1, 0), (1, 1)),
    ]
    let corner = corners[orientation - 1]
    for (stored, u) in [(corner.left, 0.0), (corner.right, 1.0)] {
      let expected = try #require(upright.meters(u, 0))
      let found = try #require(geometry.meters(stored.0, stored.1))
      #expect(abs(found.north - expected.north) < 1e-6 && abs(found.east - expected.east) < 1e-6)
    }
  }

  @Test func picturesThatAViewerSavedAgainCountAsTurned() throws {
    var metadata = Flights.metadata()
    metadata.software = "Microsoft Windows Photo Viewer 10.0.10240.16384"
    metadata.modifiedAt?.hour += 3
    let geometry = Flights.geometry(metadata)
    let upright = Flights.geometry(Flights.metadata())
    let found = try #require(geometry.meters(0.2, 0.1))
    let expected = try #require(upright.meters(0.8, 0.9))
    #expect(abs(found.north - expected.north) < 1e-6 && abs(found.east - expected.east) < 1e-6)
    #expect(geometry.remarks(ofPicture: 0).contains { $0.contains("Windows Photo Viewer") })
    // A program's name alone, or a later date alone, proves nothing.
    metadata.modifiedAt = metadata.takenAt
    #expect(Flights.geometry(metadata).remarks(ofPicture: 0).isEmpty)
    metadata = Flights.metadata()
    metadata.modifiedAt?.hour += 3
    #expect(Flights.geometry(metadata).remarks(ofPicture: 0).isEmpty)
  }

  @Test func whatIsMissingIsRefusedInPlainWords() {
    func refusal(_ change: (inout PictureMetadata) -> Void) -> PlaceRefusal? {
      var metadata = Flights.metadata()
      change(&metadata)
      guard case .failure(let refusal) = Flights.geometry(metadata).place(ofPicture: 0, u: 0.5, v: 0.5)
      else { return nil }
      return refusal
    }
    #expect(refusal { $0.position = nil } == .noPosition)
    #expect(refusal { $0.heightMetersAboveTakeoff = nil } == .noHeight)
    #expect(refusal { $0.heightMetersAboveTakeoff = -3 } == .heightTooSmall(meters: -3))
    #expect(refusal { $0.gimbal = nil } == .noAttitude)
    #expect(
      refusal {
        $0.model = nil; $0.focalLength35mmEquivalentMillimeters = nil
      } == .noFocalLength)
    #expect(refusal { $0.gimbal?.pitchRadians = 0 } == .aboveHorizon)
    #expect(refusal { $0.gimbal?.pitchRadians = 0.3 } == .aboveHorizon)
    guard case .tooUncertain? = refusal({ $0.gimbal?.pitchRadians = -0.06 }) else {
      Issue.record("a ray of 3° is too flat")
      return
    }
  }

  @Test func withoutARayTheCameraStandsInWithAnHonestRadius() throws {
    var metadata = Flights.metadata()
    metadata.gimbal = nil
    let unknown = try #require(Flights.geometry(metadata).cameraPlace(ofPicture: 0))
    #expect(unknown.method == .camera && unknown.sigmaMeters > 40)
    let down = try #require(Flights.geometry(Flights.metadata()).cameraPlace(ofPicture: 0))
    #expect((10...30).contains(down.sigmaMeters))
    metadata.position = nil
    #expect(Flights.geometry(metadata).cameraPlace(ofPicture: 0) == nil)
  }

  @Test func airframeAttitudeAloneIsUsedWithALargerError() throws {
    var metadata = Flights.metadata()
    metadata.gimbal = nil
    (metadata.rollRadians, metadata.pitchRadians, metadata.yawRadians) = (0, 0, .pi / 2)
    let geometry = Flights.geometry(metadata)
    let ahead = try #require(geometry.meters(0.5, 0))
    #expect(abs(ahead.east - 40 * Self.halfHeight) < 1e-6 && abs(ahead.north) < 1e-6)
    #expect(ahead.sigma > 8)
    #expect(!geometry.remarks(ofPicture: 0).isEmpty)
  }

  @Test func footprintsAreCounterClockwiseAndEndBeforeTheHorizon() throws {
    let down = try #require(Flights.geometry(Flights.metadata(yaw: 30)).footprint(ofPicture: 0))
    #expect(down.count == 4)
    #expect(abs(area(down) - 4 * 1600 * Self.halfWidth * Self.halfHeight) < 0.1)
    let flat = try #require(Flights.geometry(Flights.metadata(pitch: -10)).footprint(ofPicture: 0))
    #expect(area(flat) > 0)
    for corner in flat {
      #expect(Flights.plane.distanceMeters(to: corner) < 40 / 0.1 * 1.5)
    }
    #expect(Flights.geometry(Flights.metadata(pitch: 60)).footprint(ofPicture: 0) == nil)
  }

  /// Square metres, positive for a counter-clockwise ring.
  private func area(_ ring: [GeodeticPosition<CGCS2000>]) -> Double {
    let points = ring.map { Flights.plane.offsetMeters(of: $0) }
    return points.indices.reduce(0) { sum, index in
      let (a, b) = (points[index], points[(index + 1) % points.count])
      return sum + (a.east * b.north - b.east * a.north) / 2
    }
  }
}
