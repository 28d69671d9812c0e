package import FrameMemory
package import InspectionModel
package import PixelKernels

/// The house's first analyser: judges tiles of a picture by colour and texture.
///
/// A frame is brought to the analysis scale and cut into tiles of 8x8 base samples. Kernels measure each tile
/// (`TileFeature`), a fitted model (`TileModel`, see its model card) turns tiles and their surroundings into a
/// logit per hazard, and the strongest tiles decide about the picture. Darkness and congestion are rules on top:
/// `DarknessRule`, `CongestionRule`. Everything after decoding is integer arithmetic, so that a measurement is the
/// same on every kernel tier and processor.
package struct TileAnalyzer: HazardAnalyzer {
  package let procedure: AnalysisProcedure
  package let thresholds: HazardThresholds
  private let kernels: PixelKernels
  private let model: TileModel

  /// - Parameters:
  ///   - tier: which instructions the kernels use; changes no result.
  ///   - thresholds: replaces some of the default thresholds.
  package init(tier: KernelTier = .best, thresholds: [HazardKind: HazardScore] = [:]) {
    self.init(model: .fitted, tier: tier, thresholds: thresholds)
  }

  init(model: TileModel, tier: KernelTier, thresholds: [HazardKind: HazardScore]) {
    self.model = model
    kernels = PixelKernels(tier: tier)
    self.thresholds = HazardThresholds(ofModel: model.heads.map(\.hazard), replacing: thresholds)
    procedure = AnalysisProcedure(
      name: "tile-analyzer", version: model.version, modelHash: model.hash, thresholds: self.thresholds)
  }

  package func measure(
    _ frame: Frame, wantsHeatMaps: Bool, workspace: inout AnalysisWorkspace
  ) -> FrameMeasurement {
    AnalysisPlanes.fill(frame, kernels: kernels, workspace: &workspace)
    let grid = TileFeatures.measure(kernels: kernels, workspace: &workspace)
    workspace.fillContext(grid, model.scaling)
    var hazards: [HazardMeasurement] = [], heatMaps: [HeatMap] = []
    for (hazard, head) in model.heads {
      let threshold = thresholds[hazard]!
      let score = workspace.judge(head, grid)
      hazards.append(
        HazardMeasurement(
          hazard: hazard, score: score, threshold: threshold,
          regions: score < threshold ? [] : workspace.tiles.regions(of: hazard, grid, threshold)))
      if wantsHeatMaps { heatMaps.append(workspace.tiles.heatMap(of: hazard, grid, threshold)) }
    }
    let vehicles = workspace.countVehicles(model, grid)
    let congestion = CongestionRule.score(vehicleCount: vehicles), threshold = thresholds[.congestion]!
    hazards.append(
      HazardMeasurement(
        hazard: .congestion, score: congestion, threshold: threshold,
        regions: congestion < threshold ? [] : workspace.tiles.regions(of: .congestion, grid, threshold)))
    if wantsHeatMaps { heatMaps.append(workspace.tiles.heatMap(of: .congestion, grid, threshold)) }
    hazards.append(
      HazardMeasurement(
        hazard: .darkness, score: DarknessRule.score(workspace.features, tileCount: grid.count),
        threshold: thresholds[.darkness]!))
    let picture = PictureSummary.summarize(kernels: kernels, workspace: &workspace)
    return FrameMeasurement(
      hazards: hazards.sorted { $0.hazard < $1.hazard }, vehicleCount: vehicles, quality: picture.quality,
      signature: picture.signature, heatMaps: heatMaps.sorted { $0.hazard < $1.hazard })
  }
}

extension AnalysisWorkspace {
  /// Fills `context` from the features that were measured.
  fileprivate mutating func fillContext(_ grid: TileGrid, _ scaling: TileModel.Scaling) {
    context.fill(grid, features: features, highest: highest, scaling: scaling)
  }

  /// Runs a head: fills the tiles' scores, returns the picture's.
  fileprivate mutating func judge(_ head: TileHead, _ grid: TileGrid) -> HazardScore {
    head.fillLogits(context, tileCount: grid.count, into: &logits, spare: &spareLogits)
    tiles.fill(logits[..<grid.count], head)
    guard let logit = head.pictureLogit(logits[..<grid.count], ranked: &spareLogits) else { return .zero }
    return HazardScore(millionths: Logistic.millionths(logit))
  }

  /// Runs the vehicle head: fills the tiles' scores, returns the count.
  fileprivate mutating func countVehicles(_ model: TileModel, _ grid: TileGrid) -> Int {
    model.vehicles.fillLogits(context, tileCount: grid.count, into: &logits, spare: &spareLogits)
    tiles.fill(logits[..<grid.count], model.vehicles)
    return tiles.vehicleCount(grid, tilesPerVehicle: model.tilesPerVehicle)
  }
}
