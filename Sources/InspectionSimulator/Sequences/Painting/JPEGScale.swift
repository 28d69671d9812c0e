internal import FrameMemory

/// How coarse a JPEG quality is: libjpeg's scaling of the standard tables (jcparam.c).
struct JPEGScale: Sendable, Hashable {
  /// By how much the standard tables are multiplied, hundredths.
  let hundredths: Int

  /// - Parameter quality: 1…100.
  init(quality: Int) { hundredths = quality < 50 ? 5000 / quality : 200 - 2 * quality }

  /// The DC steps of the standard tables: 16 and 17.
  var quantizers: DCQuantizers {
    DCQuantizers(luma: step(16), chromaBlue: step(17), chromaRed: step(17))
  }

  private func step(_ standard: Int) -> UInt16 {
    let value = (standard * hundredths + 50) / 100
    return UInt16(value < 1 ? 1 : value > 255 ? 255 : value)
  }
}
