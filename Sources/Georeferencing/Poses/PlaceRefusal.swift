/// Why a point of a picture has no place on the ground.
package enum PlaceRefusal: Error, Sendable, Hashable {
  case noPosition
  case noHeight
  /// Told, and too low for any use of it, metres.
  case heightTooSmall(meters: Double)
  case noAttitude
  case noFocalLength
  /// The picture was turned by a quarter after the flight, nobody knows which way.
  case unknownQuarterTurn
  /// The ray of the point does not fall, or so flatly that it never meets the ground nearby.
  case aboveHorizon
  /// One standard deviation of the place would be so many metres.
  case tooUncertain(sigmaMeters: Double)

  /// One plain clause for a person.
  package var message: String {
    switch self {
    case .noPosition: "the camera's position is unknown"
    case .noHeight: "the camera's height over the ground is unknown"
    case .heightTooSmall(let meters):
      "the recorded height of \(Int(meters.rounded())) m is too small to see the ground from"
    case .noAttitude: "the camera's direction is unknown"
    case .noFocalLength: "the camera's focal length is unknown"
    case .unknownQuarterTurn: "the picture was turned by a quarter after the flight, nobody knows which way"
    case .aboveHorizon: "the point lies at or above the horizon"
    case .tooUncertain(let sigma): "the place would be uncertain by \(Int(sigma.rounded())) m"
    }
  }
}
