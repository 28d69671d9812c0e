/// Where houses, vehicles and trees keep the sun from the ground.
struct ShadowField: Sendable {
  private let casters: [Caster]

  private struct Caster {
    let solid: Solid
    let minimum: ScenePoint
    let maximum: ScenePoint
  }

  /// - Parameter area: the ground that is looked at; casters whose shadows miss it are left out.
  init(solids: [Solid], area: GroundArea) {
    casters = solids.compactMap { solid in
      let bounds = solid.bounds
      let shift = SceneLight.shadowPerMeter
      let (low, high) = (max(0, bounds.bottomMeters), bounds.topMeters)
      let caster = Caster(
        solid: solid,
        minimum: ScenePoint(
          x: bounds.minimum.x + min(shift.x * low, shift.x * high),
          y: bounds.minimum.y + min(shift.y * low, shift.y * high)),
        maximum: ScenePoint(
          x: bounds.maximum.x + max(shift.x * low, shift.x * high),
          y: bounds.maximum.y + max(shift.y * low, shift.y * high)))
      return area.touches(minimum: caster.minimum, maximum: caster.maximum) ? caster : nil
    }
  }

  func covers(_ x: Double, _ y: Double, noise: NoiseTexture) -> Bool {
    for caster in casters
    where x > caster.minimum.x && x < caster.maximum.x && y > caster.minimum.y && y < caster.maximum.y {
      switch caster.solid.form {
      case .block(let block): if Self.covers(block, x, y) { return true }
      case .ball(let ball): if Self.covers(ball, x, y, noise) { return true }
      }
    }
    return false
  }

  /// Whether some height of the block throws its shadow there: both axes leave a common span of heights.
  private static func covers(_ block: Solid.Block, _ x: Double, _ y: Double) -> Bool {
    let shift = SceneLight.shadowPerMeter
    let (first, second) = ((x - block.minimum.x) / shift.x, (x - block.maximum.x) / shift.x)
    let (third, fourth) = ((y - block.minimum.y) / shift.y, (y - block.maximum.y) / shift.y)
    let low = max(min(first, second), min(third, fourth), block.bottomMeters)
    let high = min(max(first, second), max(third, fourth), block.topMeters)
    return low < high
  }

  /// A ball's shadow is an ellipse, drawn out away from the sun.
  private static func covers(_ ball: Solid.Ball, _ x: Double, _ y: Double, _ noise: NoiseTexture) -> Bool {
    let shift = SceneLight.shadowPerMeter
    let dx = x - ball.center.x - shift.x * ball.heightMeters,
      dy = y - ball.center.y - shift.y * ball.heightMeters
    let length = shift.lengthMeters
    let along = (dx * shift.x + dy * shift.y) / length, across = (dx * shift.y - dy * shift.x) / length
    let stretched = along * along / (1 + length * length) + across * across
    let ragged = ball.isRagged ? 0.45 + noise(x * 5.7, y * 5.7) : 1
    return stretched < ball.radiusMeters * ball.radiusMeters * ragged
  }
}

/// An upright rectangle of the scene's plane: what a picture shows of the ground.
struct GroundArea: Sendable {
  var minimum: ScenePoint
  var maximum: ScenePoint

  /// The ground under the picture's four corners; everything as far as `farMeters` where a corner shows the
  /// sky.
  init(_ view: CameraView, farMeters: Double) {
    let (width, height) = (Double(view.camera.widthPixels), Double(view.camera.heightPixels))
    minimum = view.point
    maximum = view.point
    for (u, v) in [(0, 0), (width, 0), (0, height), (width, height)] {
      let corner = view.ground(u: u, v: v)
      let points =
        corner.map { [$0] } ?? [
          view.point + ScenePoint(x: farMeters, y: farMeters),
          view.point - ScenePoint(x: farMeters, y: farMeters),
        ]
      for point in points {
        minimum = ScenePoint(x: min(minimum.x, point.x), y: min(minimum.y, point.y))
        maximum = ScenePoint(x: max(maximum.x, point.x), y: max(maximum.y, point.y))
      }
    }
  }

  func touches(minimum other: ScenePoint, maximum otherMaximum: ScenePoint) -> Bool {
    other.x <= maximum.x && otherMaximum.x >= minimum.x && other.y <= maximum.y && otherMaximum.y >= minimum.y
  }

  func touches(_ shape: GroundShape) -> Bool {
    let reach = ScenePoint(x: shape.reachMeters.x + 1, y: shape.reachMeters.y + 1)
    return touches(minimum: shape.center - reach, maximum: shape.center + reach)
  }
}
