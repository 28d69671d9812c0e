internal import InspectionModel

/// A flight, a fixed camera or a person of a simulated day, with what all its sightings have in common.
struct DayWitness: Sendable {
  var witness: Witness
  /// Index of the plan's centre around which it looks.
  var center: Int
  /// When it can see, milliseconds of the day.
  var milliseconds: Range<Int>
  /// Error that all its sightings share, in units of the shared sigma.
  var bias: (east: Double, north: Double)
  /// What its sightings state, metres; single ones differ a little.
  var sigmaMeters: Double
  /// When a flight hands over its pictures, milliseconds of the day.
  var batchMilliseconds = 0

  /// The part of a stated sigma that is the same in every sighting of this witness, metres: the satellite bias of a
  /// flight, the mounting of a camera; never more than half of what is stated.
  func sharedSigma(of sigmaMeters: Double) -> Double {
    switch witness.kind {
    case .air: min(2.5, sigmaMeters / 2)
    case .ground: sigmaMeters / 2
    case .person: 0
    }
  }
}
