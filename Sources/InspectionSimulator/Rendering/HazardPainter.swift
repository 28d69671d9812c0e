internal import InspectionModel

/// The natural look of hazards on the ground.
struct HazardPainter: Sendable {
  let surfaces: SurfacePainter

  private var noise: NoiseTexture { surfaces.noise }

  /// The ground's colour with a hazard on it, before light.
  ///
  /// - Parameters:
  ///   - edge: signed distance to the hazard's edge, metres, negative inside.
  ///   - slant: cosine between the ray and the vertical; 1 straight down.
  func painted(
    _ ground: PaintColor, _ kind: HazardKind, _ shape: GroundShape, _ x: Double, _ y: Double, edge: Double,
    pixel: Double, slant: Double
  ) -> PaintColor {
    switch kind {
    case .water: water(ground, x, y, edge: edge, pixel: pixel, slant: slant)
    case .roadDamage: brokenRoad(ground, shape, x, y, edge: edge, pixel: pixel)
    case .garbage: litter(ground, x, y, edge: edge, pixel: pixel)
    case .fireSmoke: burnt(ground, x, y, edge: edge)
    // Vehicles stand up, and darkness is the absence of light: neither changes the ground.
    case .congestion, .darkness, .obstruction: ground
    }
  }

  /// How far beyond its edge a hazard still changes the ground, metres.
  static func marginMeters(_ kind: HazardKind) -> Double {
    switch kind {
    case .water: 1.4
    case .garbage: 2.2
    case .fireSmoke: 2.5
    default: 0
    }
  }

  // MARK: - Water

  /// Muddy water that mirrors the sky the more, the flatter one looks at it; a wet rim around it.
  private func water(
    _ ground: PaintColor, _ x: Double, _ y: Double, edge: Double, pixel: Double, slant: Double
  ) -> PaintColor {
    let wet = ground * (1 - 0.38 * smoothStep(1.3, 0.1, edge + (noise(x * 2, y * 2) - 0.5) * 0.8))
    let cover = clampedShare(0.5 - edge / max(pixel, 0.15))
    guard cover > 0 else { return wet }
    let depth = smoothStep(0, 2.2, -edge)
    let mud = wet.mixed(with: PaintColor(104, 94, 76), 0.55 + 0.35 * depth)
    let clouds = noise(x * 0.9 + 77, y * 0.7)
    let sky = PaintColor(148, 164, 184).mixed(with: PaintColor(226, 230, 234), smoothStep(0.3, 0.7, clouds))
    let grazing = 1 - slant
    let mirror = min(0.9, 0.42 + 0.9 * grazing * grazing)
    let ripple = (noise(x * 1.4 + y * 0.5, y * 4.2) - 0.5) * 34
    let glint = smoothStep(0.7, 0.78, noise(x * 2.6 + 31, y * 5.5)) * 46
    return wet.mixed(with: mud.mixed(with: sky, mirror) + .grey(ripple + glint), cover)
  }

  // MARK: - Broken road

  /// Alligator cracks that thin out towards the edge, and three holes.
  private func brokenRoad(
    _ ground: PaintColor, _ shape: GroundShape, _ x: Double, _ y: Double, edge: Double, pixel: Double
  ) -> PaintColor {
    let strength = smoothStep(-0.1, 1.4, -edge + (noise(x * 1.1, y * 1.1) - 0.5) * 2.4)
    var color = ground.mixed(with: PaintColor(116, 112, 104), 0.45 * strength)
    let cracks = max(
      surfaces.band(cellBorder(x, y, cellMeters: 0.85), 0.035, pixel),
      0.8 * surfaces.band(cellBorder(x + 40, y, cellMeters: 2.6), 0.06, pixel))
    color = color.mixed(with: PaintColor(30, 29, 28), clampedShare(cracks * strength * 1.5))
    for (dx, dy, radius) in [(-0.9, 1.9, 0.95), (0.8, -0.6, 0.7), (-0.4, -2.7, 0.55)] {
      let (ox, oy) = (x - shape.center.x - dx, y - shape.center.y - dy)
      let distance =
        (ox * ox + oy * oy * 0.7).squareRoot() - radius + (noise(x * 3.3, y * 3.3) - 0.5) * 0.6
      let inside = clampedShare(0.5 - distance / max(pixel, 0.06))
      if inside > 0 {
        let gravel = (noise(x * 11, y * 11) - 0.5) * 60
        // The wall on the sun's side lies in its own shadow.
        let sunward = (ox * 0.63 - oy * 0.78) / radius
        let shade = 62 - 34 * smoothStep(0.1, 0.9, sunward) + 26 * smoothStep(0.3, 0.9, -sunward)
        color = color.mixed(with: PaintColor(shade + 10, shade + 4, shade - 6) + .grey(gravel), inside)
      } else {
        color = color + .grey(22 * smoothStep(0.3, 0, distance))
      }
    }
    return color
  }

