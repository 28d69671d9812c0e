/// The ground as a level plane: the place where a model of the terrain would come in.
package struct GroundPlane: Sendable, Hashable {
  /// Metres above the take-off point.
  package var heightMeters = 0.0
  /// How far the ground as a whole may lie off that height, one standard deviation, metres.
  package var levelSigmaMeters = 1.0
  /// How far single points stick out of the plane (kerbs, cars, bushes), one standard deviation, metres.
  package var reliefSigmaMeters = 0.5

  package init() {}
}
