/// East and north metres around an origin on the ground, for distances up to about 100 km.
///
/// Metres per degree follow the usual series for the WGS 84 ellipsoid (CGCS2000 differs by less than a
/// millimetre); at 50 km the plane is wrong by less than 0.5 %. Only correctly rounded operations are used (no
/// library cosine), so results are bit-equal on every CPU.
package struct LocalPlane<System: CoordinateSystem>: Sendable, Hashable {
  package let origin: GeodeticPosition<System>
  /// Metres per degree of latitude at the origin.
  package let metersPerDegreeNorth: Double
  /// Metres per degree of longitude at the origin.
  package let metersPerDegreeEast: Double

  package init(origin: GeodeticPosition<System>) {
    self.origin = origin
    let cosine = Self.cosine(degrees: origin.latitudeDegrees)
    let square = cosine * cosine
    // cos 2φ, cos 3φ, cos 4φ and cos 5φ through the cosine alone.
    let double = 2 * square - 1
    let triple = (4 * square - 3) * cosine
    let quadruple = 2 * double * double - 1
    let quintuple = ((16 * square - 20) * square + 5) * cosine
    metersPerDegreeNorth = 111_132.92 - 559.82 * double + 1.175 * quadruple
    metersPerDegreeEast = 111_412.84 * cosine - 93.5 * triple + 0.118 * quintuple
  }

  /// East and north metres from the origin to a position.
  package func offsetMeters(of position: GeodeticPosition<System>) -> (east: Double, north: Double) {
    var degreesEast = position.longitudeDegrees - origin.longitudeDegrees
    if degreesEast > 180 { degreesEast -= 360 }
    if degreesEast < -180 { degreesEast += 360 }
    let degreesNorth = position.latitudeDegrees - origin.latitudeDegrees
    return (degreesEast * metersPerDegreeEast, degreesNorth * metersPerDegreeNorth)
  }

  /// Metres from the origin to a position.
  package func distanceMeters(to position: GeodeticPosition<System>) -> Double {
    let (east, north) = offsetMeters(of: position)
    return (east * east + north * north).squareRoot()
  }

  /// The position that many metres east and north of the origin, without altitude or height.
  package func position(eastMeters: Double, northMeters: Double) -> GeodeticPosition<System> {
    var longitude = origin.longitudeDegrees + eastMeters / max(metersPerDegreeEast, 1)
    if longitude > 180 { longitude -= 360 }
    if longitude < -180 { longitude += 360 }
    let latitude = origin.latitudeDegrees + northMeters / metersPerDegreeNorth
    return GeodeticPosition(latitudeDegrees: min(max(latitude, -90), 90), longitudeDegrees: longitude)
  }

  /// Cosine of −90…90 degrees by its power series to the twentieth power (error below 1e-15).
  private static func cosine(degrees: Double) -> Double {
    let radians = degrees * Double.pi / 180
    let square = radians * radians
    var sum = 0.0
    for power in stride(from: 20, through: 2, by: -2) {
      sum = square / Double(power * (power - 1)) * (1 - sum)
    }
    return 1 - sum
  }
}
