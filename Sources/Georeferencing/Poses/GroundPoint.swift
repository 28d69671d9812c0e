/// Where the ray of a pixel meets the ground, and how that place moves with every part of the pose.
package struct GroundPoint {
  /// Metres north and east of the flight's origin.
  package let northMeters: Double
  package let eastMeters: Double
  /// Metres on the ground for each metre of height over it: the ray's slope, north and east.
  let slopeNorth: Double
  let slopeEast: Double
  /// Derivatives by the parts of the pose, in the order of `PosePart`: north and east.
  let north: [Double]
  let east: [Double]

  /// How the place moves with the point of the picture, metres for each longer side: the point going across
  /// and down.
  let across: (north: Double, east: Double)
  let down: (north: Double, east: Double)

  /// Follows the ray of a point of the upright picture to the ground.
  ///
  /// With camera C at height h over the plane below it, the ray's direction d and the plane's normal m (slope
  /// north, slope east, 1): P = C + t d with t = h / (m · d). A small turn δ changes d by δ × d; the
  /// derivative of P by a change w of d is t (w − d (m · w) / (m · d)); whatever raises the camera over the
  /// plane by 1 moves P by d / (m · d).
  ///
  /// - Returns: `nil` where the ray does not fall.
  init?(u: Double, v: Double, pose: PicturePose, camera: CameraModel, ground: GroundPlane) {
    let view = camera.viewDirection(u: u, v: v)
    let direction = pose.rotation(view)
    let flattest = Self.leastDownPart * direction.dot(direction).squareRoot()
    let height = pose.heightMeters - ground.heightMeters(north: pose.northMeters, east: pose.eastMeters)
    let fall = ground.fall(of: direction)
    guard direction.z > flattest, fall > flattest, height > 0 else { return nil }
    let reach = height / fall
    let (slopeNorth, slopeEast) = (direction.x / fall, direction.y / fall)
    (self.slopeNorth, self.slopeEast) = (slopeNorth, slopeEast)
    northMeters = pose.northMeters + height * slopeNorth
    eastMeters = pose.eastMeters + height * slopeEast
    // Parts in the order of `PosePart`.
    var north = [1 - slopeNorth * ground.slopeNorth, -slopeNorth * ground.slopeEast, slopeNorth]
    var east = [-slopeEast * ground.slopeNorth, 1 - slopeEast * ground.slopeEast, slopeEast]
    func moved(_ change: Vector3) -> (north: Double, east: Double) {
      let lift = ground.fall(of: change)
      return (reach * (change.x - slopeNorth * lift), reach * (change.y - slopeEast * lift))
    }
    func append(_ change: Vector3) {
      let place = moved(change)
      north.append(place.north)
      east.append(place.east)
    }
    for axis in Self.axes { append(axis.cross(direction)) }
    for axis in Self.axes { append(pose.rotation(axis.cross(view))) }
    let seen = camera.seenDirection(u: u, v: v)
    let square = seen.x * seen.x + seen.y * seen.y
    let focal = -(1 + 3 * camera.radialDistortion * square)
    append(pose.rotation(Vector3(focal * seen.x, focal * seen.y, 0)))
    append(pose.rotation(Vector3(square * seen.x, square * seen.y, 0)))
    for lift in [1, northMeters - ground.centerNorthMeters, eastMeters - ground.centerEastMeters] {
      north.append(-slopeNorth * lift)
      east.append(-slopeEast * lift)
    }
    (self.north, self.east) = (north, east)
    let (term, focalLength) = (camera.radialDistortion, camera.focalLengthPerLongSide)
    let (scale, mixed) = (1 + term * square, 2 * term * seen.x * seen.y)
    across = moved(
      pose.rotation(Vector3(scale + 2 * term * seen.x * seen.x, mixed, 0)) * (1 / focalLength))
    down = moved(
      pose.rotation(Vector3(mixed, scale + 2 * term * seen.y * seen.y, 0)) * (1 / focalLength))
  }

  /// Sine of the flattest ray that is followed: 2°, 29 heights away.
  static let leastDownPart = 0.035

  private static let axes = [Vector3(1, 0, 0), Vector3(0, 1, 0), Vector3(0, 0, 1)]
}
