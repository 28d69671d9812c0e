/// Sine of an angle in radians, by its power series after reduction to ±π/4 (error below 1e-15).
///
/// The library's sine differs between CPUs in the last bit; this one uses correctly rounded operations only.
/// The angle must be finite and moderate (|angle| below a million).
func sine(_ radians: Double) -> Double {
  let (quarter, rest) = quarterTurns(radians)
  switch quarter {
  case 0: return sineSeries(rest)
  case 1: return cosineSeries(rest)
  case 2: return -sineSeries(rest)
  default: return -cosineSeries(rest)
  }
}

/// Cosine of an angle in radians; see `sine`.
func cosine(_ radians: Double) -> Double {
  let (quarter, rest) = quarterTurns(radians)
  switch quarter {
  case 0: return cosineSeries(rest)
  case 1: return -sineSeries(rest)
  case 2: return -cosineSeries(rest)
  default: return sineSeries(rest)
  }
}

/// Quarter turns (0…3) and what remains, −π/4…π/4.
private func quarterTurns(_ radians: Double) -> (quarter: Int, rest: Double) {
  let turns = (radians / (Double.pi / 2)).rounded()
  // π/2 in two parts (Cody and Waite): the first has 33 bits, so that its product with small counts is exact.
  let rest = (radians - turns * 1.570_796_326_734_125_614_17) - turns * 6.077_100_506_506_192_250_99e-11
  return (Int(turns) & 3, rest)
}

private func sineSeries(_ x: Double) -> Double {
  let square = x * x
  var sum = 0.0
  for power in stride(from: 17, through: 3, by: -2) {
    sum = square / Double(power * (power - 1)) * (1 - sum)
  }
  return x * (1 - sum)
}

private func cosineSeries(_ x: Double) -> Double {
  let square = x * x
  var sum = 0.0
  for power in stride(from: 18, through: 2, by: -2) {
    sum = square / Double(power * (power - 1)) * (1 - sum)
  }
  return 1 - sum
}

/// Degrees as radians.
func radians(_ degrees: Double) -> Double { degrees * (Double.pi / 180) }
