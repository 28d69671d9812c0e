/// At which size pictures are analysed: the longer side of the base plane is 161…320 pixels (smaller pictures
/// stay as they are), the detail plane has twice that.
///
/// Features then mean the same for a 480-pixel photograph and a 4K frame. All steps are halvings, so that a
/// scaled decode can take the first of them.
package enum AnalysisScale {
  /// The longest side of the base plane, pixels.
  package static let longestBaseSidePixels = 320

  /// The longer side of a decoded picture is never reduced below this: what the network looks at, and more than a base
  /// plane, so that there is a detail plane.
  package static let shortestDecodedSidePixels = 448

  /// By how much a decoder may divide both sides before analysis: 1, 2, 4 or 8.
  package static func decodeDenominator(widthPixels: Int, heightPixels: Int) -> Int {
    let longer = max(widthPixels, heightPixels)
    for denominator in [8, 4, 2] where (longer + denominator - 1) / denominator >= shortestDecodedSidePixels {
      return denominator
    }
    return 1
  }

  /// How often a plane of this size is halved to become the base plane.
  package static func halvings(widthPixels: Int, heightPixels: Int) -> Int {
    var longer = max(widthPixels, heightPixels), count = 0
    while longer > longestBaseSidePixels {
      longer = (longer + 1) / 2
      count += 1
    }
    return count
  }
}
