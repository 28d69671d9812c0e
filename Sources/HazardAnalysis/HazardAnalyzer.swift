package import FrameMemory
package import InspectionModel

/// Looks at one frame: the seam of the house's analysis.
///
/// An analyser is a value without state: the same frame gives the same measurement, on every machine and on any
/// number of workers. What a source showed before is kept in `SourceHistory`.
package protocol HazardAnalyzer: Sendable {
  /// What travels with each observation: name, version, hash of all parameters.
  var procedure: AnalysisProcedure { get }
  /// The scores from which a hazard counts as seen; one per hazard that the analyser judges.
  var thresholds: HazardThresholds { get }

  /// Judges a frame, whole or decoded at the scale of `AnalysisScale.decodeDenominator`.
  ///
  /// - Parameters:
  ///   - frame: grey or YCbCr in any chroma layout.
  ///   - wantsHeatMaps: also make a map per hazard; costs time.
  ///   - workspace: memory that a worker reuses from frame to frame; carries nothing from one to the next.
  func measure(_ frame: Frame, wantsHeatMaps: Bool, workspace: inout AnalysisWorkspace) -> FrameMeasurement
}

extension HazardAnalyzer {
  /// Judges a single frame with memory of its own.
  package func measure(_ frame: Frame, wantsHeatMaps: Bool = false) -> FrameMeasurement {
    var workspace = AnalysisWorkspace()
    return measure(frame, wantsHeatMaps: wantsHeatMaps, workspace: &workspace)
  }
}

/// The scores from which hazards count as seen.
package struct HazardThresholds: Sendable, Hashable {
  /// One per judged hazard, sorted by hazard.
  package let entries: [(hazard: HazardKind, score: HazardScore)]

  /// - Precondition: no hazard twice.
  package init(_ entries: [(hazard: HazardKind, score: HazardScore)]) {
    let sorted = entries.sorted { $0.hazard < $1.hazard }
    precondition(
      zip(sorted, sorted.dropFirst()).allSatisfy { $0.hazard < $1.hazard }, "one threshold a hazard")
    self.entries = sorted
  }

  /// The score from which a hazard counts as seen unless told otherwise.
  package static let usual = HazardScore(millionths: 500_000)

  /// The usual threshold for some hazards and for those of the rules, `DarknessRule` and `CongestionRule`, with some
  /// replaced.
  init(ofModel hazards: [HazardKind], replacing changes: [HazardKind: HazardScore]) {
    let all = hazards + [.congestion, .darkness]
    self = HazardThresholds(all.map { (hazard: $0, score: Self.usual) }).replacing(changes)
  }

  /// The hazards that are judged, sorted.
  package var hazards: [HazardKind] { entries.map(\.hazard) }

  /// The threshold of a hazard; `nil` where it is not judged.
  package subscript(_ hazard: HazardKind) -> HazardScore? { entries.first { $0.hazard == hazard }?.score }

  /// These thresholds with some replaced, for example by a pipeline definition; others are ignored.
  package func replacing(_ changes: [HazardKind: HazardScore]) -> HazardThresholds {
    HazardThresholds(entries.map { (hazard: $0.hazard, score: changes[$0.hazard] ?? $0.score) })
  }

  package static func == (left: HazardThresholds, right: HazardThresholds) -> Bool {
    left.entries.elementsEqual(right.entries) { $0.hazard == $1.hazard && $0.score == $1.score }
  }

  package func hash(into hasher: inout Hasher) {
    for entry in entries {
      hasher.combine(entry.hazard)
      hasher.combine(entry.score)
    }
  }
}

extension AnalysisProcedure {
  /// A model with the rules on top and its thresholds: all that can change a result is in the hash.
  init(name: String, version: String, modelHash: String, thresholds: HazardThresholds) {
    var hash = FNV1a()
    hash.combine(modelHash)
    DarknessRule.combine(into: &hash)
    CongestionRule.combine(into: &hash)
    for (hazard, score) in thresholds.entries {
      hash.combine(hazard.rawValue)
      hash.combine(score.millionths)
    }
    self.init(name: name, version: version, parametersHash: hash.hexadecimal)
  }
}
