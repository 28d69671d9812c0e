internal import InspectionModel

/// A hazard of the scene with its place on the ground.
struct SceneHazard: Sendable {
  let kind: HazardKind
  /// The whole of it.
  let area: GroundShape
  /// What is seen as one thing each: the vehicles of a jam, else the area itself.
  let parts: [GroundShape]

  init(kind: HazardKind, area: GroundShape, parts: [GroundShape]? = nil) {
    self.kind = kind
    self.area = area
    self.parts = parts ?? [area]
  }

  /// `fire_smoke-1`: a scene has one hazard of a kind.
  var id: String { "\(kind.rawValue)-1" }

  /// The colour in which marked flights paint it: those of `FixedTestAnalyzer`, by whose tests they are held.
  var markerColor: PaintColor {
    switch kind {
    case .fireSmoke: PaintColor(255, 0, 255)
    case .water: PaintColor(0, 255, 255)
    case .roadDamage: PaintColor(255, 255, 0)
    case .garbage: PaintColor(0, 255, 0)
    case .congestion: PaintColor(0, 0, 255)
    case .darkness: PaintColor(255, 0, 0)
    // No analyser knows it, and no scene has it.
    case .obstruction: .grey(255)
    }
  }
}
