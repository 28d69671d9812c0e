/// How a body is turned against the local north-east-down frame: first yaw, then pitch, then roll.
package struct Attitude: Sendable, Hashable, Codable {
  /// Right side down is positive, radians.
  package var rollRadians: Double
  /// Nose up is positive, radians.
  package var pitchRadians: Double
  /// Clockwise from true north, radians.
  package var yawRadians: Double

  package init(rollRadians: Double, pitchRadians: Double, yawRadians: Double) {
    self.rollRadians = rollRadians
    self.pitchRadians = pitchRadians
    self.yawRadians = yawRadians
  }
}

/// Where a gimbal points its camera, in the north-east-down frame (not relative to the airframe); radians.
///
/// Pitch −π/2 looks straight down. A component that the record lacks is `nil`.
package struct GimbalPose: Sendable, Hashable, Codable {
  package var rollRadians: Double?
  package var pitchRadians: Double?
  package var yawRadians: Double?

  package init(rollRadians: Double? = nil, pitchRadians: Double? = nil, yawRadians: Double? = nil) {
    self.rollRadians = rollRadians
    self.pitchRadians = pitchRadians
    self.yawRadians = yawRadians
  }
}
