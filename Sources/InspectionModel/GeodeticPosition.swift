/// A geodetic coordinate system. The system is part of a position's type, so that two cannot be mixed by accident.
package protocol CoordinateSystem: Sendable {
  /// The name that exports state.
  static var name: String { get }
}

/// China Geodetic Coordinate System 2000 (EPSG:4490); equal to WGS 84 (EPSG:4326) within centimetres.
package enum CGCS2000: CoordinateSystem {
  package static let name = "CGCS2000"
}

/// A point on or above the ground.
package struct GeodeticPosition<System: CoordinateSystem>: Sendable, Hashable {
  /// Degrees north, −90…90.
  package var latitudeDegrees: Double
  /// Degrees east, −180…180.
  package var longitudeDegrees: Double
  /// Metres above mean sea level.
  package var altitudeMetersAMSL: Double?
  /// Metres above the ground right below (or above the take-off point, where only that is known).
  package var heightMetersAboveGround: Double?

  package init(
    latitudeDegrees: Double, longitudeDegrees: Double, altitudeMetersAMSL: Double? = nil,
    heightMetersAboveGround: Double? = nil
  ) {
    self.latitudeDegrees = latitudeDegrees
    self.longitudeDegrees = longitudeDegrees
    self.altitudeMetersAMSL = altitudeMetersAMSL
    self.heightMetersAboveGround = heightMetersAboveGround
  }

  /// Whether both angles are finite, within their ranges and not the 0, 0 that receivers write before a fix.
  package var isPlausible: Bool {
    latitudeDegrees.isFinite && longitudeDegrees.isFinite && abs(latitudeDegrees) <= 90
      && abs(longitudeDegrees) <= 180 && !(latitudeDegrees == 0 && longitudeDegrees == 0)
  }
}

extension GeodeticPosition: Codable {}
