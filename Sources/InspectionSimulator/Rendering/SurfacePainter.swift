/// Procedural surfaces: grass, soil, fields, asphalt, pavement, roofs. Coordinates are metres of the scene.
struct SurfacePainter: Sendable {
  let noise: NoiseTexture

  func color(of surface: GroundPatch.Surface, _ x: Double, _ y: Double, _ pixel: Double) -> PaintColor {
    switch surface {
    case .asphalt: asphalt(x, y, pixel)
    case .pavement: pavement(x, y, pixel)
    case .courtyard: courtyard(x, y, pixel)
    case .field: field(x, y, pixel)
    case .soil: soil(x, y, pixel)
    case .roof(let building): roof(building, x, y, pixel)
    }
  }

  func grass(_ x: Double, _ y: Double, _ pixel: Double) -> PaintColor {
    let broad = noise(x * 0.7, y * 0.7)
    let tufts = noise(x * 5.3 + 90, y * 5.3 + 31)
    return PaintColor(74, 88, 46).mixed(with: PaintColor(126, 128, 76), broad * 0.75)
      + .grey((tufts - 0.5) * 40 * detail(0.35, pixel))
  }

  func soil(_ x: Double, _ y: Double, _ pixel: Double) -> PaintColor {
    let (broad, clods) = (noise(x * 0.9 + 7, y * 0.9), noise(x * 6.1, y * 6.1 + 50))
    let earth = PaintColor(146, 124, 96).mixed(with: PaintColor(112, 94, 70), broad)
    let weeds = smoothStep(0.6, 0.72, noise(x * 1.7 + 20, y * 1.7 + 80))
    return earth.mixed(with: PaintColor(96, 106, 62), weeds * 0.7)
      + .grey((clods - 0.5) * 40 * detail(0.3, pixel))
  }

  /// Parcels with beds of vegetables.
  func field(_ x: Double, _ y: Double, _ pixel: Double) -> PaintColor {
    let (column, row) = (Int((x / 17).rounded(.down)), Int((y / 13).rounded(.down)))
    let hash = SimulatorRandom.hash(column, row, salt: 11)
    let crop = [
      PaintColor(70, 102, 48), PaintColor(98, 122, 58), PaintColor(120, 128, 72), PaintColor(84, 96, 56),
    ][
      Int(hash % 4)]
    let across = hash & 16 == 0 ? x : y
    let bed = across - (across / 1.3).rounded(.down) * 1.3 - 0.65
    let share = band(bed, 0.42, pixel) * (0.3 + 0.9 * noise(x * 4.3, y * 4.3))
    let (edgeX, edgeY) = (x - Double(column) * 17, y - Double(row) * 13)
    let path = max(band(edgeX, 0.4, pixel), band(edgeY, 0.4, pixel))
    return soil(x, y, pixel).mixed(with: crop, clampedShare(share)).mixed(
      with: PaintColor(150, 138, 112), path)
  }

  func asphalt(_ x: Double, _ y: Double, _ pixel: Double) -> PaintColor {
    let (stains, grain) = (noise(x * 0.8, y * 0.35), noise(x * 8.3, y * 8.3))
    return PaintColor(98, 98, 100) + .grey((stains - 0.5) * 30 + (grain - 0.5) * 24 * detail(0.25, pixel))
  }

  func pavement(_ x: Double, _ y: Double, _ pixel: Double) -> PaintColor {
    let worn = noise(x * 1.9 + 3, y * 1.9)
    let joint = max(band(remainder(x, 0.6), 0.03, pixel), band(remainder(y, 0.6), 0.03, pixel))
    return PaintColor(170, 164, 153) + .grey((worn - 0.5) * 26 - joint * 30)
  }

