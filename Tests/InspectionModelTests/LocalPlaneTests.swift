import Foundation
import InspectionModel
import TestSupport
import Testing

@Suite struct LocalPlaneTests {
  private typealias Position = GeodeticPosition<CGCS2000>

  /// Radii of curvature of the ellipsoid, the slow and exact way.
  @Test func metersPerDegreeAreThoseOfTheEllipsoid() {
    let (a, squaredEccentricity) = (6_378_137.0, 0.006_694_379_990_14)
    for latitude in stride(from: -89.0, through: 89, by: 0.5) {
      let sine = sin(latitude * .pi / 180)
      let root = (1 - squaredEccentricity * sine * sine).squareRoot()
      let meridian = a * (1 - squaredEccentricity) / (root * root * root) * .pi / 180
      let parallel = a / root * cos(latitude * .pi / 180) * .pi / 180
      let plane = LocalPlane(origin: Position(latitudeDegrees: latitude, longitudeDegrees: 7))
      #expect(abs(plane.metersPerDegreeNorth / meridian - 1) < 1e-6, "latitude \(latitude)")
      #expect(abs(plane.metersPerDegreeEast - parallel) < 0.2, "latitude \(latitude)")
    }
  }

  @Test func offsetsAndPositionsAreInverse() {
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<1000 {
      let origin = Position(
        latitudeDegrees: .random(in: -80...80, using: &generator),
        longitudeDegrees: .random(in: -180...180, using: &generator))
      let (east, north) = (
        Double.random(in: -5e4...5e4, using: &generator), Double.random(in: -5e4...5e4, using: &generator)
      )
      let plane = LocalPlane(origin: origin)
      let back = plane.offsetMeters(of: plane.position(eastMeters: east, northMeters: north))
      #expect(abs(back.east - east) < 1e-5 && abs(back.north - north) < 1e-5, "origin \(origin)")
    }
  }
}
