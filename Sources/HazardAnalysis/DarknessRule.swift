internal import InspectionModel

/// When a picture counts as dark: by the share of its samples that are.
///
/// A street with its lamps on keeps lit ground in view; with the lamps out nearly everything falls below a luma
/// of 40 (`ColourClass.dark`). Half sure at nine tenths, sure at all. The rule tells a dark picture, not a lamp
/// that is out: whether light was due at that hour is for the classes of the governance file.
enum DarknessRule {
  /// Share of dark samples at which the score is one half, thousandths.
  static let middleThousandths = 900
  /// Change of the share that multiplies the odds by e, thousandths.
  static let widthThousandths = 20

  /// The score from the tiles' features; tiles count alike.
  static func score(_ features: [Int16], tileCount: Int) -> HazardScore {
    var sum = 0
    for tile in 0..<tileCount {
      sum += Int(features[tile * TileFeature.count + TileFeature.dark.rawValue])
    }
    let full = TileFeature.shareScale * tileCount
    let distance = 1000 * sum - middleThousandths * full
    return HazardScore(millionths: Logistic.millionths(distance * 65_536 / (widthThousandths * full)))
  }

  static func combine(into hash: inout FNV1a) {
    hash.combine(middleThousandths)
    hash.combine(widthThousandths)
  }
}
