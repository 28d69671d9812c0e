/// How one picture sees the ground: places on the ground ↔ points of the upright picture.
package struct PictureView: Sendable {
  package let pose: PicturePose
  package let camera: CameraModel
  package let ground: GroundPlane

  /// A picture by the pose and camera that it was taken with, over a ground.
  package init(pose: PicturePose, camera: CameraModel, ground: GroundPlane) {
    (self.pose, self.camera, self.ground) = (pose, camera, ground)
  }

  /// Height over the ground below the camera, metres.
  var heightMeters: Double {
    pose.heightMeters - ground.heightMeters(north: pose.northMeters, east: pose.eastMeters)
  }

  /// The point of the upright picture that shows a place, also beyond its edges; `nil` behind the camera.
  package func picturePoint(north: Double, east: Double) -> (u: Double, v: Double)? {
    let down = pose.heightMeters - ground.heightMeters(north: north, east: east)
    let direction = Vector3(north - pose.northMeters, east - pose.eastMeters, down)
    return camera.picturePoint(of: pose.rotation.inverse(direction))
  }

  /// The place that a point of the upright picture shows; `nil` where the ray does not fall.
  package func place(u: Double, v: Double) -> GroundPoint? {
    GroundPoint(u: u, v: v, pose: pose, camera: camera, ground: ground)
  }

  /// Metres on the ground along the picture's longer side, straight below.
  var longSideMeters: Double { heightMeters / camera.focalLengthPerLongSide }

  /// Rays flatter than this are not compared: 68° from straight down, metres per metre of height.
  static let steepestSlope = 2.5

  /// Corners of the ground that is compared, as north and east metres, clockwise seen from above.
  package var outline: [(north: Double, east: Double)] {
    FlightGeometry.visibleCorners(pose: pose, camera: camera).map { ray in
      let reach = (ray.x * ray.x + ray.y * ray.y).squareRoot() / ray.z
      let scale = heightMeters / ray.z * min(1, Self.steepestSlope / max(reach, 1e-9))
      return (pose.northMeters + scale * ray.x, pose.eastMeters + scale * ray.y)
    }
  }
}
