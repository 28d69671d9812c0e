/// Something that stands on the ground: an upright block or a ball.
struct Solid: Sendable {
  enum Form: Sendable {
    case block(Block)
    case ball(Ball)
  }

  /// A block along the scene's axes; heights in metres over the ground.
  struct Block: Sendable {
    let minimum: ScenePoint
    let maximum: ScenePoint
    let bottomMeters: Double
    let topMeters: Double
  }

  /// A ball whose edge may be ragged, as leaves are.
  struct Ball: Sendable {
    let center: ScenePoint
    let heightMeters: Double
    let radiusMeters: Double
    let isRagged: Bool
  }

  /// How it is painted.
  enum Look: Sendable {
    case building(Building)
    case body(PaintColor, facesAlong: Bool)
    case cabin(PaintColor)
    case leaves(tint: Double)
    case refuse(PaintColor)
  }

  let form: Form
  let look: Look
  /// Number of the hazard part that it belongs to; 0 for none.
  var part: UInt8 = 0

  /// Where a ray enters a solid.
  struct Hit {
    /// In units of the ray.
    let distance: Double
    let point: ScenePoint
    let heightMeters: Double
    /// Outward direction of the surface; `down` is negative on a top face.
    let normal: CameraView.Vector
  }

  func hit(_ view: CameraView, _ ray: CameraView.Vector, noise: NoiseTexture) -> Hit? {
    switch form {
    case .block(let block): block.hit(view, ray)
    case .ball(let ball): ball.hit(view, ray, noise: noise)
    }
  }

  /// A corner-to-corner box around the solid: its ground rectangle and its heights.
  var bounds: Block {
    switch form {
    case .block(let block): block
    case .ball(let ball):
      Block(
        minimum: ScenePoint(x: ball.center.x - ball.radiusMeters, y: ball.center.y - ball.radiusMeters),
        maximum: ScenePoint(x: ball.center.x + ball.radiusMeters, y: ball.center.y + ball.radiusMeters),
        bottomMeters: ball.heightMeters - ball.radiusMeters, topMeters: ball.heightMeters + ball.radiusMeters)
    }
  }
}

extension Solid.Block {
  init(_ base: GroundShape, bottomMeters: Double = 0, topMeters: Double) {
    minimum = ScenePoint(x: base.center.x - base.halfWidthMeters, y: base.center.y - base.halfLengthMeters)
    maximum = ScenePoint(x: base.center.x + base.halfWidthMeters, y: base.center.y + base.halfLengthMeters)
    (self.bottomMeters, self.topMeters) = (bottomMeters, topMeters)
  }

  /// The slab method: the ray is inside the block between its last entry and its first exit.
  func hit(_ view: CameraView, _ ray: CameraView.Vector) -> Solid.Hit? {
    let across = Self.slab(minimum.x, maximum.x, from: view.point.x, along: ray.x)
    let along = Self.slab(minimum.y, maximum.y, from: view.point.y, along: ray.y)
    let upright = Self.slab(
      view.heightMeters - topMeters, view.heightMeters - bottomMeters, from: 0, along: ray.down)
    let enter = max(across.enter, along.enter, upright.enter)
    guard enter > 0.1, enter < min(across.leave, along.leave, upright.leave) else { return nil }
    let normal =
      enter == upright.enter
      ? CameraView.Vector(x: 0, y: 0, down: ray.down > 0 ? -1 : 1)
      : enter == across.enter
        ? CameraView.Vector(x: ray.x > 0 ? -1 : 1, y: 0, down: 0)
        : CameraView.Vector(x: 0, y: ray.y > 0 ? -1 : 1, down: 0)
    return Solid.Hit(
      distance: enter,
      point: ScenePoint(x: view.point.x + enter * ray.x, y: view.point.y + enter * ray.y),
      heightMeters: view.heightMeters - enter * ray.down, normal: normal)
  }

  private static func slab(
    _ low: Double, _ high: Double, from start: Double, along direction: Double
  ) -> (enter: Double, leave: Double) {
    guard abs(direction) > 1e-12 else {
      return start >= low && start <= high ? (-1e12, 1e12) : (1e12, -1e12)
    }
    let (first, second) = ((low - start) / direction, (high - start) / direction)
    return first < second ? (first, second) : (second, first)
  }
}

extension Solid.Ball {
  func hit(_ view: CameraView, _ ray: CameraView.Vector, noise: NoiseTexture) -> Solid.Hit? {
    let toCenter = CameraView.Vector(
      x: center.x - view.point.x, y: center.y - view.point.y, down: view.heightMeters - heightMeters)
    let square = ray.dot(ray)
    let nearest = toCenter.dot(ray) / square
    let missed = toCenter.dot(toCenter) - nearest * nearest * square
    var reach = radiusMeters * radiusMeters
    if isRagged {
      let (x, y) = (view.point.x + nearest * ray.x, view.point.y + nearest * ray.y)
      reach *= 0.45 + noise(x * 6.3, y * 6.3)
    }
    guard nearest > 0.1, missed < reach else { return nil }
    let distance = nearest - ((reach - missed) / square).squareRoot()
    guard distance > 0.1 else { return nil }
    let point = ScenePoint(x: view.point.x + distance * ray.x, y: view.point.y + distance * ray.y)
    let height = view.heightMeters - distance * ray.down
    let scale = 1 / radiusMeters
    return Solid.Hit(
      distance: distance, point: point, heightMeters: height,
      normal: CameraView.Vector(
        x: (point.x - center.x) * scale, y: (point.y - center.y) * scale,
        down: (heightMeters - height) * scale))
  }
}
