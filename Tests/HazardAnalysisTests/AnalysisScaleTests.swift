import FrameMemory
import HazardAnalysis
import ImageCodecs
import InspectionModel
import PixelKernels
import TestSupport
import Testing

@Suite struct AnalysisScaleTests {
  /// The base plane is 161…320 long for every larger picture, however much of the halving a decoder did.
  @Test func everyPictureReachesTheBaseScale() {
    for longer in Array(1...2000) + [3840, 4096, 5120, 8000, 12_000, 20_000] {
      let denominator = AnalysisScale.decodeDenominator(widthPixels: longer, heightPixels: 1)
      #expect([1, 2, 4, 8].contains(denominator))
      let decoded = (longer + denominator - 1) / denominator
      if denominator > 1 {
        #expect(decoded >= 448, "\(longer): the network looks at 448 pixels")
      }
      let halvings = AnalysisScale.halvings(widthPixels: 1, heightPixels: decoded)
      let base = (decoded + (1 << halvings) - 1) >> halvings
      #expect(longer <= 320 ? base == longer : (161...320).contains(base), "\(longer) becomes \(base)")
      #expect(
        AnalysisScale.halvings(widthPixels: longer, heightPixels: longer) - halvings
          == denominator.trailingZeroBitCount, "\(longer)")
    }
    #expect(AnalysisScale.decodeDenominator(widthPixels: 3840, heightPixels: 2160) == 8)
    #expect(AnalysisScale.decodeDenominator(widthPixels: 480, heightPixels: 360) == 1)
  }

  /// Planes of every layout and size: halves of the base, each sample near the picture's own colour.
  @Test func planesHaveTheirSizesAndColours() {
    let color = RGBColor(red: 180, green: 90, blue: 40), (luma, blue, red) = color.ycbcr
    for layout in AnalyzerContractTests.layouts where layout != .grey {
      for (width, height) in AnalyzerContractTests.sizes {
        let frame = DrawnFrames.make(width, height, chroma: layout, background: color)
        var workspace = AnalysisWorkspace()
        AnalysisPlanes.fill(frame, kernels: PixelKernels(tier: .portable), workspace: &workspace)
        let base = workspace.luma
        #expect(max(base.widthPixels, base.heightPixels) <= 320, "\(width) x \(height), \(layout)")
        for (plane, value) in [(workspace.lumaHalf, luma), (workspace.blue, blue), (workspace.red, red)] {
          let place = "\(width) x \(height), \(layout)"
          #expect(plane.widthPixels == (base.widthPixels + 1) / 2, "\(place)")
          #expect(plane.heightPixels == (base.heightPixels + 1) / 2, "\(place)")
          let last = (plane.widthPixels - 1, plane.heightPixels - 1)
          #expect(plane.view[0, 0] == value && plane.view[last.0, last.1] == value, "\(place)")
        }
        let hasDetail = max(width, height) > 320
        #expect((workspace.detail.widthPixels > 0) == hasDetail, "\(width) x \(height)")
        if hasDetail { #expect((workspace.detail.widthPixels + 1) / 2 == base.widthPixels) }
      }
    }
  }
}
