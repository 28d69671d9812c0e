/// The parts of a pose in the order of its covariance.
package enum PosePart {
  package static let north = 0
  package static let east = 1
  package static let height = 2
  /// Three: small turns about north, east and down.
  package static let turn = 3
  /// Parts that belong to one picture.
  package static let ownCount = 6
  /// Three: small turns about the camera's axes, shared by the flight.
  package static let mount = 6
  /// The focal length's relative change, shared by the flight.
  package static let focal = 9
  /// The lens's first radial term, shared by the flight.
  package static let distortion = 10
  /// The ground's level, metres, shared by the flight.
  package static let ground = 11
  /// The ground's slope north and east, shared by the flight.
  package static let slopeNorth = 12
  package static let slopeEast = 13
  package static let count = 14
}
