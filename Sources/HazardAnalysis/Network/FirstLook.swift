package import FrameMemory
package import InspectionModel
package import PixelKernels

/// A quick look at a coarse frame by a small network: whether anything there deserves a full look.
///
/// Luma in blocks of two by two and chroma, at most 240 samples of luma on the longer side. Its scores are those of
/// `NetworkAnalyzer` for the hazards that show at that size; the small network learnt them from the large one.
package struct FirstLook: Sendable {
  /// The score from which a hazard deserves a full look: rather too often than too seldom.
  package static let threshold = HazardScore(millionths: 200_000)

  private let network: HazardNetwork
  private let outputs: [(hazard: HazardKind, output: NetworkHeader.Output)]
  private var memory: NetworkWorkspace?
  private var reading = NetworkReading()
  private var resamplers = [PlaneResampler](repeating: PlaneResampler(), count: 2)
  private var luma = PixelPlane()
  /// Four of luma (upper left, upper right, lower left, lower right), Cb, Cr.
  private var planes = [PixelPlane](repeating: PixelPlane(), count: 6)

  /// - Parameter tier: which instructions the kernels use; changes no result.
  package init(tier: KernelTier = .best) {
    network = HazardNetwork.embedded(.firstLook, tier: tier)
    outputs = network.hazardOutputs
  }

  /// Names the weights.
  package var version: String { network.version }

  /// The scores of a frame, sorted by hazard.
  package mutating func look(_ frame: CoarseFrame) -> [(hazard: HazardKind, score: HazardScore)] {
    fill(frame)
    let (width, height) = (planes[0].widthPixels, planes[0].heightPixels)
    if memory?.plan.widthPixels != width || memory?.plan.heightPixels != height {
      memory = network.makeWorkspace(widthPixels: width, heightPixels: height)
    }
    memory?.setInput(planes)
    network.run(&memory!)
    return outputs.map { hazard, output in
      (hazard, HazardScore(fraction: reading.score(output, memory!)))
    }.sorted { $0.hazard < $1.hazard }
  }

  private mutating func fill(_ frame: CoarseFrame) {
    let view = frame.luma
    let size = PlaneResampler.size(
      widthPixels: view.widthPixels, heightPixels: view.heightPixels,
      longestSidePixels: network.longestSidePixels)
    resamplers[0].resample(view, widthPixels: size.width, heightPixels: size.height, into: &luma)
    let width = (luma.widthPixels + 1) / 2, height = (luma.heightPixels + 1) / 2
    for part in 0..<4 { split(part, width, height) }
    for (index, plane) in [(4, PlaneIndex.chromaBlue), (5, .chromaRed)] {
      if let levels = frame.levels(plane) {
        resamplers[1].resample(levels, widthPixels: width, heightPixels: height, into: &planes[index])
      } else {
        AnalysisPlanes.fillNeutral(&planes[index], width, height)
      }
    }
  }

  /// Takes one sample of each block of two by two; an odd last row or column is repeated.
  private mutating func split(_ part: Int, _ width: Int, _ height: Int) {
    planes[part].resize(widthPixels: width, heightPixels: height)
    for y in 0..<height {
      let row = min(2 * y + part / 2, luma.heightPixels - 1) * luma.strideBytes
      let target = y * planes[part].strideBytes
      for x in 0..<width {
        planes[part].samples[target + x] = luma.samples[row + min(2 * x + part % 2, luma.widthPixels - 1)]
      }
    }
  }
}
