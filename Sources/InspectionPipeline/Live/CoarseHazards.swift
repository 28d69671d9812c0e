internal import HazardAnalysis
internal import InspectionModel

/// What the coarse level tells of hazards by itself: things that show over time and not in one picture.
enum CoarseHazards {
  /// The coarse level has no probabilities: what it tells counts as seen, and is not sure enough to confirm alone.
  private static let score = HazardScore(millionths: 650_000)

  /// Names what made these findings.
  static let procedure = AnalysisProcedure(
    name: "coarse-scene", version: "1", parametersHash: "0000000000000001")

  /// Findings for the events that began with a frame.
  static func findings(of events: [CoarseEvent]) -> [HazardFinding] {
    events.filter { $0.phase == .began }.compactMap { event in
      guard let hazard = hazard(of: event.kind) else { return nil }
      return HazardFinding(
        hazard: hazard, score: score, threshold: HazardThresholds.usual, region: event.region,
        vehicleCount: nil)
    }
  }

  private static func hazard(of kind: CoarseEvent.Kind) -> HazardKind? {
    switch kind {
    case .flames: .fireSmoke
    case .congestion: .congestion
    case .lampRowOut: .darkness
    case .slowChange, .lampOut, .frozen, .dark, .covered, .partlyCovered, .blurred, .moved: nil
    }
  }
}
