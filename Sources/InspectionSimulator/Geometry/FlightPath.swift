internal import InspectionModel

/// Where the camera is at each picture and between them, in truth and as recorded.
///
/// A lawnmower pattern over the scene's flown area: lines along the main street, flown back and forth.
/// Between two pictures the drone moves evenly (`CameraPose.mixed`).
struct FlightPath: Sendable {
  let poses: [CameraPose]
  /// `poses` with the plan's errors.
  let recorded: [CameraPose]
  let start: Timestamp
  let periodNanoseconds: Int64

  /// The flown area is twice these wide (across the main street) and long.
  static let halfWidthMeters = 38.0
  static let halfLengthMeters = 58.0

  init(plan: FlightPlan, camera: SimulatedCamera, frame: SceneFrame) {
    let truth = plan.isFixedCamera ? Self.pole(plan, frame) : Self.lawnmower(plan, camera, frame)
    poses = truth
    recorded = Self.withErrors(truth, plan, frame)
    start = plan.firstFrameTime
    periodNanoseconds = Int64(plan.periodMilliseconds) * 1_000_000
  }

  func time(ofFrame index: Int) -> Timestamp {
    start.advanced(byNanoseconds: Int64(index) * periodNanoseconds)
  }

  /// What a log records at a moment; it hovers before the first and after the last picture.
  func recordedPose(at instant: Timestamp) -> CameraPose {
    let elapsed = instant.nanoseconds - start.nanoseconds
    guard elapsed > 0 else { return recorded[0] }
    let index = Int(elapsed / periodNanoseconds)
    guard index + 1 < recorded.count else { return recorded[recorded.count - 1] }
    let share = Double(elapsed % periodNanoseconds) / Double(periodNanoseconds)
    return recorded[index].mixed(with: recorded[index + 1], share: share)
  }

  // MARK: - Patterns

  /// One place beside the road's south end, looking along it; the picture does not move at all.
  private static func pole(_ plan: FlightPlan, _ frame: SceneFrame) -> [CameraPose] {
    let angles = CameraPose.Angles(
      yawDecidegrees: frame.bearingDecidegrees + 120, pitchDecidegrees: -300, rollDecidegrees: 0)
    let pose = CameraPose(
      position: frame.position(of: ScenePoint(x: -8, y: -66)), heightMeters: 9, gimbal: angles,
      airframe: angles)
    return [CameraPose](repeating: pose, count: plan.frameCount)
  }

  private static func lawnmower(
    _ plan: FlightPlan, _ camera: SimulatedCamera, _ frame: SceneFrame
  ) -> [CameraPose] {
    var random = SimulatorRandom(seed: plan.seed, stream: .path)
    func tenths(_ amplitude: Double) -> Int { Int((random.between(-amplitude, amplitude) * 10).rounded()) }
    return stations(plan, camera).enumerated().map { index, station in
      let heading = frame.bearingDecidegrees + (station.isReturning ? 1800 : 0)
      let isOblique = plan.hasObliqueFrames && index % 5 == 3
      let gimbal = CameraPose.Angles(
        yawDecidegrees: heading + tenths(1.5),
        pitchDecidegrees: isOblique ? -600 + tenths(4) : min(-885, -900 + abs(tenths(1.2))),
        rollDecidegrees: tenths(0.4))
      let airframe = CameraPose.Angles(
        yawDecidegrees: heading + tenths(1), pitchDecidegrees: -60 + tenths(2), rollDecidegrees: tenths(2))
      let place = ScenePoint(
        x: station.point.x + random.between(-0.8, 0.8), y: station.point.y + random.between(-0.8, 0.8))
      return CameraPose(
        position: frame.position(of: place), heightMeters: plan.heightMeters + random.between(-0.4, 0.4),
        gimbal: gimbal, airframe: airframe)
    }
  }

  private struct Station {
    let point: ScenePoint
    let isReturning: Bool
  }

  /// As many lines as leave the smallest gap between footprints, the pictures spread over them evenly.
  private static func stations(_ plan: FlightPlan, _ camera: SimulatedCamera) -> [Station] {
    let footprint = camera.footprintMeters(heightMeters: plan.heightMeters)
    func gap(_ lines: Int) -> Double {
      let across = 2 * halfWidthMeters / Double(lines) / footprint.across
      let along = 2 * halfLengthMeters / Double(plan.frameCount / lines) / footprint.along
      return max(across, along)
    }
    let lines = (1...min(plan.frameCount, 50)).min { gap($0) < gap($1) }!
    return (0..<lines).flatMap { line in
      let count = plan.frameCount / lines + (line < plan.frameCount % lines ? 1 : 0)
      let x = (Double(line) + 0.5) * 2 * halfWidthMeters / Double(lines) - halfWidthMeters
      return (0..<count).map { index in
        let y = (Double(index) + 0.5) * 2 * halfLengthMeters / Double(count) - halfLengthMeters
        return Station(point: ScenePoint(x: x, y: line % 2 == 0 ? y : -y), isReturning: line % 2 == 1)
      }
    }
  }

  private static func withErrors(
    _ poses: [CameraPose], _ plan: FlightPlan, _ frame: SceneFrame
  ) -> [CameraPose] {
    guard plan.errors != FlightPlan.RecordedErrors() else { return poses }
    var random = SimulatorRandom(seed: plan.seed, stream: .recordedErrors)
    return poses.map { pose in
      let (east, north) = frame.plane.offsetMeters(of: pose.position)
      let position = frame.plane.position(
        eastMeters: east + plan.errors.positionSigmaMeters * random.normal(),
        northMeters: north + plan.errors.positionSigmaMeters * random.normal())
      let height = pose.heightMeters + plan.errors.heightSigmaMeters * random.normal()
      func angle() -> Int { Int((plan.errors.attitudeSigmaDegrees * random.normal() * 10).rounded()) }
      let gimbal = CameraPose.Angles(
        yawDecidegrees: pose.gimbal.yawDecidegrees + angle(),
        pitchDecidegrees: pose.gimbal.pitchDecidegrees + angle(),
        rollDecidegrees: pose.gimbal.rollDecidegrees + angle())
      return CameraPose(position: position, heightMeters: height, gimbal: gimbal, airframe: pose.airframe)
    }
  }
}
