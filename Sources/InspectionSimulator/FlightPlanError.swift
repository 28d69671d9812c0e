internal import InspectionModel

/// Why a plan cannot be flown.
package enum FlightPlanError: Error, Sendable, Hashable {
  case outOfRange(name: String, found: String, expected: String)
  case contradiction(String)

  /// One plain sentence for a person.
  package var message: String {
    switch self {
    case .outOfRange(let name, let found, let expected): "\(name): expected \(expected), found \(found)"
    case .contradiction(let sentence): sentence
    }
  }
}

extension FlightPlan {
  /// Throws for the first value with which no flight could be drawn.
  package func validate() throws(FlightPlanError) {
    func require<Value: Comparable>(
      _ name: String, _ value: Value, _ range: ClosedRange<Value>
    ) throws(FlightPlanError) {
      guard range.contains(value) else {
        throw .outOfRange(
          name: name, found: "\(value)", expected: "\(range.lowerBound) to \(range.upperBound)")
      }
    }
    try require("frames", frameCount, 1...100_000)
    try require("width", widthPixels, 64...8192)
    try require("height of the picture", heightPixels, 64...8192)
    try require("quality", quality, 1...100)
    try require("height", heightMeters, 10...500)
    try require("period", periodMilliseconds, 100...60_000)
    try require("latitude of the origin", abs(origin.latitudeDegrees), 0...80)
    try require("longitude of the origin", abs(origin.longitudeDegrees), 0...179)
    try require("first frame with hazards", hazardsAppearAtFrame, 0...100_000)
    try require("position sigma", errors.positionSigmaMeters, 0...100)
    try require("height sigma", errors.heightSigmaMeters, 0...100)
    try require("attitude sigma", errors.attitudeSigmaDegrees, 0...20)
    if isFixedCamera, sidecar != .none || !damages.isSubset(of: Self.damagesOfFixedCameras) {
      throw .contradiction("a fixed camera has no telemetry: no sidecar, no damage to telemetry or tags")
    }
    if damages.contains(.brokenSidecar), sidecar == .none {
      throw .contradiction("a broken sidecar needs a sidecar")
    }
    if damages.contains(.missingAttitude), tags != .pose {
      throw .contradiction("a missing attitude needs pictures with a pose")
    }
  }

  private static let damagesOfFixedCameras: Set<FlightDamage> = [
    .truncatedFrame, .mislabelledFile, .emptyFile,
  ]
}
