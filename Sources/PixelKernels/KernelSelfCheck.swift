/// Compares every kernel of a tier with the portable reference over seeded planes, on the machine that runs it.
package struct KernelSelfCheck: Sendable {
  /// What became of one kernel on one tier.
  package struct Outcome: Sendable, Hashable {
    package let kernel: String
    package let tier: KernelTier
    /// Planes that were compared; 0 where the machine does not run the tier.
    package let planeCount: Int
    /// The first plane with another result, as `width x height, tile, seed`; `nil` when all are equal.
    package let firstDifference: String?

    package var passed: Bool { firstDifference == nil }
  }

  /// Widths that reach every remainder of the vector loops, and wide ones (each with another tile) whose rows
  /// take several chunks of columns.
  package static let widths =
    Array(0...130) + Array(191...193) + [511, 512, 513, 575, 576, 577, 1279, 1280, 1281]
    + [4095, 4096, 4097, 4223, 4224, 4225, 8191, 8193]

  /// Names of the kernels that are compared.
  package static let kernels = Kernel.allCases.map(\.rawValue)

  private let seed: UInt64

  package init(seed: UInt64 = 20_240_601) { self.seed = seed }

  /// The outcomes of all tiers but the portable one, kernel by kernel.
  package func run(tiers: [KernelTier] = [.avx2, .avx512]) -> [Outcome] {
    tiers.flatMap { tier in
      guard tier.isSupported else {
        return Kernel.allCases.map {
          Outcome(kernel: $0.rawValue, tier: tier, planeCount: 0, firstDifference: nil)
        }
      }
      return Kernel.allCases.map { check($0, tier) }
    }
  }

  enum Kernel: String, CaseIterable {
    case tileMoments = "tile_moments"
    case tileGradients = "tile_gradients"
    case tileColours = "tile_colours"
    case tileDifferences = "tile_differences"
    case tileExtremes = "tile_extremes"
    case countChanges = "count_changes"
    case updateBackground = "update_background"
    case textureSums = "texture_sums"
    case dcLevels = "dc_levels"
    case boxBlur = "box_blur"
    case shrink
    case halve
    case integral
    case histogram
  }

  private func check(_ kernel: Kernel, _ tier: KernelTier) -> Outcome {
    let reference = PixelKernels(tier: .portable), subject = PixelKernels(tier: tier)
    var planeCount = 0
    for (index, width) in Self.widths.enumerated() {
      // Few rows keep the check short; they still cover single rows, part tiles and several tile rows.
      let height = width > 4_000 ? 1 + index % 3 : [1, 2, 7, 8, 9, 17, 33][index % 7]
      let tile = [8, 4, 16, 5, 64, 1, 12, 32][index % 8]
      let input = Input(
        widthPixels: width, heightPixels: height, tile: tile, step: 1 + index % 5, seed: seed &+ UInt64(index)
      )
      planeCount += 1
      if Self.digest(kernel, reference, input) != Self.digest(kernel, subject, input) {
        let place = "\(width) x \(height), tile \(tile), seed \(seed &+ UInt64(index))"
        return Outcome(kernel: kernel.rawValue, tier: tier, planeCount: planeCount, firstDifference: place)
      }
    }
    return Outcome(kernel: kernel.rawValue, tier: tier, planeCount: planeCount, firstDifference: nil)
  }
}
