/// A colour while a picture is drawn: red, green and blue, 0…255 each, not clamped.
struct PaintColor: Sendable, Hashable {
  var red: Double
  var green: Double
  var blue: Double

  init(_ red: Double, _ green: Double, _ blue: Double) {
    (self.red, self.green, self.blue) = (red, green, blue)
  }

  static func grey(_ level: Double) -> PaintColor { PaintColor(level, level, level) }

  static func + (left: PaintColor, right: PaintColor) -> PaintColor {
    PaintColor(left.red + right.red, left.green + right.green, left.blue + right.blue)
  }

  static func * (left: PaintColor, factor: Double) -> PaintColor {
    PaintColor(left.red * factor, left.green * factor, left.blue * factor)
  }

  /// Each part multiplied: light of one colour on a surface of another.
  func lit(by light: PaintColor) -> PaintColor {
    PaintColor(red * light.red / 255, green * light.green / 255, blue * light.blue / 255)
  }

  /// This colour where `share` is 0, the other where it is 1.
  func mixed(with other: PaintColor, _ share: Double) -> PaintColor {
    PaintColor(
      red + (other.red - red) * share, green + (other.green - green) * share,
      blue + (other.blue - blue) * share)
  }
}

/// 0…1. Comparisons instead of the generic `min` and `max` here and in other inner loops: debug builds, in
/// which tests draw, call those unspecialised.
func clampedShare(_ value: Double) -> Double { value < 0 ? 0 : value > 1 ? 1 : value }

/// 0 below `low`, 1 above `high`, smooth between them.
func smoothStep(_ low: Double, _ high: Double, _ value: Double) -> Double {
  let share = clampedShare((value - low) / (high - low))
  return share * share * (3 - 2 * share)
}
