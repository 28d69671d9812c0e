/// The ground as a plane, level as long as nothing else is known: the place where a model of the terrain
/// would come in.
package struct GroundPlane: Sendable, Hashable {
  /// Metres above the take-off point, at the plane's centre.
  package var heightMeters = 0.0
  /// Metres of height for each metre north and east.
  package var slopeNorth = 0.0
  package var slopeEast = 0.0
  /// The centre, metres north and east of the flight's origin.
  package var centerNorthMeters = 0.0
  package var centerEastMeters = 0.0
  /// How far the ground may lie off the take-off point's height, one standard deviation, metres.
  package var levelSigmaMeters = 2.0
  /// How far it may slope, one standard deviation of each axis.
  package var slopeSigma = 0.02
  /// How far single points lie off the plane, one standard deviation, metres.
  package var reliefSigmaMeters = 0.5

  package init() {}

  /// Metres above the take-off point at a place.
  package func heightMeters(north: Double, east: Double) -> Double {
    heightMeters + slopeNorth * (north - centerNorthMeters) + slopeEast * (east - centerEastMeters)
  }

  /// What a ray's down part becomes when it is measured against the plane: 0 for a ray along the ground.
  func fall(of direction: Vector3) -> Double {
    direction.z + slopeNorth * direction.x + slopeEast * direction.y
  }
}
