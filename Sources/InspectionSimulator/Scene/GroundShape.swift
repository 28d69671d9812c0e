/// A shape on the ground: an upright rectangle or an ellipse of the scene's axes, its edge uneven if wanted.
struct GroundShape: Sendable, Hashable {
  enum Form: Sendable, Hashable {
    case rectangle
    case ellipse
  }

  var form: Form
  var center: ScenePoint
  var halfWidthMeters: Double
  var halfLengthMeters: Double
  /// How far the edge strays from the form, metres.
  var wobbleMeters = 0.0

  static func rectangle(_ x: ClosedRange<Double>, _ y: ClosedRange<Double>) -> GroundShape {
    GroundShape(
      form: .rectangle,
      center: ScenePoint(x: (x.lowerBound + x.upperBound) / 2, y: (y.lowerBound + y.upperBound) / 2),
      halfWidthMeters: (x.upperBound - x.lowerBound) / 2, halfLengthMeters: (y.upperBound - y.lowerBound) / 2)
  }

  /// Metres from a point to the edge, negative inside; exact for rectangles' sides, close for ellipses.
  func signedDistance(x: Double, y: Double, noise: NoiseTexture) -> Double {
    let (dx, dy) = ((x - center.x).magnitude, (y - center.y).magnitude)
    var distance: Double
    switch form {
    case .rectangle:
      let (across, along) = (dx - halfWidthMeters, dy - halfLengthMeters)
      distance = across > along ? across : along
    case .ellipse:
      let (across, along) = (dx / halfWidthMeters, dy / halfLengthMeters)
      distance = ((across * across + along * along).squareRoot() - 1) * min(halfWidthMeters, halfLengthMeters)
    }
    if wobbleMeters > 0 { distance += (noise(x * 2.1 + 40, y * 2.1) - 0.5) * 2 * wobbleMeters }
    return distance
  }

  /// The outermost reach from the centre in each axis, metres.
  var reachMeters: (x: Double, y: Double) {
    (halfWidthMeters + 2 * wobbleMeters, halfLengthMeters + 2 * wobbleMeters)
  }

  /// Corners of the outline, clockwise seen from above: 4 of a rectangle, 24 of an ellipse.
  func outline(noise: NoiseTexture) -> [ScenePoint] {
    if form == .rectangle {
      let (w, l) = (halfWidthMeters, halfLengthMeters)
      return [(-w, l), (w, l), (w, -l), (-w, -l)].map { ScenePoint(x: center.x + $0.0, y: center.y + $0.1) }
    }
    return (0..<24).map { index in
      let direction = ScenePoint(
        x: ExactTrigonometry.sine(decidegrees: index * 150),
        y: ExactTrigonometry.cosine(decidegrees: index * 150))
      // The edge lies between the centre and the reach; fifty halvings find it to less than a nanometre.
      var (inside, outside) = (0.0, 2 * max(reachMeters.x, reachMeters.y))
      for _ in 0..<50 {
        let middle = (inside + outside) / 2
        let (x, y) = (center.x + direction.x * middle, center.y + direction.y * middle)
        if signedDistance(x: x, y: y, noise: noise) < 0 { inside = middle } else { outside = middle }
      }
      return ScenePoint(x: center.x + direction.x * inside, y: center.y + direction.y * inside)
    }
  }
}
