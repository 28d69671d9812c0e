import HazardAnalysis
import ImageCodecs

extension DecodeScale {
  /// By how much a picture of this size may be reduced in decoding before it is analysed.
  static func forAnalysis(widthPixels: Int, heightPixels: Int) -> DecodeScale {
    let denominator = AnalysisScale.decodeDenominator(widthPixels: widthPixels, heightPixels: heightPixels)
    guard let scale = DecodeScale(rawValue: denominator) else {
      preconditionFailure("decoders divide by 1, 2, 4 and 8, not by \(denominator)")
    }
    return scale
  }
}
