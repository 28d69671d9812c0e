package import PixelKernels

/// Three planes of one size, and the tiles that kernels divide them into.
package struct BenchmarkPlanes: Sendable {
  package let first: PixelPlane
  package let second: PixelPlane
  package let third: PixelPlane
  /// Side of a tile, samples.
  package let tile: Int

  /// - Precondition: planes of one size with samples, a tile side of 1…64.
  package init(first: PixelPlane, second: PixelPlane, third: PixelPlane, tile: Int) {
    precondition(first.widthPixels > 0 && first.heightPixels > 0, "planes to measure on have samples")
    for plane in [second, third] {
      precondition(
        plane.widthPixels == first.widthPixels && plane.heightPixels == first.heightPixels,
        "planes to measure on have one size")
    }
    (self.first, self.second, self.third, self.tile) = (first, second, third, tile)
  }

  /// Planes of seeded noise: the kernels' time does not depend on what the samples show.
  ///
  /// Sample x of row y of plane k is the low byte of SplitMix64's output number `k · w · h + y · w + x` (from 0).
  package init(seed: UInt64, widthPixels: Int, heightPixels: Int, tile: Int) {
    let samples = UInt64(widthPixels * heightPixels)
    let planes = (0..<3).map { (number: UInt64) in
      PixelPlane(widthPixels: widthPixels, heightPixels: heightPixels) { x, y in
        Self.noise(seed, number * samples + UInt64(y * widthPixels + x))
      }
    }
    self.init(first: planes[0], second: planes[1], third: planes[2], tile: tile)
  }

  private static func noise(_ seed: UInt64, _ number: UInt64) -> UInt8 {
    var z = seed &+ (number &+ 1) &* 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return UInt8(truncatingIfNeeded: z ^ (z >> 31))
  }

  /// The sizes that matter: a camera's picture (its planes leave the second cache), a quarter of it (two planes
  /// stay there), and a coarse frame's luma and chroma.
  package static func usual(seed: UInt64) -> [BenchmarkPlanes] {
    [(1920, 1080, 16), (960, 540, 16), (240, 135, 4), (120, 68, 4)].map { width, height, tile in
      BenchmarkPlanes(seed: seed, widthPixels: width, heightPixels: height, tile: tile)
    }
  }
}