  func courtyard(_ x: Double, _ y: Double, _ pixel: Double) -> PaintColor {
    let (dust, grain) = (noise(x * 0.7 + 60, y * 0.7), noise(x * 6.7, y * 6.7))
    let concrete =
      PaintColor(150, 147, 139) + .grey((dust - 0.5) * 30 + (grain - 0.5) * 18 * detail(0.3, pixel))
    let joint = max(band(remainder(x, 4), 0.04, pixel), band(remainder(y, 4), 0.04, pixel))
    let paved = concrete + .grey(-30 * joint)
    let green = smoothStep(0.66, 0.72, noise(x * 0.6 + 130, y * 0.6 + 11))
    return green > 0 ? paved.mixed(with: grass(x, y, pixel), green) : paved
  }

  func roof(_ building: Building, _ x: Double, _ y: Double, _ pixel: Double) -> PaintColor {
    let base = building.base
    let inside = -max(
      abs(x - base.center.x) - base.halfWidthMeters, abs(y - base.center.y) - base.halfLengthMeters)
    let stains = (noise(x * 1.3, y * 1.3 + 17) - 0.5) * 30
    let color: PaintColor
    switch building.roof {
    case .concrete:
      let parapet = clampedShare(0.5 - (inside - 0.35) / pixel)
      color = PaintColor(138, 136, 130) + .grey(stains + parapet * 44)
    case .tiles:
      // Two slopes: the one away from the sun is darker.
      let slope = clampedShare(0.5 + (x - base.center.x) / pixel) * 34
      let rows = band(remainder(y, 0.5), 0.1, pixel)
      color = PaintColor(112, 66, 52) + .grey(slope + stains * 0.6 - rows * 22)
    case .steel:
      let ribs = band(remainder(x, 0.9), 0.09, pixel)
      color = PaintColor(84, 112, 146) + .grey(stains * 0.5 - ribs * 26)
    }
    return color + .grey(building.tint)
  }

  /// Lines on the streets: lanes, a double yellow line, crossings.
  func withMarkings(_ color: PaintColor, _ x: Double, _ y: Double, _ pixel: Double) -> PaintColor {
    let cross = SceneLayout.crossStreet
    guard x.magnitude < SceneLayout.mainHalfWidth || cross.contains(y) else { return color }
    let worn = 0.65 + 0.35 * smoothStep(0.3, 0.6, noise(x * 2.1, y * 2.1))
    let white = PaintColor(222, 222, 216), yellow = PaintColor(206, 168, 70)
    if x.magnitude < SceneLayout.mainHalfWidth {
      if y > cross.lowerBound - 4, y < cross.upperBound + 4 {
        let stripes = band(remainder(x, 0.9), 0.22, pixel)
        let crossing = max(
          band(y - cross.lowerBound + 2.2, 1.4, pixel), band(y - cross.upperBound - 2.2, 1.4, pixel))
        return color.mixed(with: white, stripes * crossing * worn)
      }
      let center = band(abs(x) - 0.16, 0.07, pixel)
      let dash = band(remainder(y, 10), 2, pixel) * band(abs(x) - 3, 0.07, pixel)
      let edge = band(abs(x) - 5.75, 0.07, pixel)
      return color.mixed(with: yellow, center * worn).mixed(with: white, max(dash, edge) * worn)
    }
    if cross.contains(y), abs(x) > 10 {
      let middle = band(y - (cross.lowerBound + cross.upperBound) / 2, 0.07, pixel)
      return color.mixed(with: yellow, middle * band(remainder(x, 8), 2, pixel) * worn)
    }
    return color
  }

  /// How much of a pixel lies within a band around 0: a box filter, exact for bands of any width.
  func band(_ distance: Double, _ halfWidth: Double, _ pixel: Double) -> Double {
    let (left, right) = (distance - pixel / 2, distance + pixel / 2)
    let low = left > -halfWidth ? left : -halfWidth, high = right < halfWidth ? right : halfWidth
    return high > low ? (high - low) / pixel : 0
  }

  /// How much of a detail of that size is left when a pixel covers `pixel` metres.
  private func detail(_ sizeMeters: Double, _ pixel: Double) -> Double {
    clampedShare(1.5 - pixel / sizeMeters)
  }

  /// Distance to the nearest multiple of a period, with its sign.
  private func remainder(_ value: Double, _ period: Double) -> Double {
    value - (value / period).rounded() * period
  }
}
