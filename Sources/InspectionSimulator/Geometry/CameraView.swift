/// A camera in its pose above the scene: rays from pixels, pixels from points.
///
/// The camera's axes in the north-east-down frame are the columns of Rz(yaw)·Ry(pitch)·Rx(roll): it looks
/// along the first, its picture's right is the second, its picture's down the third. Pixel coordinates count
/// from the picture's top left corner; the centre of the first pixel is (0.5, 0.5).
///
/// The simulator projects on its own and does not use `Georeferencing`: its pictures are the oracle for that
/// module.
struct CameraView: Sendable {
  /// A direction or an offset: metres to the scene's right, along the scene, and down.
  struct Vector: Sendable, Hashable {
    var x: Double
    var y: Double
    var down: Double

    func dot(_ other: Vector) -> Double { x * other.x + y * other.y + down * other.down }
  }

  let camera: SimulatedCamera
  let point: ScenePoint
  let heightMeters: Double
  let forward: Vector
  let right: Vector
  let below: Vector

  init(camera: SimulatedCamera, pose: CameraPose, frame: SceneFrame) {
    self.camera = camera
    point = frame.point(of: pose.position)
    heightMeters = pose.heightMeters
    let yaw = pose.gimbal.yawDecidegrees - frame.bearingDecidegrees
    let (sy, cy) = (ExactTrigonometry.sine(decidegrees: yaw), ExactTrigonometry.cosine(decidegrees: yaw))
    let pitch = pose.gimbal.pitchDecidegrees
    let (sp, cp) = (ExactTrigonometry.sine(decidegrees: pitch), ExactTrigonometry.cosine(decidegrees: pitch))
    let roll = pose.gimbal.rollDecidegrees
    let (sr, cr) = (ExactTrigonometry.sine(decidegrees: roll), ExactTrigonometry.cosine(decidegrees: roll))
    forward = Vector(x: sy * cp, y: cy * cp, down: -sp)
    right = Vector(x: sy * sp * sr + cy * cr, y: cy * sp * sr - sy * cr, down: cp * sr)
    below = Vector(x: sy * sp * cr - cy * sr, y: cy * sp * cr + sy * sr, down: cp * cr)
  }

  /// The direction in which a pixel looks; its part along `forward` is 1.
  func ray(u: Double, v: Double) -> Vector {
    let across = (u - Double(camera.widthPixels) / 2) / camera.focalLengthPixels
    let downward = (v - Double(camera.heightPixels) / 2) / camera.focalLengthPixels
    return Vector(
      x: forward.x + across * right.x + downward * below.x,
      y: forward.y + across * right.y + downward * below.y,
      down: forward.down + across * right.down + downward * below.down)
  }

  /// Where a pixel's ray meets the ground; `nil` at and above the horizon.
  func ground(u: Double, v: Double) -> ScenePoint? {
    let ray = ray(u: u, v: v)
    guard ray.down > 1e-3 else { return nil }
    let scale = heightMeters / ray.down
    return ScenePoint(x: point.x + scale * ray.x, y: point.y + scale * ray.y)
  }

  /// The pixel that shows a point at a height, and its distance along `forward`; `nil` behind the camera.
  func project(_ target: ScenePoint, heightMeters targetHeight: Double = 0) -> (
    u: Double, v: Double, depthMeters: Double
  )? {
    let offset = Vector(x: target.x - point.x, y: target.y - point.y, down: heightMeters - targetHeight)
    let depth = offset.dot(forward)
    guard depth > 0.1 else { return nil }
    return (
      Double(camera.widthPixels) / 2 + camera.focalLengthPixels * offset.dot(right) / depth,
      Double(camera.heightPixels) / 2 + camera.focalLengthPixels * offset.dot(below) / depth, depth
    )
  }
}
