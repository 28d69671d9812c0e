package import FrameMemory
package import InspectionModel
package import PixelKernels

/// Judges a picture by a trained convolutional network; see its model card in `Network/Training`.
///
/// The network sees the picture at 448 pixels (its file says it) and gives a map per hazard; pooled, these are the picture's scores.
/// Darkness and congestion are rules on top: `DarknessRule`, `CongestionRule`. The network is integer arithmetic, so
/// that a measurement is the same on every kernel tier.
package struct NetworkAnalyzer: HazardAnalyzer {
  package let procedure: AnalysisProcedure
  package let thresholds: HazardThresholds
  private let kernels: PixelKernels
  private let network: HazardNetwork

  /// The hazards that the network judges, with their outputs.
  private let outputs: [(hazard: HazardKind, output: NetworkHeader.Output)]
  private let vehicles: NetworkHeader.Output?

  /// - Parameters:
  ///   - tier: which instructions the kernels use; changes no result.
  ///   - thresholds: replaces some of the default thresholds.
  package init(tier: KernelTier = .best, thresholds: [HazardKind: HazardScore] = [:]) {
    self.init(HazardNetwork.embedded(tier: tier), thresholds: thresholds)
  }

  init(_ network: HazardNetwork, thresholds: [HazardKind: HazardScore]) {
    self.network = network
    kernels = network.kernels
    outputs = network.hazardOutputs
    vehicles = network.header.outputs.first { $0.count != nil }
    self.thresholds = HazardThresholds(ofModel: outputs.map(\.hazard), replacing: thresholds)
    procedure = AnalysisProcedure(
      name: "network-analyzer", version: network.version, modelHash: network.hash,
      thresholds: self.thresholds)
  }

  package func measure(
    _ frame: Frame, wantsHeatMaps: Bool, workspace: inout AnalysisWorkspace
  ) -> FrameMeasurement {
    AnalysisPlanes.fill(frame, kernels: kernels, workspace: &workspace)
    let grid = TileFeatures.measure(kernels: kernels, workspace: &workspace)
    let darkness = DarknessRule.score(workspace.features, tileCount: grid.count)
    let picture = PictureSummary.summarize(kernels: kernels, workspace: &workspace)
    run(frame, &workspace.network)
    var hazards = [HazardMeasurement(hazard: .darkness, score: darkness, threshold: thresholds[.darkness]!)]
    var heatMaps: [HeatMap] = []
    for (hazard, output) in outputs {
      let judged = judge(hazard, output, wantsHeatMap: wantsHeatMaps, &workspace.network)
      hazards.append(judged.measurement)
      if let map = judged.map { heatMaps.append(map) }
    }
    var count: Int?
    if let vehicles {
      let memory = workspace.network.memory!
      count = workspace.network.reading.count(vehicles, memory)
    }
    let congestion = CongestionRule.score(vehicleCount: count ?? 0)
    hazards.append(
      HazardMeasurement(hazard: .congestion, score: congestion, threshold: thresholds[.congestion]!))
    return FrameMeasurement(
      hazards: hazards.sorted { $0.hazard < $1.hazard }, vehicleCount: count, quality: picture.quality,
      signature: picture.signature, heatMaps: heatMaps.sorted { $0.hazard < $1.hazard })
  }

  private func run(_ frame: Frame, _ state: inout NetworkState) {
    state.input.fill(frame, longestSidePixels: network.longestSidePixels)
    let (width, height) = (state.input.widthPixels, state.input.heightPixels)
    if state.memory?.plan.widthPixels != width || state.memory?.plan.heightPixels != height
      || state.version != network.version
    {
      state.memory = network.makeWorkspace(widthPixels: width, heightPixels: height)
      state.version = network.version
    }
    state.memory?.setInput(state.input.planes)
    // In place: the memory is large.
    network.run(&state.memory!)
  }

  private func judge(
    _ hazard: HazardKind, _ output: NetworkHeader.Output, wantsHeatMap: Bool, _ state: inout NetworkState
  ) -> (measurement: HazardMeasurement, map: HeatMap?) {
    let memory = state.memory!
    let score = HazardScore(fraction: state.reading.score(output, memory))
    let threshold = thresholds[hazard]!
    var measurement = HazardMeasurement(hazard: hazard, score: score, threshold: threshold)
    guard score >= threshold || wantsHeatMap, output.map?.isEmpty == false else { return (measurement, nil) }
    state.reading.fill(&state.map, output, memory)
    if score >= threshold { measurement.regions = NetworkRegions.find(state.map, of: hazard) }
    return (
      measurement,
      wantsHeatMap ? NetworkRegions.heatMap(state.map, of: hazard, isSeen: score >= threshold) : nil
    )
  }
}

/// What an analyser by network keeps from frame to frame: memory, no result.
struct NetworkState: Sendable {
  var input = NetworkInput()
  var memory: NetworkWorkspace?
  var version = ""
  var reading = NetworkReading()
  var map = NetworkReading.ProbabilityMap()
}
