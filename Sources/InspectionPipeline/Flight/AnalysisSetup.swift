package import HazardAnalysis
import ImageCodecs
package import InspectionModel
package import PixelKernels

/// The analyser that a pipeline names, with the thresholds that the pipeline sets.
package struct AnalysisSetup: Sendable {
  package let analyzer: any HazardAnalyzer
  /// The analyser's own thresholds with the pipeline's in their place.
  package let thresholds: HazardThresholds
  /// Whether pictures must not be reduced in decoding.
  private let decodesInFull: Bool

  /// - Parameter tier: of the kernels; results do not depend on it.
  package init(_ definition: PipelineDefinition, tier: KernelTier = .best) {
    self.init(analyser: definition.analyser, thresholds: definition.thresholds, tier: tier)
  }

  /// - Parameters:
  ///   - changes: replace the analyser's own thresholds.
  ///   - tier: of the kernels; results do not depend on it.
  init(
    analyser: PipelineDefinition.Analyser, thresholds changes: [HazardKind: HazardScore], tier: KernelTier
  ) {
    switch analyser {
    // Regions follow the threshold, so the analyser has to know it.
    case .network:
      analyzer = NetworkAnalyzer(tier: tier, thresholds: changes)
      decodesInFull = false
    case .tiles:
      analyzer = TileAnalyzer(tier: tier, thresholds: changes)
      decodesInFull = false
    case .markers:
      analyzer = FixedTestAnalyzer(tier: tier)
      decodesInFull = true
    }
    thresholds = analyzer.thresholds.replacing(changes)
  }

  package var procedure: AnalysisProcedure { analyzer.procedure }

  /// By how much a picture of this size is reduced in decoding.
  func decodeScale(widthPixels: Int, heightPixels: Int) -> DecodeScale {
    decodesInFull ? .full : .forAnalysis(widthPixels: widthPixels, heightPixels: heightPixels)
  }

  /// A measurement judged by this setup's thresholds.
  func judged(_ measurement: FrameMeasurement) -> FrameMeasurement {
    var judged = measurement
    for index in judged.hazards.indices {
      guard let threshold = thresholds[judged.hazards[index].hazard] else { continue }
      judged.hazards[index].threshold = threshold
    }
    return judged
  }
}
