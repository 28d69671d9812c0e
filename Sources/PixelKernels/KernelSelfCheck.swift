internal import FrameMemory

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

  /// Widths that reach every remainder of the vector loops, and both sides of a chunk of columns.
  package static let widths =
    Array(0...130) + Array(191...193) + [511, 512, 513, 575, 576, 577, 1279, 1280, 1281]

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

  private enum Kernel: String, CaseIterable {
    case tileMoments = "tile_moments"
    case tileGradients = "tile_gradients"
    case tileColours = "tile_colours"
    case tileDifferences = "tile_differences"
    case tileExtremes = "tile_extremes"
    case halve
    case histogram
  }

  private func check(_ kernel: Kernel, _ tier: KernelTier) -> Outcome {
    let reference = PixelKernels(tier: .portable), subject = PixelKernels(tier: tier)
    var planeCount = 0
    for (index, width) in Self.widths.enumerated() {
      // Few rows keep the check short; they still cover single rows, part tiles and several tile rows.
      let height = [1, 2, 7, 8, 9, 17, 33][index % 7]
      let tile = [8, 4, 16, 5, 64, 1][index % 6]
      var noise = Noise(state: seed &+ UInt64(index))
      let planes = (0..<3).map { _ in Self.noisyPlane(width, height, &noise) }
      let expected = Self.digest(kernel, reference, planes, tile, step: 1 + index % 5)
      let found = Self.digest(kernel, subject, planes, tile, step: 1 + index % 5)
      planeCount += 1
      if expected != found {
        let place = "\(width) x \(height), tile \(tile), seed \(seed &+ UInt64(index))"
        return Outcome(kernel: kernel.rawValue, tier: tier, planeCount: planeCount, firstDifference: place)
      }
    }
    return Outcome(kernel: kernel.rawValue, tier: tier, planeCount: planeCount, firstDifference: nil)
  }

  /// A plane whose padding is noise too: a kernel that reads it gives itself away.
  private static func noisyPlane(_ width: Int, _ height: Int, _ noise: inout Noise) -> PixelPlane {
    var plane = PixelPlane()
    plane.resize(widthPixels: width, heightPixels: height)
    let flat = noise.next() % 4 == 0
    for index in plane.samples.indices {
      // Some planes hold the extremes only: sums and differences reach their bounds.
      plane.samples[index] =
        flat ? (noise.next() & 1 == 0 ? 0 : 255) : UInt8(truncatingIfNeeded: noise.next())
    }
    return plane
  }

  private static func digest(
    _ kernel: Kernel, _ kernels: PixelKernels, _ planes: [PixelPlane], _ tile: Int, step: Int
  ) -> [UInt32] {
    var first: [UInt32] = [], second: [UInt32] = []
    let (one, two, three) = (planes[0], planes[1], planes[2])
    let grid = TileGrid(widthPixels: one.widthPixels, heightPixels: one.heightPixels, tile: tile)
    switch kernel {
    case .tileMoments: kernels.tileMoments(one.view, grid: grid, sums: &first, squares: &second)
    case .tileGradients:
      kernels.tileGradients(one.view, grid: grid, step: step, horizontal: &first, vertical: &second)
    case .tileColours:
      var counts: [UInt16] = []
      kernels.tileColours(
        luma: one.view, blue: two.view, red: three.view, grid: grid, counts: &counts)
      first = counts.map(UInt32.init)
    case .tileDifferences: kernels.tileDifferences(one.view, two.view, grid: grid, sums: &first)
    case .tileExtremes:
      var lowest: [UInt8] = [], highest: [UInt8] = []
      kernels.tileExtremes(one.view, grid: grid, lowest: &lowest, highest: &highest)
      first = lowest.map(UInt32.init)
      second = highest.map(UInt32.init)
    case .halve:
      var half = PixelPlane()
      kernels.halve(one.view, into: &half)
      for y in 0..<half.heightPixels {
        for x in 0..<half.widthPixels { first.append(UInt32(half.samples[y * half.strideBytes + x])) }
      }
    case .histogram: kernels.histogram(one.view, counts: &first)
    }
    return first + second
  }

  /// SplitMix64.
  private struct Noise {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
  }
}
