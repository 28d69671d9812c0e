import Foundation
import Ingest
import InspectionModel
import InspectionSimulator
import Testing

/// Where pictures were taken from: by their own tags, gaps filled from the log.
@Suite struct FramePosesTests {
  private func expectPose(
    _ telemetry: TelemetrySample?, _ pose: FlightTruth.Pose, _ name: String, gimbal: Bool = true
  ) throws {
    let sample = try #require(telemetry, "\(name) has no telemetry")
    let position = try #require(sample.position)
    #expect(abs(position.latitudeDegrees - pose.latitudeDegrees) < 1e-12, "\(name)")
    #expect(abs(position.longitudeDegrees - pose.longitudeDegrees) < 1e-12, "\(name)")
    #expect(abs(sample.heightMetersAboveTakeoff! - pose.heightMeters) < 1e-9, "\(name)")
    let degrees = 180 / Double.pi
    #expect(
      abs(remainder(sample.gimbal!.yawRadians! * degrees - pose.gimbalYawDegrees, 360)) < 1e-9, "\(name)")
    #expect(abs(sample.gimbal!.pitchRadians! * degrees - pose.gimbalPitchDegrees) < 1e-9, "\(name)")
  }

  @Test(arguments: [
    (FlightPlan.PictureTagging.pose, FlightPlan.SidecarKind.none), (.time, .srt), (.time, .airdata),
    (.none, .airdata), (.pose, .srt),
  ])
  func posesAreThoseOfTheFlight(tags: FlightPlan.PictureTagging, sidecar: FlightPlan.SidecarKind) throws {
    let folder = try FlightFolder(FlightFolder.plan { ($0.tags, $0.sidecar) = (tags, sidecar) })
    let flight = try folder.read()
    #expect(flight.faults.isEmpty)
    #expect((flight.sidecar?.fileName == nil) == (sidecar == .none))
    for (frame, truth) in zip(flight.frames, folder.truths) {
      try expectPose(frame.telemetry, truth.pose, frame.name)
      #expect(frame.telemetryRemark == nil)
    }
  }

  @Test func tagsComeBeforeTheLog() throws {
    let folder = try FlightFolder(FlightFolder.plan())
    let other = try FlightFolder(
      FlightFolder.plan {
        $0.seed = 8
        $0.sidecar = .srt
      })
    try folder.write("OTHER.SRT", other.bytes("SIM_FLIGHT.SRT"))
    for (frame, truth) in zip(try folder.read().frames, folder.truths) {
      try expectPose(frame.telemetry, truth.pose, frame.name)
    }
  }

  /// The fourth picture lacks its angles: it has its own place and the log's gimbal.
  @Test func whatThePictureLacksComesFromTheLog() throws {
    let plan = FlightFolder.plan { ($0.sidecar, $0.damages) = (.srt, [.missingAttitude]) }
    let folder = try FlightFolder(plan)
    let flight = try folder.read()
    #expect(flight.frames[3].metadata.gimbal == nil)
    for (frame, truth) in zip(flight.frames, folder.truths) {
      try expectPose(frame.telemetry, truth.pose, frame.name)
    }
    try folder.remove("SIM_FLIGHT.SRT")
    let alone = try folder.read().frames[3]
    #expect(alone.telemetry?.position != nil && alone.telemetry?.gimbal == nil)
  }

  // MARK: - Between records

  /// Subtitles with one record at each of the given seconds after 09:30:00.
  private func subtitles(_ records: [(second: Double, latitude: Double, yaw: Double)]) -> String {
    records.enumerated().map { index, record in
      let milliseconds = Int((record.second * 1000).rounded())
      let clock = "\(padded(milliseconds / 1000, 2)).\(padded(milliseconds % 1000, 3))"
      return """
        \(index + 1)
        00:00:\(clock.replacing(".", with: ",")) --> 00:00:59,000
        2026-11-24 09:30:\(clock)
        [latitude: \(record.latitude)] [longitude: 106.232] [gb_yaw: \(record.yaw) gb_pitch: -90.0]

        """
    }.joined(separator: "\n")
  }

  /// Pictures at 09:30:00, :02, :04, … with times only.
  private func timedFolder(_ records: [(second: Double, latitude: Double, yaw: Double)]) throws
    -> FlightFolder
  {
    let folder = try FlightFolder(FlightFolder.plan { $0.tags = .time })
    try folder.write("log.srt", text: subtitles(records))
    return folder
  }

  @Test func betweenRecordsThePoseIsInterpolatedAlongTheShorterArc() throws {
    let folder = try timedFolder([
      (0, 29.0, 350), (1.5, 29.3, 350), (2.5, 29.4, 10), (4, 30, 10), (6, 30.5, 170), (8, 31, -170),
    ])
    let frames = try folder.read().frames
    func state(_ index: Int) -> (latitude: Double, yaw: Double) {
      let sample = frames[index].telemetry
      let yaw = (sample?.gimbal?.yawRadians ?? .nan) * 180 / .pi
      return (sample?.position?.latitudeDegrees ?? .nan, remainder(yaw, 360))
    }
    #expect(abs(state(0).latitude - 29) < 1e-12 && abs(state(0).yaw + 10) < 1e-9)
    // Half way from 29.3 to 29.4, and half way from 350 over north to 10 degrees.
    #expect(abs(state(1).latitude - 29.35) < 1e-9 && abs(state(1).yaw) < 1e-9)
    #expect(abs(state(2).latitude - 30) < 1e-12 && abs(state(2).yaw - 10) < 1e-9)
    #expect(abs(state(4).latitude - 31) < 1e-12 && abs(state(4).yaw + 170) < 1e-9)
  }

  @Test func gapsOfTheLogAreNotBridged() throws {
    let folder = try timedFolder([(0, 29, 0), (1, 29.1, 0), (3.5, 29.5, 0), (4, 29.6, 0)])
    let frames = try folder.read().frames
    #expect(frames[0].telemetry != nil && frames[2].telemetry != nil)
    // The second picture falls into 2.5 s without records, the last two after the log's end.
    for index in [1, 3, 4] {
      #expect(frames[index].telemetry == nil, "\(frames[index].name)")
      #expect(frames[index].telemetryRemark != nil, "\(frames[index].name)")
    }
    #expect(frames[1].telemetryRemark!.contains("gap"))
    #expect(frames[4].telemetryRemark!.contains("outside"))
    let patient = try folder.read { $0.telemetryGapSeconds = 2.5 }.frames
    #expect(abs(patient[1].telemetry!.position!.latitudeDegrees - 29.26) < 1e-9)
    #expect(patient[1].telemetryRemark == nil)
  }
}
