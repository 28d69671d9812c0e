internal import InspectionModel

/// A whole number of `10^-decimals` with a point: `decimalDigits(-29276000, 6)` is `-29.276000`.
func decimalDigits(_ units: Int, _ decimals: Int) -> String {
  var scale = 1
  for _ in 0..<decimals { scale *= 10 }
  let sign = units < 0 ? "-" : ""
  return "\(sign)\(abs(units) / scale).\(padded(abs(units) % scale, decimals))"
}

/// A number rounded to that many decimals, with a point.
func decimalDigits(_ value: Double, _ decimals: Int) -> String {
  var scale = 1.0
  for _ in 0..<decimals { scale *= 10 }
  return decimalDigits(Int((value * scale).rounded()), decimals)
}
