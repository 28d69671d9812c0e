internal import Glibc
package import InspectionModel

/// Where things of an area go on paper: metres to points, ticks, scale bar, places for numbers.
package struct MapLayout {
  /// A point of the sketch, from its upper left corner.
  package struct Point {
    package var x: Double
    package var y: Double

    func distance(to other: Point) -> Double { hypot(x - other.x, y - other.y) }
  }

  struct Tick {
    /// Distance from the left or the upper edge, points.
    var at: Double
    var label: String
  }

  let widthPoints: Double
  package let heightPoints: Double
  let pointsPerMeter: Double
  private let plane: LocalPlane<CGCS2000>
  private let middle: (east: Double, north: Double)

  /// - Precondition: the area holds at least a position.
  package init(area: MapArea, widthPoints: Double) {
    let places = area.markers.map(\.place.position) + area.tracks.joined() + area.footprints.joined()
    precondition(!places.isEmpty, "an area without positions has no map")
    let plane = LocalPlane(origin: places[0])
    var (west, east, south, north) = (0.0, 0.0, 0.0, 0.0)
    func include(_ position: GeodeticPosition<CGCS2000>, radius: Double) {
      let meters = plane.offsetMeters(of: position)
      (west, east) = (min(west, meters.east - radius), max(east, meters.east + radius))
      (south, north) = (min(south, meters.north - radius), max(north, meters.north + radius))
    }
    for place in places { include(place, radius: 0) }
    for marker in area.markers { include(marker.place.position, radius: 2 * marker.place.sigmaMeters) }
    // Room around, and never so near that a single place fills the sheet.
    let (spanEast, spanNorth) = (max((east - west) * 1.16, 60), max((north - south) * 1.2, 40))
    let heightPoints = min(max(widthPoints * spanNorth / spanEast, 260), 470)
    self.plane = plane
    self.widthPoints = widthPoints
    self.heightPoints = heightPoints
    middle = ((west + east) / 2, (south + north) / 2)
    pointsPerMeter = min(widthPoints / spanEast, heightPoints / spanNorth)
  }

  var center: GeodeticPosition<CGCS2000> {
    plane.position(eastMeters: middle.east, northMeters: middle.north)
  }

  /// Where a position is drawn.
  package func point(of position: GeodeticPosition<CGCS2000>) -> Point {
    let meters = plane.offsetMeters(of: position)
    return Point(
      x: widthPoints / 2 + (meters.east - middle.east) * pointsPerMeter,
      y: heightPoints / 2 - (meters.north - middle.north) * pointsPerMeter)
  }

  private func position(x: Double, y: Double) -> GeodeticPosition<CGCS2000> {
    plane.position(
      eastMeters: middle.east + (x - widthPoints / 2) / pointsPerMeter,
      northMeters: middle.north - (y - heightPoints / 2) / pointsPerMeter)
  }

  /// The longest of 1, 2, 5 · 10ⁿ metres that takes at most a fifth of the width.
  var scaleBarMeters: Double { Self.roundStep(atMost: widthPoints / 5 / pointsPerMeter).step }

  /// The largest 1, 2 or 5 times a power of ten that is not above `limit`, and the decimals that it needs.
  private static func roundStep(atMost limit: Double) -> (step: Double, decimals: Int) {
    let exponent = Int(log10(limit).rounded(.down))
    let power = pow(10, Double(exponent))
    let factor = [5.0, 2, 1].first { $0 * power <= limit * (1 + 1e-12) } ?? 1
    return (factor * power, max(0, min(9, -exponent)))
  }

  var longitudeTicks: [Tick] {
    var west = position(x: 0, y: 0).longitudeDegrees
    let east = position(x: widthPoints, y: 0).longitudeDegrees
    // A sheet over the antimeridian: count on from below −180.
    if west > east { west -= 360 }
    return ticks(from: west, to: east, count: 5, signs: ("E", "W")) { degrees in
      var position = center
      position.longitudeDegrees = degrees
      return point(of: position).x
    }
  }

  var latitudeTicks: [Tick] {
    let (south, north) = (
      position(x: 0, y: heightPoints).latitudeDegrees, position(x: 0, y: 0).latitudeDegrees
    )
    return ticks(from: south, to: north, count: 3.5, signs: ("N", "S")) { degrees in
      var position = center
      position.latitudeDegrees = degrees
      return point(of: position).y
    }
  }

  private func ticks(
    from low: Double, to high: Double, count: Double, signs: (String, String), place: (Double) -> Double
  ) -> [Tick] {
    guard high > low else { return [] }
    let (step, decimals) = Self.roundStep(atMost: (high - low) / count * 1.6)
    let first = Int((low / step).rounded(.up))
    let last = Int((high / step).rounded(.down))
    guard first <= last, last - first < 100 else { return [] }
    return (first...last).map { index in
      var degrees = Double(index) * step
      let at = place(degrees)
      if degrees > 180 { degrees -= 360 }
      if degrees < -180 { degrees += 360 }
      let digits = decimalText(degrees.magnitude, decimals: decimals) ?? "?"
      return Tick(at: at, label: "\(digits)° \(degrees < 0 ? signs.1 : signs.0)")
    }
  }

  /// A place for the number of each dot: the nearest on rings around it that is inside the sheet and clear of the
  /// numbers before it and of all dots; the outermost one where none is clear.
  package func discPoints(for dots: [Point], avoiding obstacles: [Point]) -> [Point] {
    var discs: [Point] = []
    for dot in dots {
      let candidates = Self.rings.map { Point(x: dot.x + $0.x, y: dot.y + $0.y) }.filter(isInside)
      let clear = candidates.first { candidate in
        discs.allSatisfy { $0.distance(to: candidate) >= 21 }
          && obstacles.allSatisfy { $0.distance(to: candidate) >= 13 }
      }
      discs.append(clear ?? candidates.last ?? dot)
    }
    return discs
  }

  /// Clear of the edges, of the labels at the bottom, of north arrow and scale bar.
  private func isInside(_ point: Point) -> Bool {
    guard point.x > 12, point.x < widthPoints - 12, point.y > 12, point.y < heightPoints - 26 else {
      return false
    }
    let isAtArrow = point.x > widthPoints - 48 && point.y < 60
    let isAtBar = point.x > widthPoints * 0.78 && point.y > heightPoints - 52
    return !isAtArrow && !isAtBar
  }

  /// Offsets from near to far, first to the upper right.
  private static let rings: [Point] = [19.0, 31, 45, 62, 82, 106].flatMap { radius in
    (0..<16).map { step in
      let angle = Double.pi / 4 + Double(step) * .pi / 8
      return Point(x: radius * cos(angle), y: -radius * sin(angle))
    }
  }
}
