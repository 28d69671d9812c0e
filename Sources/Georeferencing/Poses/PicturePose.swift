package import InspectionModel

/// Where a camera stood and how it was turned when it took a picture, with the errors of each part.
package struct PicturePose: Sendable, Hashable {
  /// Metres north and east of the flight's origin.
  package var northMeters: Double
  package var eastMeters: Double
  /// Metres above the take-off point.
  package var heightMeters: Double
  /// From the camera's frame (right, down, forward) to north, east, down.
  package var rotation: Rotation
  package var sigmas: PoseSigmas
  /// Where the direction came from.
  package var attitudeSource: AttitudeSource

  /// What the camera's direction was taken from, the best first.
  package enum AttitudeSource: Sendable, Hashable {
    case gimbal
    /// Pitch of the gimbal, yaw of the airframe.
    case gimbalWithAirframeYaw
    /// A camera without gimbal angles, believed to look straight down from the airframe.
    case airframe
  }

  /// From camera axes to the body axes that gimbal angles speak of: forward is ahead, the picture's right is
  /// right.
  private static let cameraAhead = Rotation(
    columns: (Vector3(0, 1, 0), Vector3(0, 0, 1), Vector3(1, 0, 0)))
  /// A camera looking down, the top of its picture ahead.
  private static let cameraBelow = Rotation(
    columns: (Vector3(0, 1, 0), Vector3(-1, 0, 0), Vector3(0, 0, 1)))

  /// The lowest height from which the ground is looked at, metres.
  private static let leastHeightMeters = 1.0

  /// The pose that a telemetry record tells.
  ///
  /// - Parameters:
  ///   - sample: position, height and angles of the moment.
  ///   - clockSigmaSeconds: how well the moment is known at which the position was looked up in a log; `nil`
  ///     for a position of the picture's own.
  ///   - plane: where north and east are counted from.
  package init(
    _ sample: TelemetrySample, clockSigmaSeconds: Double?, plane: LocalPlane<CGCS2000>
  ) throws(PlaceRefusal) {
    guard let position = sample.position, position.isPlausible else { throw .noPosition }
    guard let height = sample.heightMetersAboveTakeoff ?? position.heightMetersAboveGround, height.isFinite
    else { throw .noHeight }
    guard height >= Self.leastHeightMeters else { throw .heightTooSmall(meters: height) }
    var sigmas = PoseSigmas()
    (rotation, attitudeSource) = try Self.rotation(sample, &sigmas)
    if let stated = sample.horizontalSigmaMeters, stated > 0, stated.isFinite {
      sigmas.horizontalMeters = stated
    }
    if let clock = clockSigmaSeconds {
      let speed = sample.groundSpeedMetersPerSecond ?? PoseSigmas.assumedSpeedMetersPerSecond
      let drift = speed * clock
      sigmas.horizontalMeters = (sigmas.horizontalMeters * sigmas.horizontalMeters + drift * drift)
        .squareRoot()
    }
    let offset = plane.offsetMeters(of: position)
    (northMeters, eastMeters, heightMeters) = (offset.north, offset.east, height)
    self.sigmas = sigmas
  }

  private static func rotation(
    _ sample: TelemetrySample, _ sigmas: inout PoseSigmas
  ) throws(PlaceRefusal) -> (Rotation, AttitudeSource) {
    func angle(_ radians: Double?) -> Double? { radians.flatMap { abs($0) < 1000 ? $0 : nil } }
    let airframeYaw = angle(sample.yawRadians)
    if let pitch = angle(sample.gimbal?.pitchRadians) {
      let gimbalYaw = angle(sample.gimbal?.yawRadians)
      guard let yaw = gimbalYaw ?? airframeYaw else { throw .noAttitude }
      if gimbalYaw == nil { sigmas.yawRadians = PoseSigmas.yawOfAirframeRadians }
      let roll = angle(sample.gimbal?.rollRadians) ?? 0
      let body = Rotation(Attitude(rollRadians: roll, pitchRadians: pitch, yawRadians: yaw))
      return (body * cameraAhead, gimbalYaw == nil ? .gimbalWithAirframeYaw : .gimbal)
    }
    guard let roll = angle(sample.rollRadians), let pitch = angle(sample.pitchRadians),
      let yaw = airframeYaw
    else { throw .noAttitude }
    sigmas.tiltRadians = PoseSigmas.fixedCameraTiltRadians
    let body = Rotation(Attitude(rollRadians: roll, pitchRadians: pitch, yawRadians: yaw))
    return (body * cameraBelow, .airframe)
  }
}
