import FrameMemory
import HazardAnalysis
import InspectionModel
import InspectionSimulator
import Testing

/// Pictures, poses and ground positions of a flight belong together, to the pixel.
@Suite struct FlightGeometryTests {
  /// Plans of every kind of view, each with straight, slanted and turned pictures.
  static let plans: [FlightPlan] = [
    SmallFlight.plan(seed: 11, frameCount: 9) { $0.heightMeters = 60 },
    SmallFlight.plan(seed: 12, frameCount: 9) { $0.damages = [.turnedPictures] },
    SmallFlight.plan(seed: 13, frameCount: 5, widthPixels: 91, heightPixels: 65) {
      ($0.isMarked, $0.isNight) = (false, true)
      $0.origin = GeodeticPosition(latitudeDegrees: -44.5, longitudeDegrees: -71.25)
    },
    SmallFlight.plan(seed: 14, frameCount: 2) { $0.isFixedCamera = true },
  ]

  @Test(arguments: plans)
  func groundPositionsProjectToTheirImagePoints(plan: FlightPlan) throws {
    let flight = try SimulatedFlight(plan: plan)
    let frames = try (0..<plan.frameCount).map { try flight.frame($0).truth }
    let truth = flight.truth(frames: frames)
    var checked = 0
    for frame in frames {
      let projection = GroundProjection(camera: truth.camera, pose: frame.pose)
      func isOff(_ latitude: Double, _ longitude: Double, _ u: Double, _ v: Double) -> Bool {
        let found = projection.image(latitudeDegrees: latitude, longitudeDegrees: longitude)
        let image = frame.isTurned ? (u: 1 - found.u, v: 1 - found.v) : found
        // Positions are rounded to a millimetre, image points to a millionth of the side.
        return abs(image.u - u) * Double(plan.widthPixels) > 0.01
          || abs(image.v - v) * Double(plan.heightPixels) > 0.01
      }
      for point in frame.tiePoints {
        #expect(!isOff(point.latitudeDegrees, point.longitudeDegrees, point.u, point.v), "\(frame.name)")
        checked += 1
      }
      for sighting in frame.sightings {
        let hazard = try #require(truth.hazards.first { $0.id == sighting.hazard })
        guard hazard.partCount == 1 else { continue }
        let (u, v) = (sighting.center.u, sighting.center.v)
        #expect(
          !isOff(hazard.latitudeDegrees, hazard.longitudeDegrees, u, v), "\(frame.name) \(hazard.id)")
        checked += 1
      }
    }
    #expect(checked >= 9 * plan.frameCount, "a flat ground fills the pictures")
  }

  /// The middle of what is drawn lies in the box of its pixels, and the outline spans that box.
  @Test func outlinesSpanTheDrawnBoxes() throws {
    let plan = SmallFlight.plan(seed: 21, frameCount: 12, widthPixels: 320, heightPixels: 200) {
      $0.heightMeters = 50
    }
    let flight = try SimulatedFlight(plan: plan)
    let frames = try (0..<plan.frameCount).map { try flight.frame($0).truth }
    let truth = flight.truth(frames: frames)
    var seen: Set<HazardKind> = []
    for frame in frames {
      let projection = GroundProjection(camera: truth.camera, pose: frame.pose)
      for sighting in frame.sightings where !sighting.isCut {
        let hazard = try #require(truth.hazards.first { $0.id == sighting.hazard })
        let box = sighting.box
        #expect((box.x...box.x + box.width).contains(sighting.center.u), "\(frame.name) \(hazard.id)")
        #expect((box.y...box.y + box.height).contains(sighting.center.v), "\(frame.name) \(hazard.id)")
        guard hazard.partCount == 1 else { continue }
        let corners = hazard.outline.map {
          projection.image(latitudeDegrees: $0[1], longitudeDegrees: $0[0])
        }
        // An uneven edge strays a little between the 24 corners of its outline.
        let (u, v) = (6.0 / Double(plan.widthPixels), 6.0 / Double(plan.heightPixels))
        #expect(abs(corners.map(\.u).min()! - box.x) < u && abs(corners.map(\.v).min()! - box.y) < v)
        #expect(abs(corners.map(\.u).max()! - box.x - box.width) < u)
        #expect(abs(corners.map(\.v).max()! - box.y - box.height) < v)
        seen.insert(hazard.kind)
      }
    }
    #expect(seen == [.fireSmoke, .water, .roadDamage, .garbage, .darkness])
  }

  /// Hand-computed: straight down from 60 m over 160 x 96 pixels with 120 pixels of focal length, a metre is
  /// 2.
  @Test func aCameraThatLooksDownSeesTheFootprintOfItsHeight() throws {
    let plan = SmallFlight.plan(seed: 31, frameCount: 1) {
      $0.hasObliqueFrames = false
    }
    let flight = try SimulatedFlight(plan: plan)
    let frame = try flight.frame(0).truth
    let plane = LocalPlane(
      origin: GeodeticPosition<CGCS2000>(
        latitudeDegrees: frame.pose.latitudeDegrees, longitudeDegrees: frame.pose.longitudeDegrees))
    let (first, last) = (frame.tiePoints[0], frame.tiePoints[8])
    let from = plane.offsetMeters(
      of: GeodeticPosition(latitudeDegrees: first.latitudeDegrees, longitudeDegrees: first.longitudeDegrees))
    let to = plane.offsetMeters(
      of: GeodeticPosition(latitudeDegrees: last.latitudeDegrees, longitudeDegrees: last.longitudeDegrees))
    let ground =
      ((to.east - from.east) * (to.east - from.east) + (to.north - from.north) * (to.north - from.north))
      .squareRoot()
    let (du, dv) = ((last.u - first.u) * 160, (last.v - first.v) * 96)
    let pixels = (du * du + dv * dv).squareRoot()
    // Pitch and roll are within 1.5 degrees of straight down, the height within 0.4 m of 60 m.
    #expect(abs(pixels / ground - 2) < 0.08)
  }
}
