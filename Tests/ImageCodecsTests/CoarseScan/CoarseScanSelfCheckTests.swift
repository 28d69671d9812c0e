import ImageCodecs
import PixelKernels
import Testing

@Suite struct CoarseScanSelfCheckTests {
  @Test(arguments: KernelTier.allCases.filter(\.isSupported))
  func passesHere(tier: KernelTier) throws {
    #expect(try CoarseScanSelfCheck().firstDifference(on: tier) == nil)
  }
}
