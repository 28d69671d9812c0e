import FlightLogs
import InspectionModel
import InspectionSimulator
import Testing

/// What the simulator writes into its pictures, our own reader reads back.
@Suite struct PictureTagsTests {
  private func metadata(_ file: SimulatedFlight.File) throws -> PictureMetadata {
    let reading = try #require(PictureMetadataReader.read(file.bytes, isWholeFile: true))
    #expect(reading.faults.isEmpty, "\(file.name): \(reading.faults)")
    return reading.metadata
  }

  private func degrees(_ radians: Double?) -> Double { (radians ?? .nan) * 180 / .pi }

  /// East and west, north and south, and both signs of every angle.
  @Test(arguments: [(29.276, 106.232), (-33.5, -70.25), (0.00001, -0.00001)])
  func poseTagsAreReadBack(latitude: Double, longitude: Double) throws {
    let plan = SmallFlight.plan(frameCount: 8, widthPixels: 64, heightPixels: 64) {
      $0.origin = GeodeticPosition(latitudeDegrees: latitude, longitudeDegrees: longitude)
      $0.start = Timestamp(milliseconds: 1_795_483_799_750)
      $0.errors = .ordinary
    }
    let flight = try SimulatedFlight(plan: plan)
    for index in 0..<plan.frameCount {
      let (file, truth) = try flight.frame(index)
      let (read, pose) = (try metadata(file), try #require(truth.recordedPose))
      #expect(read.takenAtOffset == .shanghai)
      #expect(read.timestamp(assuming: .utc)?.iso8601(in: .shanghai) == truth.time)
      #expect(read.satelliteTime == read.timestamp(assuming: .utc))
      #expect(read.modifiedAt?.second == read.takenAt?.second)
      #expect(abs(read.position!.latitudeDegrees - pose.latitudeDegrees) < 1e-12)
      #expect(abs(read.position!.longitudeDegrees - pose.longitudeDegrees) < 1e-12)
      #expect(read.heightMetersAboveTakeoff == pose.heightMeters)
      #expect(abs(read.altitudeMetersAMSL! - pose.heightMeters - 212) < 1e-9)
      #expect(read.horizontalSigmaMeters == 1.5)
      #expect(abs(degrees(read.gimbal?.yawRadians) - pose.gimbalYawDegrees) < 1e-9)
      #expect(abs(degrees(read.gimbal?.pitchRadians) - pose.gimbalPitchDegrees) < 1e-9)
      #expect(abs(degrees(read.gimbal?.rollRadians) - pose.gimbalRollDegrees) < 1e-9)
      #expect(abs(degrees(read.yawRadians) - pose.flightYawDegrees) < 1e-9)
      #expect(abs(degrees(read.pitchRadians) - pose.flightPitchDegrees) < 1e-9)
      #expect(abs(degrees(read.rollRadians) - pose.flightRollDegrees) < 1e-9)
      #expect(read.orientation == 1)
      #expect(read.software == "v01.00.0024")
    }
  }

  @Test func lensTagsGiveTheFocalLengthThatWasRendered() throws {
    for (width, height) in [(64, 64), (161, 97)] {
      let flight = try SimulatedFlight(plan: SmallFlight.plan(widthPixels: width, heightPixels: height))
      let (file, truth) = try flight.frame(0)
      let read = try metadata(file)
      #expect(read.storedWidthPixels == width && read.storedHeightPixels == height)
      #expect(read.recordedWidthPixels == width && read.recordedHeightPixels == height)
      let pixels = read.focalLengthMillimeters! / read.sensorWidthMillimeters! * Double(width)
      #expect(abs(pixels - flight.truth(frames: [truth]).camera.focalLengthPixels) < 1e-9)
      #expect(abs(read.focalLength35mmEquivalentMillimeters! / 36 * Double(width) - pixels) < 1e-9)
    }
  }

  @Test func taggingLeavesOutWhatItSays() throws {
    let timed = try SimulatedFlight(plan: SmallFlight.plan { $0.tags = .time }).frame(0)
    let timeOnly = try metadata(timed.file)
    #expect(timeOnly.timestamp(assuming: .utc)?.iso8601(in: .shanghai) == timed.truth.time)
    #expect(timeOnly.telemetrySample(assuming: .utc) == nil)
    let bare = try metadata(SimulatedFlight(plan: SmallFlight.plan { $0.tags = .none }).frame(0).file)
    #expect(bare.takenAt == nil && bare.make == nil && bare.telemetrySample(assuming: .utc) == nil)
    let pole = try metadata(SimulatedFlight(plan: SmallFlight.plan { $0.isFixedCamera = true }).frame(0).file)
    #expect(pole.takenAt == nil && pole.make == nil)
  }
}
