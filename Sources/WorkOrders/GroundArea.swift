package import InspectionModel

/// An area on the ground: a box, and a polygon inside it where the border is known better.
package struct GroundArea: Sendable, Hashable {
  package typealias Position = GeodeticPosition<CGCS2000>

  package let southDegrees: Double
  package let westDegrees: Double
  package let northDegrees: Double
  package let eastDegrees: Double
  /// Corners of a simple polygon in order, not closed; empty where only the box is known.
  package let corners: [Position]

  /// - Precondition: south < north and west < east (no area here crosses the 180th meridian).
  package init(southDegrees: Double, westDegrees: Double, northDegrees: Double, eastDegrees: Double) {
    precondition(southDegrees < northDegrees && westDegrees < eastDegrees, "a box has an inside")
    (self.southDegrees, self.northDegrees) = (southDegrees, northDegrees)
    (self.westDegrees, self.eastDegrees) = (westDegrees, eastDegrees)
    corners = []
  }

  /// The area inside a polygon.
  ///
  /// - Precondition: at least three corners.
  package init(corners: [Position]) {
    precondition(corners.count >= 3, "a polygon has at least three corners")
    self.corners = corners
    let (latitudes, longitudes) = (corners.map(\.latitudeDegrees), corners.map(\.longitudeDegrees))
    (southDegrees, northDegrees) = (latitudes.min() ?? 0, latitudes.max() ?? 0)
    (westDegrees, eastDegrees) = (longitudes.min() ?? 0, longitudes.max() ?? 0)
  }

  package var isPolygon: Bool { !corners.isEmpty }

  /// Whether a position lies inside; the border of a box belongs to it, that of a polygon to one of its sides.
  package func contains(_ position: Position) -> Bool {
    let (latitude, longitude) = (position.latitudeDegrees, position.longitudeDegrees)
    guard (southDegrees...northDegrees).contains(latitude), (westDegrees...eastDegrees).contains(longitude)
    else { return false }
    guard isPolygon else { return true }
    // Even-odd rule: count the edges that a ray to the east crosses.
    var isInside = false
    var previous = corners[corners.count - 1]
    for corner in corners {
      if (corner.latitudeDegrees > latitude) != (previous.latitudeDegrees > latitude) {
        let share = (latitude - corner.latitudeDegrees) / (previous.latitudeDegrees - corner.latitudeDegrees)
        let crossing = corner.longitudeDegrees + share * (previous.longitudeDegrees - corner.longitudeDegrees)
        if longitude < crossing { isInside.toggle() }
      }
      previous = corner
    }
    return isInside
  }
}
