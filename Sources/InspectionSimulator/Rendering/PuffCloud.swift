internal import InspectionModel

/// Soft round things in the air: smoke, flames, the glow of lamps. Each is drawn over the picture as a disc.
struct PuffCloud: Sendable {
  private struct Puff {
    let point: ScenePoint
    let heightMeters: Double
    let radiusMeters: Double
    let color: PaintColor
    /// Share of the puff's colour in its middle.
    let opacity: Double
    /// Light that is added, not smoke that covers.
    let isLight: Bool
    /// Shifts the puff's texture, so that no two look alike.
    let texture: Double
  }

  private var puffs: [Puff] = []

  /// - Parameter frameIndex: smoke and flames move on from picture to picture.
  init(scene: GroundScene, seed: UInt64, frameIndex: Int, showsHazards: Bool) {
    if showsHazards, let fire = scene.layout.hazards.first(where: { $0.kind == .fireSmoke }) {
      addSmoke(fire.area, seed: seed, frameIndex: frameIndex, isNight: scene.isNight)
      addFlames(fire.area, seed: seed, frameIndex: frameIndex)
    }
    guard scene.isNight else { return }
    for lamp in scene.layout.lamps where lamp.isLit {
      for (radius, opacity) in [(0.35, 1.0), (1.6, 0.35)] {
        puffs.append(
          Puff(
            point: lamp.point, heightMeters: StreetLamp.heightMeters, radiusMeters: radius,
            color: PaintColor(255, 222, 160), opacity: opacity, isLight: true, texture: 0))
      }
    }
  }

  private mutating func addSmoke(_ area: GroundShape, seed: UInt64, frameIndex: Int, isNight: Bool) {
    var random = SimulatorRandom(seed: seed, stream: .smoke)
    let count = 90
    for index in 0..<count {
      let step = Double(frameIndex) * 0.137
      let phase = (Double(index) + random.unit()) / Double(count) + step
      let age = phase - phase.rounded(.down)
      let start = ScenePoint(
        x: area.center.x + random.between(-0.6, 0.6) * area.halfWidthMeters,
        y: area.center.y + random.between(-0.6, 0.6) * area.halfLengthMeters)
      let spread = ScenePoint(x: random.between(-1, 1), y: random.between(-1, 1))
      let wind = ScenePoint(x: 15 * age + 2.4 * age * spread.x, y: 19 * age + 3 * age * spread.y)
      let grey = 52 + 126 * age.squareRoot() + random.between(-12, 12)
      let level = PaintColor(grey, grey * 0.985, grey * 0.97) * (isNight ? 0.16 : 1)
      // Night smoke glows where the fire lights it from below.
      let glow = isNight ? PaintColor(130, 52, 14) * (1 - age) * (1 - age) : .grey(0)
      puffs.append(
        Puff(
          point: start + wind, heightMeters: 1 + 11 * age.squareRoot() + random.between(-0.5, 0.5),
          radiusMeters: 1.1 + 5.2 * age + random.between(0, 0.8), color: level + glow,
          opacity: 0.85 * (1 - age) * smoothStep(0, 0.06, age), isLight: false,
          texture: random.between(0, 200)))
    }
  }

  private mutating func addFlames(_ area: GroundShape, seed: UInt64, frameIndex: Int) {
    var random = SimulatorRandom(seed: seed &+ UInt64(frameIndex) &* 977, stream: .smoke)
    for _ in 0..<60 {
      let reach = random.unit()
      let point = ScenePoint(
        x: area.center.x + random.between(-0.75, 0.75) * area.halfWidthMeters,
        y: area.center.y + random.between(-0.75, 0.75) * area.halfLengthMeters)
      let color = PaintColor(250, 84, 14).mixed(
        with: PaintColor(255, 232, 132), random.unit() * random.unit() + 0.2 * (1 - reach))
      puffs.append(
        Puff(
          point: point + ScenePoint(x: 0.5 * reach, y: 0.6 * reach), heightMeters: 0.3 + 2.2 * reach,
          radiusMeters: 0.8 - 0.5 * reach, color: color, opacity: 0.8, isLight: false,
          texture: random.between(0, 200)))
    }
  }

  /// Draws everything over a picture, far things first.
  ///
  /// - Returns: how much smoke and flame covers each pixel, 0…1, where there is any.
  func draw(over colors: inout [PaintColor], _ view: CameraView, noise: NoiseTexture) -> [Float] {
    let (width, height) = (view.camera.widthPixels, view.camera.heightPixels)
    var cover = puffs.contains { !$0.isLight } ? [Float](repeating: 0, count: width * height) : []
    let seen = puffs.enumerated().compactMap { index, puff in
      view.project(puff.point, heightMeters: puff.heightMeters).map { (index, puff, $0) }
    }.sorted { ($0.2.depthMeters, $1.0) > ($1.2.depthMeters, $0.0) }
    for (_, puff, place) in seen {
      let radius = puff.radiusMeters * view.camera.focalLengthPixels / place.depthMeters
      let left = max(0, Int(min(place.u - radius, 1e6).rounded(.down)))
      let right = min(width - 1, Int(max(place.u + radius, -1e6).rounded(.up)))
      let top = max(0, Int(min(place.v - radius, 1e6).rounded(.down)))
      let bottom = min(height - 1, Int(max(place.v + radius, -1e6).rounded(.up)))
      guard left <= right, top <= bottom else { continue }
      for y in top...bottom {
        for x in left...right {
          let (dx, dy) = ((Double(x) + 0.5 - place.u) / radius, (Double(y) + 0.5 - place.v) / radius)
          let rest = 1 - dx * dx - dy * dy
          guard rest > 0 else { continue }
          let index = y * width + x
          if puff.isLight {
            colors[index] = colors[index] + puff.color * (puff.opacity * rest * rest)
            continue
          }
          let texture = noise(dx * 13 + puff.texture, dy * 13 + puff.texture * 1.7)
          let opacity = min(1, puff.opacity * rest * smoothStep(0.15, 0.85, texture) * 1.7)
          let shade = puff.color + .grey((dx * 0.4 - dy * 0.5) * 16)
          colors[index] = colors[index].mixed(with: shade, opacity)
          cover[index] += (1 - cover[index]) * Float(opacity)
        }
      }
    }
    return cover
  }
}
