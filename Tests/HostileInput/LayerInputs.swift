import PixelKernels
import TestSupport

/// Network layers of every kind and any size, with random weights and maps: their kernels must equal the reference and
/// stay inside their memory.
struct LayerInputs: HostileInputs {
  func input(_ generator: inout SeededGenerator) -> [UInt8] {
    (0..<8).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
  }

  func feed(_ bytes: [UInt8], _ generator: inout SeededGenerator) throws -> String {
    let seed = bytes.reduce(0) { $0 << 8 | UInt64($1) }
    for outcome in LayerSelfCheck(seed: seed, rounds: 1).run() where !outcome.passed {
      throw BrokenPromise("\(outcome.kernel) on \(outcome.tier) differs from its reference")
    }
    return "equal"
  }
}
