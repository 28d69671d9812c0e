internal import InspectionModel

/// A point of the scene's own plane, metres from its origin: `x` to the right of the main street, `y` along
/// it.
struct ScenePoint: Sendable, Hashable {
  var x: Double
  var y: Double

  static func + (left: ScenePoint, right: ScenePoint) -> ScenePoint {
    ScenePoint(x: left.x + right.x, y: left.y + right.y)
  }

  static func - (left: ScenePoint, right: ScenePoint) -> ScenePoint {
    ScenePoint(x: left.x - right.x, y: left.y - right.y)
  }

  var lengthMeters: Double { (x * x + y * y).squareRoot() }

  /// This point at share 0, the other at share 1.
  func mixed(with other: ScenePoint, share: Double) -> ScenePoint {
    ScenePoint(x: x + (other.x - x) * share, y: y + (other.y - y) * share)
  }
}

/// How the scene's plane lies on the earth: turned against north, so that nothing is parallel to a meridian.
struct SceneFrame: Sendable {
  let plane: LocalPlane<CGCS2000>
  /// Direction of the scene's `y` axis, clockwise from true north.
  let bearingDecidegrees: Int
  private let sine: Double
  private let cosine: Double

  init(origin: GeodeticPosition<CGCS2000>, bearingDecidegrees: Int) {
    plane = LocalPlane(origin: origin)
    self.bearingDecidegrees = bearingDecidegrees
    sine = ExactTrigonometry.sine(decidegrees: bearingDecidegrees)
    cosine = ExactTrigonometry.cosine(decidegrees: bearingDecidegrees)
  }

  func point(of position: GeodeticPosition<CGCS2000>) -> ScenePoint {
    let (east, north) = plane.offsetMeters(of: position)
    return ScenePoint(x: east * cosine - north * sine, y: east * sine + north * cosine)
  }

  func position(of point: ScenePoint) -> GeodeticPosition<CGCS2000> {
    plane.position(
      eastMeters: point.x * cosine + point.y * sine, northMeters: point.y * cosine - point.x * sine)
  }
}
