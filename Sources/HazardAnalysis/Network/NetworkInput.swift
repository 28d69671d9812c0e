internal import FrameMemory
internal import PixelKernels

/// The network's view of a frame: Y, Cb and Cr of one size, the longer side at most what the network was trained
/// for, never enlarged.
struct NetworkInput: Sendable {
  /// Y, Cb, Cr.
  private(set) var planes = [PixelPlane](repeating: PixelPlane(), count: 3)
  private var resamplers = [PlaneResampler](repeating: PlaneResampler(), count: 2)

  var widthPixels: Int { planes[0].widthPixels }
  var heightPixels: Int { planes[0].heightPixels }

  /// Fills the planes; a grey frame has neutral chroma.
  mutating func fill(_ frame: Frame, longestSidePixels: Int) {
    let size = PlaneResampler.size(
      widthPixels: frame.widthPixels, heightPixels: frame.heightPixels,
      longestSidePixels: longestSidePixels)
    resamplers[0].resample(
      frame.luma, widthPixels: size.width, heightPixels: size.height, into: &planes[0])
    for (index, plane) in [(1, PlaneIndex.chromaBlue), (2, .chromaRed)] {
      if let chroma = frame.plane(plane) {
        resamplers[1].resample(
          chroma, widthPixels: size.width, heightPixels: size.height, into: &planes[index])
      } else {
        AnalysisPlanes.fillNeutral(&planes[index], size.width, size.height)
      }
    }
  }
}
