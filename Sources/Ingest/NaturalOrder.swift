/// Order of file names in which runs of digits count as numbers: `IMG_9` before `IMG_10`, equal numbers by length.
package func naturallyPrecedes(_ left: String, _ right: String) -> Bool {
  var (left, right) = (left.utf8[...], right.utf8[...])
  let whole = (left, right)
  while let first = left.first, let second = right.first {
    if isDigit(first), isDigit(second) {
      let (run, other) = (left.prefix(while: isDigit), right.prefix(while: isDigit))
      let (number, otherNumber) = (run.drop { $0 == 48 }, other.drop { $0 == 48 })
      if number.count != otherNumber.count { return number.count < otherNumber.count }
      if !number.elementsEqual(otherNumber) { return number.lexicographicallyPrecedes(otherNumber) }
      left = left.dropFirst(run.count)
      right = right.dropFirst(other.count)
    } else {
      if first != second { return first < second }
      left = left.dropFirst()
      right = right.dropFirst()
    }
  }
  if left.isEmpty != right.isEmpty { return left.isEmpty }
  return whole.0.lexicographicallyPrecedes(whole.1)
}

private func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
