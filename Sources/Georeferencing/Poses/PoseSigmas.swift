/// How far the parts of a pose may be off: one standard deviation each, before any picture was compared.
///
/// Parts that all pictures of a flight share (mount, focal length, ground level) do not average out over
/// pictures.
package struct PoseSigmas: Sendable, Hashable {
  /// Of each horizontal axis of the position, metres. A receiver without correction service.
  package var horizontalMeters = 1.0
  /// Of the height over the take-off point, metres. Barometer over some minutes.
  package var heightMeters = 0.5
  /// About each horizontal axis, radians: an inertial unit holds the vertical well.
  package var tiltRadians = radians(0.3)
  /// About the vertical, radians: a compass beside motors.
  package var yawRadians = radians(3)
  /// About each axis of the camera, shared by the flight, radians: how the camera sits in its gimbal.
  package var mountRadians = radians(2)

  package init() {}

  /// Yaw taken from the airframe for a camera on a gimbal that follows it.
  static let yawOfAirframeRadians = radians(6)
  /// A camera fixed under the airframe, believed to look straight down.
  static let fixedCameraTiltRadians = radians(15)
  /// A picture's clock against a log's, where the clock tells whole seconds (an even spread over one) and
  /// where it tells parts of them.
  static let wholeSecondClockSeconds = 0.3
  static let fineClockSeconds = 0.1
  /// Where the log tells no speed, metres per second.
  static let assumedSpeedMetersPerSecond = 8.0
}
