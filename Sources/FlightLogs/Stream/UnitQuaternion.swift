internal import Foundation
internal import InspectionModel

/// A rotation from the body to north-east-down, as autopilots write it.
struct UnitQuaternion {
  let w: Double
  let x: Double
  let y: Double
  let z: Double

  /// Yaw, pitch and roll, in this order of turning; `nil` where the four numbers are no rotation.
  var attitude: Attitude? {
    let norm = w * w + x * x + y * y + z * z
    // Autopilots normalise in single precision; anything else is damage or "not known" (0 or not a number).
    guard norm > 0.9, norm < 1.1 else { return nil }
    let sine = 2 * (w * y - z * x) / norm
    return Attitude(
      rollRadians: atan2(2 * (w * x + y * z), norm - 2 * (x * x + y * y)),
      pitchRadians: asin(max(-1, min(1, sine))),
      yawRadians: atan2(2 * (w * z + x * y), norm - 2 * (y * y + z * z)))
  }
}
