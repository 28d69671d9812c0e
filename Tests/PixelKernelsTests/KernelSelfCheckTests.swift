import PixelKernels
import TestSupport
import Testing

@Suite struct KernelSelfCheckTests {
  @Test(.enabled(if: KernelTier.avx2.isSupported, "this processor has no AVX2: its kernels are not compared"))
  func avx2EqualsPortable() { expectEqual(.avx2) }

  @Test(
    .enabled(if: KernelTier.avx512.isSupported, "this processor has no AVX-512: its kernels are not compared")
  )
  func avx512EqualsPortable() { expectEqual(.avx512) }

  private func expectEqual(_ tier: KernelTier) {
    for seed in [1, 20_240_601] as [UInt64] {
      let outcomes = KernelSelfCheck(seed: seed).run(tiers: [tier])
      #expect(outcomes.map(\.kernel) == KernelSelfCheck.kernels)
      for outcome in outcomes {
        #expect(outcome.passed, "\(outcome.kernel) differs at \(outcome.firstDifference ?? "")")
        #expect(outcome.planeCount == KernelSelfCheck.widths.count)
      }
    }
  }

  @Test func anUnsupportedTierComparesNothing() {
    for tier in KernelTier.allCases where !tier.isSupported {
      #expect(KernelSelfCheck().run(tiers: [tier]).allSatisfy { $0.planeCount == 0 })
    }
    #expect(KernelSelfCheck().run(tiers: []).isEmpty)
  }
}

@Suite struct KernelTierTests {
  @Test func theEnvironmentForcesATier() throws {
    #expect(try KernelTier.chosen(in: [:]) == .best)
    #expect(try KernelTier.chosen(in: ["JINXUN_KERNEL_TIER": ""]) == .best)
    #expect(try KernelTier.chosen(in: ["JINXUN_KERNEL_TIER": "portable"]) == .portable)
    let forced = PixelKernels(tier: try KernelTier.chosen(in: ["JINXUN_KERNEL_TIER": "portable"]))
    #expect(forced.tier == .portable)
  }

  @Test func anUnknownTierIsAnErrorThatNamesTheKnownOnes() {
    #expect(throws: KernelTierError.unknown("sse9")) {
      try KernelTier.chosen(in: ["JINXUN_KERNEL_TIER": "sse9"])
    }
    #expect(KernelTierError.unknown("sse9").description.contains("portable, avx2, avx512"))
  }

  @Test func anUnsupportedTierIsAnError() {
    for tier in KernelTier.allCases where !tier.isSupported {
      #expect(throws: KernelTierError.unsupported(tier)) {
        try KernelTier.chosen(in: ["JINXUN_KERNEL_TIER": tier.rawValue])
      }
    }
    #expect(KernelTier.best.isSupported)
  }
}
