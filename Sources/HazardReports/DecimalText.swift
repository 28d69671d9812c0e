/// A number with a fixed count of decimals and a point, whatever the locale: `-0.50`, never `-0.00` or `1e-05`.
///
/// - Parameter decimals: 0…9.
/// - Returns: `nil` for what has no such text: not finite, or beyond 2⁵³ units of the last decimal.
package func decimalText(_ value: Double, decimals: Int) -> String? {
  precondition((0...9).contains(decimals), "decimals are 0…9")
  var unitsPerOne = 1
  for _ in 0..<decimals { unitsPerOne *= 10 }
  let scaled = (value.magnitude * Double(unitsPerOne)).rounded(.toNearestOrAwayFromZero)
  guard scaled.isFinite, scaled <= 9_007_199_254_740_992 else { return nil }
  let units = Int(scaled)
  let sign = value < 0 && units > 0 ? "-" : ""
  let whole = "\(sign)\(units / unitsPerOne)"
  return decimals == 0 ? whole : "\(whole).\(zeroPadded(units % unitsPerOne, digits: decimals))"
}

/// A length with two significant digits, as an error deserves: `0.62`, `6.2`, `62`, `620`.
package func errorMetersText(_ meters: Double) -> String {
  let decimals = meters < 0.995 ? 2 : meters < 9.95 ? 1 : 0
  return decimalText(meters, decimals: decimals) ?? "?"
}

/// How many decimals of a degree a place with this error deserves: the last digit is worth at most half a sigma,
/// so that rounding adds under 2 % to the error and no digit pretends (3…7).
package func coordinateDecimals(sigmaMeters: Double) -> Int {
  var (decimals, stepMeters) = (3, 111.32)
  while decimals < 7, stepMeters > sigmaMeters / 2 {
    decimals += 1
    stepMeters /= 10
  }
  return decimals
}

private func zeroPadded(_ value: Int, digits: Int) -> String {
  let text = String(value)
  return String(repeating: "0", count: max(0, digits - text.count)) + text
}
