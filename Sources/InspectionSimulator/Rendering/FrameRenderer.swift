/// Draws what a camera sees: a ray for each pixel, four where the edge of something crosses it.
struct FrameRenderer: Sendable {
  let scene: GroundScene
  let view: CameraView
  let painter: GroundPainter
  private let light: SceneLight
  private let solidPainter: SolidPainter
  private let shadows: ShadowField
  private let solids: [VisibleSolid]

  /// A solid with the part of the picture that it can touch.
  private struct VisibleSolid {
    let number: Int
    let solid: Solid
    let columns: ClosedRange<Double>
    let rows: ClosedRange<Double>
  }

  /// What one ray meets.
  private struct Traced {
    var color: PaintColor
    var part: UInt8
    /// Equal for rays that meet the same surface: where it differs between neighbours there is an edge.
    var surface: Int
  }

  init(scene: GroundScene, view: CameraView, showsHazards: Bool) {
    (self.scene, self.view) = (scene, view)
    let area = GroundArea(view, farMeters: SceneLayout.farMeters)
    painter = GroundPainter(scene: scene, area: area, showsHazards: showsHazards)
    light = SceneLight(scene: scene, showsHazards: showsHazards)
    solidPainter = SolidPainter(surfaces: painter.surfaces, light: light)
    let present = scene.solids.filter { showsHazards || $0.part == 0 }
    shadows = ShadowField(solids: scene.isNight ? [] : present, area: area)
    solids = present.enumerated().compactMap { Self.visible($0.offset, $0.element, view) }
  }

  /// The ground's colours and hazard parts, with everything that stands on it.
  func trace() -> (colors: [PaintColor], parts: [UInt8]) {
    let (width, height) = (view.camera.widthPixels, view.camera.heightPixels)
    var colors: [PaintColor] = [], parts: [UInt8] = [], surfaces: [Int] = []
    colors.reserveCapacity(width * height)
    for row in 0..<height {
      let near = solids(inRow: row)
      for column in 0..<width {
        let traced = trace(u: Double(column) + 0.5, v: Double(row) + 0.5, near)
        colors.append(traced.color)
        parts.append(traced.part)
        surfaces.append(traced.surface)
      }
    }
    guard !scene.isMarked else { return (colors, parts) }
    for row in 0..<height {
      let near = solids(inRow: row)
      for column in 0..<width where isEdge(surfaces, column, row) {
        var sum = PaintColor.grey(0)
        for (du, dv) in [(0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)] {
          sum = sum + trace(u: Double(column) + du, v: Double(row) + dv, near).color
        }
        colors[row * width + column] = sum * 0.25
      }
    }
    return (colors, parts)
  }

  private func isEdge(_ surfaces: [Int], _ column: Int, _ row: Int) -> Bool {
    let (width, height) = (view.camera.widthPixels, view.camera.heightPixels)
    let own = surfaces[row * width + column]
    return column > 0 && surfaces[row * width + column - 1] != own
      || column + 1 < width && surfaces[row * width + column + 1] != own
      || row > 0 && surfaces[(row - 1) * width + column] != own
      || row + 1 < height && surfaces[(row + 1) * width + column] != own
  }

  // MARK: - One ray

  private func trace(u: Double, v: Double, _ near: [VisibleSolid]) -> Traced {
    let ray = view.ray(u: u, v: v)
    var nearest: (hit: Solid.Hit, solid: VisibleSolid)?
    for candidate in near where candidate.columns.contains(u) {
      guard let hit = candidate.solid.hit(view, ray, noise: scene.noise),
        hit.distance < nearest?.hit.distance ?? .infinity
      else { continue }
      nearest = (hit, candidate)
    }
    if let (hit, solid) = nearest {
      let pixel = hit.distance / view.camera.focalLengthPixels
      let color = solidPainter.color(of: solid.solid, hit, pixelMeters: pixel)
      // Faces of a block look in five directions.
      let face = Int(hit.normal.x.rounded()) * 3 + Int(hit.normal.y.rounded())
      return Traced(
        color: hazed(color, hit.distance), part: solid.solid.part, surface: 100 + solid.number * 10 + face)
    }
    guard ray.down > 1e-3 else {
      return Traced(
        color: light.isNight ? PaintColor(12, 14, 22) : PaintColor(196, 208, 220), part: 0, surface: 0)
    }
    return ground(ray)
  }

  private func ground(_ ray: CameraView.Vector) -> Traced {
    let distance = view.heightMeters / ray.down
    let point = ScenePoint(x: view.point.x + distance * ray.x, y: view.point.y + distance * ray.y)
    let slant = scene.isMarked ? 1 : ray.down / ray.dot(ray).squareRoot()
    let sample = painter.sample(
      point, pixelMeters: distance / view.camera.focalLengthPixels, slant: slant)
    guard !scene.isMarked else { return Traced(color: sample.color, part: sample.part, surface: 1) }
    let isShaded = shadows.covers(point.x, point.y, noise: scene.noise)
    let up = CameraView.Vector(x: 0, y: 0, down: -1)
    let color = light.lit(sample.color, at: point, normal: up, isShaded: isShaded)
    return Traced(color: hazed(color, distance), part: sample.part, surface: isShaded ? 2 : 1)
  }

  /// The air between: far things are paler by day.
  private func hazed(_ color: PaintColor, _ distance: Double) -> PaintColor {
    guard !light.isNight else { return color }
    let square = distance * distance
    return color.mixed(with: PaintColor(198, 206, 214), square / (square + 490_000))
  }

  // MARK: - What can be seen

  private func solids(inRow row: Int) -> [VisibleSolid] {
    solids.filter { $0.rows.lowerBound <= Double(row + 1) && $0.rows.upperBound >= Double(row) }
  }

  /// The solid with the picture part around its corners; `nil` where it is out of sight.
  private static func visible(_ number: Int, _ solid: Solid, _ view: CameraView) -> VisibleSolid? {
    let bounds = solid.bounds
    let (width, height) = (Double(view.camera.widthPixels), Double(view.camera.heightPixels))
    var (left, right, top, bottom) = (width, 0.0, height, 0.0)
    for x in [bounds.minimum.x, bounds.maximum.x] {
      for y in [bounds.minimum.y, bounds.maximum.y] {
        for level in [bounds.bottomMeters, bounds.topMeters] {
          guard let place = view.project(ScenePoint(x: x, y: y), heightMeters: level) else {
            // Partly behind the camera: anywhere in the picture, unless the whole of it is behind.
            (left, right, top, bottom) = (0, width, 0, height)
            continue
          }
          (left, right) = (min(left, place.u), max(right, place.u))
          (top, bottom) = (min(top, place.v), max(bottom, place.v))
        }
      }
    }
    guard left <= right, top <= bottom, right >= 0, left <= width, bottom >= 0, top <= height else {
      return nil
    }
    return VisibleSolid(number: number, solid: solid, columns: left...right, rows: top...bottom)
  }
}
