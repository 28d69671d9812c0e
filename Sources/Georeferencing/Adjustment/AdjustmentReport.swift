/// What comparing the pictures of a flight brought.
package struct AdjustmentReport: Sendable, Hashable {
  /// Pictures with a pose from their tags.
  package var posedPictureCount: Int
  /// Pictures whose pose was corrected.
  package var adjustedPictureCount = 0
  /// Pairs of pictures that should overlap and were compared.
  package var comparedPairCount = 0
  /// Pairs that agreed.
  package var matchedPairCount = 0
  /// Points found in both pictures of a pair.
  package var matchCount = 0
  /// Root mean square distance on the ground between the two sights of a matched point, metres.
  package var residualMeters = 0.0
  /// Pictures whose pixels lie turned by 180° against the recorded direction, ascending.
  package var turnedPictures: [Int] = []
  /// Pictures whose pixels could not be had, ascending.
  package var unreadablePictures: [Int] = []

  package init(posedPictureCount: Int) { self.posedPictureCount = posedPictureCount }
}
