internal import InspectionModel

/// When a street counts as congested: by the number of vehicles in view.
///
/// A count without the length of road in view is a rough sign: twelve vehicles are what the busiest of the fitted
/// views (a drone at some 50 m above a junction) showed.
enum CongestionRule {
  /// Vehicles at which the score is one half.
  static let middleCount = 12
  /// Vehicles that multiply the odds by e.
  static let widthCount = 2

  static func score(vehicleCount: Int) -> HazardScore {
    HazardScore(millionths: Logistic.millionths((vehicleCount - middleCount) * 65_536 / widthCount))
  }

  static func combine(into hash: inout FNV1a) {
    hash.combine(middleCount)
    hash.combine(widthCount)
  }
}
