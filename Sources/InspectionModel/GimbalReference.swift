/// What the angles of a recorded gimbal pose count from.
package enum GimbalReference: UInt8, Sendable, Hashable {
  /// North and the horizon.
  case north
  /// The airframe's heading and the horizon: the gimbal holds pitch and roll level, yaw turns with the nose.
  case heading
  /// The airframe itself.
  case airframe
}
