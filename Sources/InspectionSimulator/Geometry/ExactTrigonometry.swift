/// Sine and cosine of whole tenths of a degree through additions, multiplications and divisions only.
///
/// A library's sine may differ between CPUs in the last bit; these are bit-equal wherever Swift runs, so that
/// the same flight has the same bytes everywhere. The error is below 1e-15.
enum ExactTrigonometry {
  static func sine(decidegrees: Int) -> Double {
    let (quadrant, rest) = reduced(decidegrees)
    let value = quadrant % 2 == 0 ? sineSeries(rest) : cosineSeries(rest)
    return quadrant < 2 ? value : -value
  }

  static func cosine(decidegrees: Int) -> Double { sine(decidegrees: decidegrees + 900) }

  /// The quadrant 0…3 around which the angle lies and what is left of it, −45…45 degrees, in radians.
  private static func reduced(_ decidegrees: Int) -> (quadrant: Int, radians: Double) {
    let positive = (decidegrees % 3600 + 3600) % 3600
    let quadrant = (positive + 450) / 900
    return (quadrant % 4, Double(positive - quadrant * 900) * Double.pi / 1800)
  }

  private static func sineSeries(_ radians: Double) -> Double {
    let square = radians * radians
    var sum = 0.0
    for power in stride(from: 19, through: 3, by: -2) {
      sum = square / Double(power * (power - 1)) * (1 - sum)
    }
    return radians * (1 - sum)
  }

  private static func cosineSeries(_ radians: Double) -> Double {
    let square = radians * radians
    var sum = 0.0
    for power in stride(from: 20, through: 2, by: -2) {
      sum = square / Double(power * (power - 1)) * (1 - sum)
    }
    return 1 - sum
  }
}
