/// The colour of houses, vehicles, trees and refuse where a ray meets them.
struct SolidPainter: Sendable {
  let surfaces: SurfacePainter
  let light: SceneLight

  private var noise: NoiseTexture { surfaces.noise }

  func color(of solid: Solid, _ hit: Solid.Hit, pixelMeters: Double) -> PaintColor {
    switch solid.look {
    case .building(let building): house(building, hit, pixelMeters)
    case .body(let paint, let facesAlong): body(paint, solid.bounds, hit, facesAlong: facesAlong)
    case .cabin(let paint): cabin(paint, solid.bounds, hit)
    case .leaves(let tint): leaves(hit, tint: tint)
    case .refuse(let paint):
      lit(paint + .grey((noise(hit.point.x * 9, hit.point.y * 9) - 0.5) * 40), hit)
    }
  }

  private func lit(_ color: PaintColor, _ hit: Solid.Hit) -> PaintColor {
    light.lit(color, at: hit.point, normal: hit.normal, isShaded: false)
  }

  // MARK: - Houses

  private func house(_ building: Building, _ hit: Solid.Hit, _ pixel: Double) -> PaintColor {
    if hit.normal.down < 0 { return lit(surfaces.roof(building, hit.point.x, hit.point.y, pixel), hit) }
    let along = hit.normal.x != 0 ? hit.point.y : hit.point.x
    let plaster =
      PaintColor(186, 178, 164)
      + .grey(building.tint + (noise(along * 1.3, hit.heightMeters * 1.3) - 0.5) * 26)
    let (column, floor) = ((along / 2.6).rounded(.down), (hit.heightMeters / 3).rounded(.down))
    let across = along - (column + 0.5) * 2.6, above = hit.heightMeters - floor * 3 - 1.6
    let window = surfaces.band(across, 0.7, pixel) * surfaces.band(above, 0.75, pixel)
    guard window > 0 else { return lit(plaster, hit) }
    let number = SimulatorRandom.hash(Int(column), Int(floor) &+ Int(building.base.center.x * 10), salt: 3)
    if light.isNight {
      let lamp = number % 3 == 0 ? PaintColor(236, 196, 120) : PaintColor(14, 16, 24)
      return lit(plaster, hit).mixed(with: lamp, window)
    }
    return lit(plaster, hit).mixed(with: PaintColor(62, 74, 86) + .grey(Double(number % 40)), window)
  }

  // MARK: - Vehicles

  private func body(
    _ paint: PaintColor, _ bounds: Solid.Block, _ hit: Solid.Hit, facesAlong: Bool
  ) -> PaintColor {
    let length = bounds.maximum.y - bounds.minimum.y
    let forward = (hit.point.y - (bounds.minimum.y + bounds.maximum.y) / 2) * (facesAlong ? 1 : -1)
    if hit.normal.down < 0 {
      // Grille and bumpers are darker than bonnet and boot.
      let edge = smoothStep(length / 2 - 0.35, length / 2 - 0.1, abs(forward))
      return lit(paint * (1 - 0.35 * edge), hit)
    }
    if hit.normal.y != 0, hit.heightMeters > 0.5, hit.heightMeters < 0.75 {
      let isFront = (hit.normal.y > 0) == facesAlong
      let side = abs(hit.point.x - (bounds.minimum.x + bounds.maximum.x) / 2)
      if side > 0.5 {
        if light.isNight { return isFront ? PaintColor(255, 250, 226) : PaintColor(236, 30, 24) }
        return lit(isFront ? PaintColor(232, 232, 226) : PaintColor(158, 32, 28), hit)
      }
    }
    let wheel = abs(abs(forward) - length * 0.31) < 0.34 && hit.heightMeters < 0.55 && hit.normal.x != 0
    return lit(wheel || hit.heightMeters < 0.2 ? PaintColor(28, 28, 30) : paint * 0.92, hit)
  }

  private func cabin(_ paint: PaintColor, _ bounds: Solid.Block, _ hit: Solid.Hit) -> PaintColor {
    guard hit.normal.down < 0 else { return lit(PaintColor(46, 54, 62), hit) }
    // From above the slanting front and rear windows show as dark bands before and behind the roof.
    let length = bounds.maximum.y - bounds.minimum.y
    let fromEnd = min(hit.point.y - bounds.minimum.y, bounds.maximum.y - hit.point.y)
    let glass = clampedShare((length * 0.21 - fromEnd) / 0.08)
    let shine = noise(hit.point.x * 2, hit.point.y * 2) * 30
    return lit((paint + .grey(6)).mixed(with: PaintColor(40, 48, 56) + .grey(shine), glass), hit)
  }

  // MARK: - Trees

  private func leaves(_ hit: Solid.Hit, tint: Double) -> PaintColor {
    let (x, y) = (hit.point.x, hit.point.y)
    let clumps = noise(x * 4.3, y * 4.3 + hit.heightMeters), fine = noise(x * 13 + 9, y * 13)
    let green = PaintColor(46, 66, 30).mixed(with: PaintColor(112, 126, 60), clumps)
    return lit(green + .grey(tint + (fine - 0.5) * 44), hit)
  }
}
