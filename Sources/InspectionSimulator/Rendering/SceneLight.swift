internal import InspectionModel

/// The sun, or street lamps at night, on the things of the scene.
struct SceneLight: Sendable {
  /// Towards the sun, of length 1: from the right and behind, 48 degrees high.
  static let sun = CameraView.Vector(x: 0.42, y: -0.52, down: -0.743)
  /// Where the shadow of a point one metre up falls.
  static let shadowPerMeter = ScenePoint(x: -0.42 / 0.743, y: 0.52 / 0.743)

  private static let shade = PaintColor(128, 138, 156)
  private static let moonlight = PaintColor(26, 30, 42)
  private static let lampLight = PaintColor(255, 198, 122)
  private static let fireLight = PaintColor(255, 120, 34)

  let isNight: Bool
  /// What shines at night: lit lamps, headlights, the fire.
  private let sources: [Source]

  private struct Source {
    let point: ScenePoint
    let color: PaintColor
    /// Distance at which a quarter of the light is left, metres.
    let reachMeters: Double
  }

  init(scene: GroundScene, showsHazards: Bool) {
    isNight = scene.isNight
    guard scene.isNight else {
      sources = []
      return
    }
    var sources = scene.layout.lamps.filter(\.isLit).map {
      Source(point: $0.point, color: Self.lampLight * 0.85, reachMeters: 8)
    }
    for vehicle in scene.layout.vehicles {
      let ahead = (vehicle.base.halfLengthMeters + 3) * (vehicle.facesAlong ? 1 : -1)
      sources.append(
        Source(
          point: vehicle.base.center + ScenePoint(x: 0, y: ahead), color: PaintColor(230, 226, 205) * 0.6,
          reachMeters: 2))
    }
    if showsHazards, let fire = scene.layout.hazards.first(where: { $0.kind == .fireSmoke }) {
      sources.append(Source(point: fire.area.center, color: Self.fireLight * 1.5, reachMeters: 7))
    }
    self.sources = sources
  }

  /// A surface under the light of the sky.
  ///
  /// - Parameters:
  ///   - normal: outward direction of the surface, of length 1.
  ///   - isShaded: something stands between the surface and the sun.
  func lit(
    _ color: PaintColor, at point: ScenePoint, normal: CameraView.Vector, isShaded: Bool
  ) -> PaintColor {
    if isNight { return color.lit(by: nightLight(at: point)) }
    if isShaded { return color.lit(by: Self.shade) }
    // A level surface in the sun keeps its colour.
    let towards = max(0, normal.dot(Self.sun)) / -Self.sun.down
    return color * (0.52 + 0.48 * min(1.25, towards))
  }

  private func nightLight(at point: ScenePoint) -> PaintColor {
    var light = Self.moonlight
    for source in sources {
      let (dx, dy) = (point.x - source.point.x, point.y - source.point.y)
      let square = (dx * dx + dy * dy) / (source.reachMeters * source.reachMeters)
      guard square < 30 else { continue }
      let share = 1 / ((1 + square) * (1 + square))
      light = light + source.color * share
    }
    return light
  }
}