  /// Distance to the nearest border between jittered cells, metres: half the difference to the two nearest
  /// seeds.
  private func cellBorder(_ x: Double, _ y: Double, cellMeters: Double) -> Double {
    let (u, v) = (x / cellMeters, y / cellMeters)
    let (column, row) = (Int(u.rounded(.down)), Int(v.rounded(.down)))
    var (nearest, second) = (100.0, 100.0)
    for otherRow in row - 1...row + 1 {
      for otherColumn in column - 1...column + 1 {
        let hash = SimulatorRandom.hash(otherColumn, otherRow, salt: 29)
        let dx = Double(otherColumn) + Double(hash & 0xFFFF) / 65_536 - u
        let dy = Double(otherRow) + Double(hash >> 16 & 0xFFFF) / 65_536 - v
        let distance = (dx * dx + dy * dy).squareRoot()
        if distance < nearest {
          (nearest, second) = (distance, nearest)
        } else if distance < second {
          second = distance
        }
      }
    }
    return (second - nearest) / 2 * cellMeters
  }

  // MARK: - Refuse and fire

  /// The stained ground under a heap, with scraps of paper and plastic around it.
  private func litter(
    _ ground: PaintColor, _ x: Double, _ y: Double, edge: Double, pixel: Double
  ) -> PaintColor {
    let stained = ground.mixed(with: PaintColor(74, 66, 54), 0.75 * smoothStep(1.2, -0.6, edge))
    let (column, row) = (Int((x / 0.32).rounded(.down)), Int((y / 0.32).rounded(.down)))
    let hash = SimulatorRandom.hash(column, row, salt: 41)
    let scarcity = 2 + UInt64(max(0, edge + 1.5) * 16)
    guard hash >> 8 % scarcity == 0 else { return stained }
    let dx = x / 0.32 - Double(column) - 0.5, dy = y / 0.32 - Double(row) - 0.5
    guard abs(dx) < 0.25 + Double(hash & 15) / 60, abs(dy) < 0.2 + Double(hash >> 4 & 15) / 60 else {
      return stained
    }
    let visible = clampedShare(0.45 / pixel)
    return stained.mixed(with: Refuse.colors[Int(hash >> 20) % Refuse.colors.count], visible)
  }

  /// Charred ground with embers.
  private func burnt(_ ground: PaintColor, _ x: Double, _ y: Double, edge: Double) -> PaintColor {
    let ragged = edge + (noise(x * 1.5, y * 1.5) - 0.5) * 2.2
    let charred = ground.mixed(with: PaintColor(30, 27, 25), smoothStep(1.6, -0.4, ragged))
    let embers = smoothStep(0.52, 0.66, noise(x * 4.1, y * 4.1)) * smoothStep(0, -0.8, ragged)
    return charred.mixed(with: PaintColor(255, 120, 30), embers)
  }
}

/// What lies in a heap of refuse.
enum Refuse {
  static let colors = [
    PaintColor(228, 228, 224), PaintColor(40, 40, 44), PaintColor(84, 112, 150), PaintColor(176, 142, 96),
    PaintColor(150, 62, 54), PaintColor(208, 200, 178), PaintColor(92, 116, 86), PaintColor(52, 50, 56),
    PaintColor(190, 168, 104), PaintColor(150, 150, 154), PaintColor(196, 194, 188), PaintColor(64, 60, 58),
    PaintColor(128, 104, 78),
  ]
}
