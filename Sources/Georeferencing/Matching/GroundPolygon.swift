/// A convex piece of ground.
package struct GroundPolygon: Sendable {
  /// Clockwise seen from above.
  let corners: [(north: Double, east: Double)]
  package let south: Double
  package let north: Double
  package let west: Double
  package let east: Double

  /// Corners in order, metres.
  package init(_ corners: [(north: Double, east: Double)]) {
    self.corners = corners
    south = corners.reduce(.infinity) { min($0, $1.north) }
    north = corners.reduce(-.infinity) { max($0, $1.north) }
    west = corners.reduce(.infinity) { min($0, $1.east) }
    east = corners.reduce(-.infinity) { max($0, $1.east) }
  }

  /// Square metres.
  package var area: Double {
    var twice = 0.0
    for (index, corner) in corners.enumerated() {
      let next = corners[(index + 1) % corners.count]
      twice += corner.north * next.east - next.north * corner.east
    }
    return max(0, twice / 2)
  }

  /// Whether the boxes around both have a part in common.
  func mayTouch(_ other: GroundPolygon) -> Bool {
    west < other.east && other.west < east && south < other.north && other.south < north
  }

  /// Square metres of the part that lies in both.
  package func intersectionArea(_ other: GroundPolygon) -> Double {
    mayTouch(other) ? clipped(by: other).area : 0
  }

  /// The part that lies in another convex polygon (Sutherland and Hodgman).
  package func clipped(by other: GroundPolygon) -> GroundPolygon {
    var kept = corners
    for (index, start) in other.corners.enumerated() {
      let end = other.corners[(index + 1) % other.corners.count]
      // Positive on the right of the edge, which is inside.
      func side(_ point: (north: Double, east: Double)) -> Double {
        (end.north - start.north) * (point.east - start.east)
          - (end.east - start.east) * (point.north - start.north)
      }
      var next: [(north: Double, east: Double)] = []
      for (position, point) in kept.enumerated() {
        let following = kept[(position + 1) % kept.count]
        let (here, there) = (side(point), side(following))
        if here >= 0 { next.append(point) }
        if (here >= 0) != (there >= 0) {
          let share = here / (here - there)
          next.append(
            (
              point.north + (following.north - point.north) * share,
              point.east + (following.east - point.east) * share
            ))
        }
      }
      kept = next
    }
    return GroundPolygon(kept)
  }
}
