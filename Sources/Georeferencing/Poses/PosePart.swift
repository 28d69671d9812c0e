/// The parts of a pose in the order of its covariance.
enum PosePart {
  static let north = 0
  static let east = 1
  static let height = 2
  /// Three: small turns about north, east and down.
  static let turn = 3
  /// Parts that belong to one picture.
  static let ownCount = 6
  /// Three: small turns about the camera's axes, shared by the flight.
  static let mount = 6
  /// The focal length's relative change, shared by the flight.
  static let focal = 9
  /// The lens's first radial term, shared by the flight.
  static let distortion = 10
  /// The ground's level, metres, shared by the flight.
  static let ground = 11
  /// The ground's slope north and east, shared by the flight.
  static let slopeNorth = 12
  static let slopeEast = 13
  static let count = 14
}
