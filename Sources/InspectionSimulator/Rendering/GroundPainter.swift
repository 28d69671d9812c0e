/// The colour of the ground at a place: surfaces, road markings and hazards, filtered to a pixel's size.
struct GroundPainter: Sendable {
  /// What one pixel of the ground shows.
  struct Sample {
    var color: PaintColor
    /// Number of the hazard part that covers it at least by half; 0 for none.
    var part: UInt8 = 0
  }

  let scene: GroundScene
  /// Whether the hazards are there already.
  let showsHazards: Bool
  let surfaces: SurfacePainter

  init(scene: GroundScene, showsHazards: Bool) {
    self.scene = scene
    self.showsHazards = showsHazards
    surfaces = SurfacePainter(noise: scene.noise)
  }

  /// - Parameter pixelMeters: size of the pixel on the ground; edges and details are smoothed to it.
  func sample(x: Double, y: Double, pixelMeters: Double) -> Sample {
    var sample = Sample(color: background(x, y, pixelMeters))
    guard showsHazards else { return sample }
    for (index, part) in scene.parts.enumerated() {
      let shape = part.shape
      let reach = shape.reachMeters
      guard abs(x - shape.center.x) < reach.x + pixelMeters, abs(y - shape.center.y) < reach.y + pixelMeters
      else { continue }
      let distance = shape.signedDistance(x: x, y: y, noise: scene.noise)
      let cover = clampedShare(0.5 - distance / pixelMeters)
      guard cover > 0 else { continue }
      if cover >= 0.5 { sample.part = UInt8(index + 1) }
      let hazard = scene.layout.hazards[part.hazardIndex]
      if scene.isMarked { sample.color = sample.color.mixed(with: hazard.markerColor, cover) }
    }
    return sample
  }

  private func background(_ x: Double, _ y: Double, _ pixel: Double) -> PaintColor {
    var color = surfaces.grass(x, y, pixel)
    for patch in scene.layout.patches {
      let distance = patch.shape.signedDistance(x: x, y: y, noise: scene.noise)
      let cover = clampedShare(0.5 - distance / pixel)
      if cover > 0 { color = color.mixed(with: surfaces.color(of: patch.surface, x, y, pixel), cover) }
    }
    color = surfaces.withMarkings(color, x, y, pixel)
    guard scene.isMarked else { return color }
    // Marked flights are flat: the roofs lie on the ground.
    for building in scene.layout.buildings {
      let distance = building.base.signedDistance(x: x, y: y, noise: scene.noise)
      let cover = clampedShare(0.5 - distance / pixel)
      if cover > 0 { color = color.mixed(with: surfaces.roof(building, x, y, pixel), cover) }
    }
    return color
  }
}
