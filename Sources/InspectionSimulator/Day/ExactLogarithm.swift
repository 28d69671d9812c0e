/// Natural logarithm of a positive finite number through additions, multiplications and divisions only, so that
/// it is bit-equal on every CPU. The error is below 1e-15 of the value or of one.
func exactLogarithm(_ value: Double) -> Double {
  precondition(value > 0 && value.isFinite, "only positive numbers have a logarithm")
  var (mantissa, exponent) = (value.significand, Double(value.exponent))
  if mantissa > 1.414_213_562_373_095_1 { (mantissa, exponent) = (mantissa / 2, exponent + 1) }
  let ratio = (mantissa - 1) / (mantissa + 1)
  let square = ratio * ratio
  var sum = 0.0
  for power in stride(from: 25, through: 1, by: -2) { sum = sum * square + 1 / Double(power) }
  return exponent * 0.693_147_180_559_945_3 + 2 * ratio * sum
}

extension SimulatorRandom {
  /// Two independent numbers of a true normal distribution, mean 0 and standard deviation 1 (Marsaglia's polar
  /// method): `normal()` has no tails, and tails are what joining sightings is about.
  mutating func normalPair() -> (east: Double, north: Double) {
    while true {
      let (x, y) = (2 * unit() - 1, 2 * unit() - 1)
      let square = x * x + y * y
      guard square > 0, square < 1 else { continue }
      let factor = (-2 * exactLogarithm(square) / square).squareRoot()
      return (x * factor, y * factor)
    }
  }
}
