/// The largest whole number whose square is not above a value.
func wholeRoot(_ value: UInt64) -> UInt64 {
  var root: UInt64 = 0
  var bit: UInt64 = 1 << 31
  while bit > 0 {
    let next = root + bit
    if next * next <= value { root = next }
    bit >>= 1
  }
  return root
}
