import Foundation
import HotPathBenchmarks
import PixelKernels

/// `kernels [--seconds S] [--planes DIR] [--tile T]`: the vector kernels beside memory copies.
///
/// Without `--planes` on seeded planes of the usual sizes; DIR holds `first.pgm`, `second.pgm` and `third.pgm`, 8-bit
/// greymaps (P5) of one size. The seconds (default 5) are shared by all sizes.
struct KernelsCommand {
  private var seconds = 5.0
  private var folder: URL?
  private var tile: Int?

  private struct Output: Encodable {
    let tier: String
    let seconds: Double
    let planes: [KernelTimings]
  }

  init(_ arguments: [String]) throws {
    var rest = arguments[...]
    while let option = rest.popFirst() {
      guard let value = rest.popFirst() else { throw BenchmarkError.usage("\(option) needs a value") }
      switch option {
      case "--seconds":
        guard let number = Double(value), number > 0 else {
          throw BenchmarkError.usage("'\(value)' is no number of seconds")
        }
        seconds = number
      case "--planes": folder = URL(filePath: value, directoryHint: .isDirectory)
      case "--tile":
        guard let number = Int(value), (1...64).contains(number) else {
          throw BenchmarkError.usage("'\(value)' is no tile side of 1 to 64 samples")
        }
        tile = number
      default: throw BenchmarkError.usage("no option '\(option)'")
      }
    }
  }

  func run() throws {
    let planes = try folder.map { [try read($0)] } ?? BenchmarkPlanes.usual(seed: 1)
    let timings = planes.map { KernelBenchmark($0).run(seconds: seconds / Double(planes.count)) }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let output = Output(tier: KernelBenchmark.bestTier.rawValue, seconds: seconds, planes: timings)
    print(String(decoding: try encoder.encode(output), as: UTF8.self))
  }

  private func read(_ folder: URL) throws -> BenchmarkPlanes {
    let planes = try ["first", "second", "third"].map { name in
      try Greymap(contentsOf: folder.appending(path: "\(name).pgm")).plane
    }
    for plane in planes
    where plane.widthPixels != planes[0].widthPixels || plane.heightPixels != planes[0].heightPixels {
      throw BenchmarkError.unreadable("\(folder.path): the greymaps differ in size")
    }
    return BenchmarkPlanes(
      first: planes[0], second: planes[1], third: planes[2],
      tile: tile ?? (planes[0].widthPixels > 480 ? 16 : 4))
  }
}
