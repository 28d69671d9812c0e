internal import InspectionModel
package import PixelKernels

/// A network that is ready to run on one tier: equal results, bit for bit, on every tier.
package struct HazardNetwork: Sendable {
  package let header: NetworkHeader
  /// Of all that can change a result, 16 hexadecimal digits.
  let hash: String
  package let layers: [NetworkLayer]
  let kernels: PixelKernels

  /// - Throws: `NetworkFileError` for bytes that are no network.
  package init(_ file: [UInt8], tier: KernelTier) throws(NetworkFileError) {
    let file = try NetworkFile(file)
    (header, hash) = (file.header, file.hash)
    layers = try file.layers(tier: tier)
    kernels = PixelKernels(tier: tier)
  }

  /// Names the weights.
  package var version: String { header.version }

  /// The hazards that it judges, with their outputs.
  var hazardOutputs: [(hazard: HazardKind, output: NetworkHeader.Output)] {
    header.outputs.compactMap { output in
      HazardKind(rawValue: output.name).map { (hazard: $0, output: output) }
    }
  }

  /// The longer side of its pictures, pixels of luma: 240 for a first look of files that do not say it.
  package var longestSidePixels: Int {
    header.longestSidePixels ?? (inputChannelCount == 3 ? 320 : 240)
  }

  package var inputChannelCount: Int { header.inputZeros.count }

  /// Parameters: weights and biases.
  package var parameterCount: Int {
    layers.reduce(0) {
      $0 + NetworkLayer.weightCount($1.operation, $1.inChannels, $1.outChannels) + $1.outChannels
    }
  }

  /// Products that are summed up for a picture of this size.
  package func multiplyAddCount(widthPixels: Int, heightPixels: Int) -> Int {
    let plan = NetworkPlan(header, layers, widthPixels: widthPixels, heightPixels: heightPixels)
    return layers.indices.reduce(0) {
      $0 + plan.places[$1 + 1].pixelCount * layers[$1].outChannels * layers[$1].tapCount
    }
  }

  /// Memory for pictures of one size.
  package func makeWorkspace(widthPixels: Int, heightPixels: Int) -> NetworkWorkspace {
    let plan = NetworkPlan(header, layers, widthPixels: widthPixels, heightPixels: heightPixels)
    var workspace = NetworkWorkspace(plan: plan)
    workspace.arena.fill(plan.places[0], with: header.inputZeros)
    return workspace
  }

  /// Runs all layers over the input that lies in the workspace.
  ///
  /// - Parameter layerDone: is told after each layer; for tests, which then read its result.
  package func run(
    _ workspace: inout NetworkWorkspace, layerDone: (Int, NetworkWorkspace) -> Void = { _, _ in }
  ) {
    let plan = workspace.plan
    for (index, layer) in layers.enumerated() {
      let record = header.layers[index]
      kernels.run(
        layer, from: plan.places[record.input], to: plan.places[index + 1],
        residual: record.residual.map {
          LayerResidual(plan.places[$0], isUpsampled: record.residualUpsamples ?? false)
        },
        scratchOffset: plan.scratchOffset, arena: &workspace.arena)
      layerDone(index, workspace)
    }
  }
}

/// The memory of one run.
package struct NetworkWorkspace: Sendable {
  package let plan: NetworkPlan
  package var arena: LayerArena

  init(plan: NetworkPlan) {
    self.plan = plan
    arena = LayerArena(byteCount: plan.byteCount)
  }

  /// Sets the picture; a plane for each channel, of the size that the memory was made for.
  mutating func setInput(_ planes: [PixelPlane]) {
    arena.interleave(planes, into: plan.places[0], left: plan.left, top: plan.top)
  }

  /// Sets one value of the picture.
  package mutating func setInput(x: Int, y: Int, channel: Int, _ value: UInt8) {
    arena[plan.places[0], x + plan.left, y + plan.top, channel] = value
  }
}
