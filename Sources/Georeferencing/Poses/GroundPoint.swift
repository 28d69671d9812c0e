/// Where the ray of a pixel meets the ground, and how that place moves with every part of the pose.
struct GroundPoint {
  /// Metres north and east of the flight's origin.
  let northMeters: Double
  let eastMeters: Double
  /// Metres on the ground for each metre of height: the ray's slope, north and east.
  let slopeNorth: Double
  let slopeEast: Double
  /// Derivatives by the parts of the pose, in the order of `PosePart`: north and east.
  let north: [Double]
  let east: [Double]

  /// Follows the ray of a point of the upright picture to the level ground.
  ///
  /// With camera C, height h over the ground and the ray's direction d: P = C + h d / d.down. A small turn δ changes
  /// d by δ × d; the derivative of P by a change w of d is h (w − d w.down / d.down) / d.down.
  ///
  /// - Returns: `nil` where the ray does not fall.
  init?(u: Double, v: Double, pose: PicturePose, camera: CameraModel, ground: GroundPlane) {
    let view = camera.viewDirection(u: u, v: v)
    let direction = pose.rotation(view)
    let flattest = Self.leastDownPart * direction.dot(direction).squareRoot()
    let height = pose.heightMeters - ground.heightMeters
    guard direction.z > flattest, height > 0 else { return nil }
    let reach = height / direction.z
    let (slopeNorth, slopeEast) = (direction.x / direction.z, direction.y / direction.z)
    (self.slopeNorth, self.slopeEast) = (slopeNorth, slopeEast)
    northMeters = pose.northMeters + height * slopeNorth
    eastMeters = pose.eastMeters + height * slopeEast
    var north = [1.0, 0, slopeNorth]
    var east = [0, 1.0, slopeEast]
    func append(_ change: Vector3) {
      north.append(reach * (change.x - slopeNorth * change.z))
      east.append(reach * (change.y - slopeEast * change.z))
    }
    for axis in Self.axes { append(axis.cross(direction)) }
    for axis in Self.axes { append(pose.rotation(axis.cross(view))) }
    append(pose.rotation(Vector3(-view.x, -view.y, 0)))
    north.append(-slopeNorth)
    east.append(-slopeEast)
    (self.north, self.east) = (north, east)
  }

  /// Sine of the flattest ray that is followed: 2°, 29 heights away.
  static let leastDownPart = 0.035

  private static let axes = [Vector3(1, 0, 0), Vector3(0, 1, 0), Vector3(0, 0, 1)]
}

/// The parts of a pose in the order of its covariance.
enum PosePart {
  static let north = 0
  static let east = 1
  static let height = 2
  /// Three: small turns about north, east and down.
  static let turn = 3
  /// Parts that belong to one picture.
  static let ownCount = 6
  /// Three: small turns about the camera's axes, shared by the flight.
  static let mount = 6
  /// The focal length's relative change, shared by the flight.
  static let focal = 9
  /// The ground's level, metres, shared by the flight.
  static let ground = 10
  static let count = 11
}
