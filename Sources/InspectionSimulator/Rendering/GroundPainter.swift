internal import InspectionModel

/// The colour of the ground at a place: surfaces, road markings and hazards, filtered to a pixel's size.
struct GroundPainter: Sendable {
  /// What one pixel of the ground shows.
  struct Sample {
    var color: PaintColor
    /// Number of the hazard part that covers it at least by half; 0 for none.
    var part: UInt8 = 0
  }

  let surfaces: SurfacePainter
  private let hazardPainter: HazardPainter
  private let isMarked: Bool
  /// Surfaces in sight, the uppermost last.
  private let patches: [GroundPatch]
  private let hazards: [Hazard]

  private struct Hazard {
    let number: UInt8
    let kind: HazardKind
    let shape: GroundShape
    let markerColor: PaintColor
    /// How far from the shape's middle the ground may differ, metres.
    let reach: ScenePoint
  }

  /// - Parameters:
  ///   - area: the ground in sight; what lies outside is left out.
  ///   - showsHazards: whether the hazards are there already.
  init(scene: GroundScene, area: GroundArea, showsHazards: Bool) {
    surfaces = SurfacePainter(noise: scene.noise)
    hazardPainter = HazardPainter(surfaces: surfaces)
    isMarked = scene.isMarked
    var patches = scene.layout.patches
    if scene.isMarked { patches += scene.layout.buildings.map { GroundPatch($0.base, .roof($0)) } }
    self.patches = patches.filter { area.touches($0.shape) }
    hazards =
      !showsHazards
      ? []
      : scene.parts.enumerated().compactMap { index, part in
        // Seen as vehicles, which stand on the ground, unless marked.
        guard scene.isMarked || part.kind != .congestion else { return nil }
        let margin = scene.isMarked ? 1 : 1 + HazardPainter.marginMeters(part.kind)
        return Hazard(
          number: UInt8(index + 1), kind: part.kind, shape: part.shape,
          markerColor: scene.layout.hazards[part.hazardIndex].markerColor,
          reach: ScenePoint(x: part.shape.reachMeters.x + margin, y: part.shape.reachMeters.y + margin))
      }
  }

  /// - Parameters:
  ///   - pixelMeters: size of the pixel on the ground; edges and details are smoothed to it.
  ///   - slant: cosine between the ray and the vertical; 1 straight down.
  func sample(_ point: ScenePoint, pixelMeters: Double, slant: Double) -> Sample {
    let (x, y) = (point.x, point.y)
    var sample = Sample(color: background(x, y, pixelMeters))
    for hazard in hazards
    where (x - hazard.shape.center.x).magnitude < hazard.reach.x
      && (y - hazard.shape.center.y).magnitude < hazard.reach.y
    {
      let edge = hazard.shape.signedDistance(x: x, y: y, noise: surfaces.noise)
      let cover = clampedShare(0.5 - edge / pixelMeters)
      if cover >= 0.5 { sample.part = hazard.number }
      if isMarked {
        sample.color = sample.color.mixed(with: hazard.markerColor, cover)
      } else {
        sample.color = hazardPainter.painted(
          sample.color, hazard.kind, hazard.shape, x, y, edge: edge, pixel: pixelMeters, slant: slant)
      }
    }
    return sample
  }

  /// The uppermost surface that covers the pixel wholly, and over it those that cover it in part.
  private func background(_ x: Double, _ y: Double, _ pixel: Double) -> PaintColor {
    func cover(_ index: Int) -> Double {
      clampedShare(0.5 - patches[index].shape.signedDistance(x: x, y: y, noise: surfaces.noise) / pixel)
    }
    var index = patches.count - 1
    while index >= 0, cover(index) < 1 { index -= 1 }
    var color =
      index < 0 ? surfaces.grass(x, y, pixel) : surfaces.color(of: patches[index].surface, x, y, pixel)
    for above in (index + 1)..<patches.count {
      let share = cover(above)
      if share > 0 {
        color = color.mixed(with: surfaces.color(of: patches[above].surface, x, y, pixel), share)
      }
    }
    return surfaces.withMarkings(color, x, y, pixel)
  }
}
