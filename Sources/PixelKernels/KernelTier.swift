internal import CPixelKernels

/// Which instructions a kernel uses; every tier gives the same results, bit for bit.
package enum KernelTier: String, Sendable, Hashable, CaseIterable {
  /// Plain Swift on any processor: the reference for the others.
  case portable
  /// x86-64 with 256-bit integer vectors.
  case avx2
  /// x86-64 with 512-bit integer vectors (F, BW, VL, DQ).
  case avx512

  /// The environment variable that forces a tier.
  package static let environmentVariable = "JINXUN_KERNEL_TIER"

  /// Whether this processor and operating system can run the tier.
  package var isSupported: Bool {
    switch self {
    case .portable: true
    case .avx2: jx_supports_avx2() != 0
    case .avx512: jx_supports_avx512() != 0
    }
  }

  /// Whether the AVX-512 tier of network layers runs, too (VNNI); without it they take the AVX2 tier.
  static let hasNeuralInstructions = jx_supports_vnni() != 0

  /// The widest tier that this machine runs.
  package static var best: KernelTier { allCases.last { $0.isSupported } ?? .portable }

  /// The tier that an environment asks for, or the best one where it is silent.
  ///
  /// - Parameter environment: the process environment, handed in by the program.
  /// - Throws: `KernelTierError` for an unknown word and for a tier that this machine cannot run.
  package static func chosen(in environment: [String: String]) throws(KernelTierError) -> KernelTier {
    guard let word = environment[environmentVariable], !word.isEmpty else { return best }
    guard let tier = KernelTier(rawValue: word) else { throw .unknown(word) }
    guard tier.isSupported else { throw .unsupported(tier) }
    return tier
  }
}

/// Why a forced kernel tier cannot be used.
package enum KernelTierError: Error, Hashable, CustomStringConvertible {
  /// The word names no tier.
  case unknown(String)
  /// The processor or the operating system lacks the instructions.
  case unsupported(KernelTier)

  package var description: String {
    let known = KernelTier.allCases.map(\.rawValue).joined(separator: ", ")
    switch self {
    case .unknown(let word):
      return "\(KernelTier.environmentVariable) is '\(word)'; expected one of \(known)"
    case .unsupported(let tier):
      return
        "\(KernelTier.environmentVariable) asks for \(tier.rawValue), which this processor does not run; "
        + "the best here is \(KernelTier.best.rawValue)"
    }
  }
}
