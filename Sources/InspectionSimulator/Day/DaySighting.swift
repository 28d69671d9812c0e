internal import InspectionModel

/// One sighting before it has a place.
struct DaySighting: Sendable {
  /// Index of the hazard.
  var hazard: Int
  /// Index of the witness.
  var witness: Int
  /// When it was seen, milliseconds of the day.
  var milliseconds: Int
  /// As it will be stated, metres with two decimals.
  var sigmaMeters: Double
  var score: HazardScore
}
