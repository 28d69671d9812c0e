/// A part of the ground with one surface.
struct GroundPatch: Sendable {
  let shape: GroundShape
  let surface: Surface

  init(_ shape: GroundShape, _ surface: Surface) { (self.shape, self.surface) = (shape, surface) }

  enum Surface: Sendable {
    case asphalt, pavement, courtyard, field, soil
    /// A roof drawn flat on the ground, in marked flights.
    case roof(Building)
  }
}

/// How a house is covered.
enum Roof: Sendable, CaseIterable {
  case concrete, tiles, steel
}

/// A house: an upright block with a flat roof.
struct Building: Sendable {
  let base: GroundShape
  let heightMeters: Double
  let roof: Roof
  /// Lighter or darker than its kind.
  let tint: Double
}

/// A tree: a ball of leaves.
struct Tree: Sendable {
  let center: ScenePoint
  let radiusMeters: Double
  let tint: Double

  /// Height of the ball's middle, metres.
  var heightMeters: Double { 1.6 + radiusMeters }
}

/// A car that stands or drives along the main street.
struct Vehicle: Sendable {
  var base: GroundShape
  let paint: PaintColor
  /// Its front shows along the scene's `y`.
  let facesAlong: Bool

  static let heightMeters = 1.45

  static let paints = [
    PaintColor(226, 228, 230), PaintColor(196, 199, 203), PaintColor(52, 54, 58), PaintColor(120, 124, 130),
    PaintColor(150, 38, 34), PaintColor(38, 58, 96), PaintColor(232, 230, 222), PaintColor(92, 78, 62),
  ]
}

/// A lamp beside the main street.
struct StreetLamp: Sendable {
  let point: ScenePoint
  let isLit: Bool

  static let heightMeters = 8.0
}
