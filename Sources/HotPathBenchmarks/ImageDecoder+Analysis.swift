internal import FrameMemory
internal import HazardAnalysis
internal import ImageCodecs

extension ImageDecoder {
  /// Decodes a picture at the scale that analysers want.
  func decodeForAnalysis(_ picture: [UInt8], into pool: FramePool) throws(ImageError) -> DecodedImage {
    let info = try probe(picture)
    let denominator = AnalysisScale.decodeDenominator(
      widthPixels: info.widthPixels, heightPixels: info.heightPixels)
    return try decode(picture, into: pool, scale: DecodeScale(rawValue: denominator)!)
  }
}
