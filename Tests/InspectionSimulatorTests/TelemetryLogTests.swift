import FlightLogs
import Foundation
import InspectionModel
import InspectionSimulator
import Testing

/// The logs beside the pictures are read back by our own parsers.
@Suite struct TelemetryLogTests {
  private func log(_ plan: FlightPlan) throws -> TelemetryLog {
    let file = try #require(SimulatedFlight(plan: plan).sidecar())
    return try TelemetryLogReader.read(file.bytes)
  }

  /// Pictures each whole second, so that records fall on them.
  private static let plan = SmallFlight.plan(seed: 51, frameCount: 30, widthPixels: 64, heightPixels: 64) {
    $0.periodMilliseconds = 1000
  }

  @Test(arguments: [FlightPlan.SidecarKind.srt, .airdata])
  func recordsHoldThePosesOfThePictures(kind: FlightPlan.SidecarKind) throws {
    var plan = Self.plan
    (plan.sidecar, plan.errors) = (kind, .ordinary)
    let log = try log(plan)
    #expect(log.format == (kind == .srt ? .djiSubtitles : .airdata))
    #expect(log.faults.isEmpty && log.skippedByteCount == 0)
    let flight = try SimulatedFlight(plan: plan)
    for index in 0..<plan.frameCount {
      let truth = try flight.frame(index).truth
      let pose = try #require(truth.recordedPose)
      let sample = try #require(log.samples.first { $0.timestamp?.iso8601(in: .shanghai) == truth.time })
      let position = try #require(sample.position)
      #expect(abs(position.latitudeDegrees - pose.latitudeDegrees) < 1e-12)
      #expect(abs(position.longitudeDegrees - pose.longitudeDegrees) < 1e-12)
      #expect(abs(sample.heightMetersAboveTakeoff! - pose.heightMeters) < 1e-8)
      #expect(abs(sample.altitudeMetersAMSL! - pose.heightMeters - 212) < 1e-8)
      let gimbal = try #require(sample.gimbal)
      #expect(Self.turn(gimbal.yawRadians!, pose.gimbalYawDegrees) < 1e-9)
      #expect(Self.turn(gimbal.pitchRadians!, pose.gimbalPitchDegrees) < 1e-9)
      guard kind == .airdata else { continue }
      #expect(Self.turn(sample.yawRadians!, pose.flightYawDegrees) < 1e-9)
      #expect(Self.turn(sample.rollRadians!, pose.flightRollDegrees) < 1e-9)
    }
  }

  /// Degrees between two directions; whole turns do not count.
  private static func turn(_ radians: Double, _ degrees: Double) -> Double {
    abs(remainder(radians * 180 / .pi - degrees, 360))
  }

  @Test func photoMarksStandAtThePictures() throws {
    var plan = Self.plan
    (plan.sidecar, plan.periodMilliseconds) = (.airdata, 700)
    let log = try log(plan)
    #expect(log.photoIndices.count == plan.frameCount)
    for (index, mark) in log.photoIndices.enumerated() {
      let expected = plan.firstFrameTime.advanced(byNanoseconds: Int64(index) * 700_000_000)
      #expect(log.samples[mark].timestamp == expected)
    }
  }

  @Test func theLogSpansTheFlightAndNeverStandsStill() throws {
    for kind in [FlightPlan.SidecarKind.srt, .airdata] {
      var plan = Self.plan
      (plan.sidecar, plan.start) = (kind, Timestamp(milliseconds: 1_795_483_800_730))
      let times = try log(plan).samples.map { $0.timestamp! }
      #expect(times.first! <= plan.firstFrameTime.advanced(bySeconds: -1))
      #expect(times.last! >= plan.firstFrameTime.advanced(bySeconds: 29.5))
      let steps = Set(zip(times, times.dropFirst()).map { $1.nanoseconds - $0.nanoseconds })
      #expect(steps == [kind == .srt ? 200_000_000 : 100_000_000])
    }
  }

  /// 400 pictures' errors have the stated size; four standard errors of a standard deviation are 14 %.
  @Test func recordedErrorsHaveTheStatedSigmas() throws {
    var plan = SmallFlight.plan(seed: 52, frameCount: 400, widthPixels: 64, heightPixels: 64) {
      ($0.sidecar, $0.periodMilliseconds) = (.airdata, 1000)
    }
    let exact = try log(plan)
    plan.errors.positionSigmaMeters = 5
    plan.errors.heightSigmaMeters = 2
    plan.errors.attitudeSigmaDegrees = 1.5
    let erring = try log(plan)
    let pairs = zip(
      exact.photoIndices.map { exact.samples[$0] }, erring.photoIndices.map { erring.samples[$0] })
    func sigma(_ difference: (TelemetrySample, TelemetrySample) -> Double) -> Double {
      let values = pairs.map(difference)
      return (values.reduce(0) { $0 + $1 * $1 } / Double(values.count)).squareRoot()
    }
    func offset(_ pair: (TelemetrySample, TelemetrySample)) -> (east: Double, north: Double) {
      LocalPlane(origin: pair.0.position!).offsetMeters(of: pair.1.position!)
    }
    #expect(abs(sigma { offset(($0, $1)).east } / 5 - 1) < 0.14)
    #expect(abs(sigma { offset(($0, $1)).north } / 5 - 1) < 0.14)
    #expect(abs(sigma { $1.heightMetersAboveTakeoff! - $0.heightMetersAboveTakeoff! } / 2 - 1) < 0.14)
    let pitch = sigma { ($1.gimbal!.pitchRadians! - $0.gimbal!.pitchRadians!) * 180 / .pi }
    #expect(abs(pitch / 1.5 - 1) < 0.14)
  }

  @Test(arguments: [FlightPlan.SidecarKind.srt, .airdata])
  func brokenLogsHaveTheirFaultsWhereTheTruthSays(kind: FlightPlan.SidecarKind) throws {
    var plan = Self.plan
    (plan.sidecar, plan.damages) = (kind, [.brokenSidecar])
    let (broken, flight) = (try log(plan), try SimulatedFlight(plan: plan))
    let lines = flight.truth(frames: []).damages.map { Fault.Place.line($0.line!) }
    #expect(lines.count == 3)
    #expect(broken.faults.map(\.place) == lines)
    // One record is unreadable; of the other two what could be read is there.
    plan.damages = []
    #expect(try log(plan).samples.count == broken.samples.count + 1)
  }
}
