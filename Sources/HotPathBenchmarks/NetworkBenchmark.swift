package import HazardAnalysis
package import PixelKernels

/// An embedded network by itself: how long one run over a picture takes, and which layers take it.
package struct NetworkBenchmark: Sendable {
  /// What came out.
  package struct Result: Sendable, Encodable {
    package var version: String
    package var widthPixels: Int
    package var heightPixels: Int
    /// Reading and packing the weights, once a process.
    package var loadMilliseconds: Double
    package var runs: Int
    /// Median of the runs.
    package var milliseconds: Double
    package var parameters: Int
    package var multiplyAdds: Int
    /// Mean milliseconds of each layer, in order.
    package var layerMilliseconds: [Double]
    package var tier: String
  }

  private let network: HazardNetwork.Embedded
  private let widthPixels: Int
  private let heightPixels: Int
  private let seconds: Double
  private let tier: KernelTier

  /// - Precondition: a size of at least one pixel.
  package init(
    network: HazardNetwork.Embedded = .full, widthPixels: Int, heightPixels: Int, seconds: Double,
    tier: KernelTier = .best
  ) {
    self.network = network
    precondition(widthPixels > 0 && heightPixels > 0, "a picture has a size")
    self.widthPixels = widthPixels
    self.heightPixels = heightPixels
    self.seconds = seconds
    self.tier = tier
  }

  /// Runs, blocking, over a picture of seeded noise.
  package func run() -> Result {
    let loading = Stopwatch.now
    let network = HazardNetwork.embedded(self.network, tier: tier)
    let loaded = Stopwatch.now
    var workspace = network.makeWorkspace(widthPixels: widthPixels, heightPixels: heightPixels)
    var generator: UInt32 = 1
    for y in 0..<heightPixels {
      for x in 0..<widthPixels {
        for channel in 0..<network.inputChannelCount {
          generator = 1_664_525 &* generator &+ 1_013_904_223
          workspace.setInput(x: x, y: y, channel: channel, UInt8(generator >> 24))
        }
      }
    }
    network.run(&workspace)
    var times: [Double] = [], layers: [Double] = []
    let end = Stopwatch.now + seconds
    repeat {
      let begun = Stopwatch.now
      network.run(&workspace)
      times.append(Stopwatch.now - begun)
    } while Stopwatch.now < end
    for _ in 0..<5 {
      var last = Stopwatch.now
      network.run(&workspace) { index, _ in
        let now = Stopwatch.now
        if layers.count == index { layers.append(0) }
        layers[index] += 1000 * (now - last) / 5
        last = now
      }
    }
    return Result(
      version: network.version, widthPixels: widthPixels, heightPixels: heightPixels,
      loadMilliseconds: 1000 * (loaded - loading), runs: times.count,
      milliseconds: 1000 * times.sorted()[times.count / 2], parameters: network.parameterCount,
      multiplyAdds: network.multiplyAddCount(widthPixels: widthPixels, heightPixels: heightPixels),
      layerMilliseconds: layers, tier: tier.rawValue)
  }
}
