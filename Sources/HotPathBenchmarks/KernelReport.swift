package import Foundation
internal import PixelKernels

/// The vector kernels beside memory copies, on planes of one or several sizes: the answer of `jinxun bench kernels`.
package struct KernelReport: Sendable, Encodable {
  /// The best tier of the machine.
  package let tier: String
  package let seconds: Double
  package let planes: [KernelTimings]

  /// Measures on seeded planes of the usual sizes, or on those of a folder.
  ///
  /// - Parameters:
  ///   - seconds: shared by all sizes.
  ///   - folder: with `first.pgm`, `second.pgm` and `third.pgm`, 8-bit greymaps (P5) of one size.
  ///   - tile: side of the tiles on the folder's planes, samples; default: 16, on small planes 4.
  /// - Throws: `BenchmarkError` for greymaps that cannot be used.
  package static func measure(
    seconds: Double, planesIn folder: URL? = nil, tile: Int? = nil
  ) throws -> KernelReport {
    let planes = try folder.map { [try read($0, tile: tile)] } ?? BenchmarkPlanes.usual(seed: 1)
    return KernelReport(
      tier: KernelTier.best.rawValue, seconds: seconds,
      planes: planes.map { KernelBenchmark($0).run(seconds: seconds / Double(planes.count)) })
  }

  private static func read(_ folder: URL, tile: Int?) throws -> BenchmarkPlanes {
    let planes = try ["first", "second", "third"].map { name in
      try Greymap(contentsOf: folder.appending(path: "\(name).pgm")).plane
    }
    for plane in planes
    where plane.widthPixels != planes[0].widthPixels || plane.heightPixels != planes[0].heightPixels {
      throw BenchmarkError("\(folder.path): the greymaps differ in size")
    }
    return BenchmarkPlanes(
      first: planes[0], second: planes[1], third: planes[2],
      tile: tile ?? (planes[0].widthPixels > 480 ? 16 : 4))
  }
}
