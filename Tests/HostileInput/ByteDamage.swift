import TestSupport

/// Damage that knows nothing of formats.
extension Array<UInt8> {
  /// One random edit at or after `start`: a bit, a byte, a number of two or four bytes, a range lost, doubled, put in
  /// from elsewhere or filled.
  mutating func damage(from start: Int = 0, _ generator: inout SeededGenerator) {
    guard count > start else { return }
    let place = Int.random(in: start..<count, using: &generator)
    let length = Swift.min(generator.smallLength(), count - place)
    switch generator.below(9) {
    case 0: self[place] ^= 1 << UInt8(generator.below(8))
    case 1: self[place] = UInt8(truncatingIfNeeded: generator.next())
    case 2: self[place] = [0, 1, 0x7F, 0x80, 0xFE, 0xFF].randomElement(using: &generator)!
    case 3: put(generator.edgeNumber(), bytes: generator.below(2) == 0 ? 2 : 4, at: place, &generator)
    case 4: removeSubrange(place..<place + length)
    case 5: insert(contentsOf: self[place..<place + length], at: place)
    case 6:
      insert(contentsOf: (0..<length).map { _ in UInt8(truncatingIfNeeded: generator.next()) }, at: place)
    case 7:
      let from = Int.random(in: 0...count - length, using: &generator)
      replaceSubrange(place..<place + length, with: Array(self[from..<from + length]))
    default: for index in place..<place + length { self[index] = self[place] }
    }
  }

  /// Ends the bytes somewhere.
  mutating func cut(_ generator: inout SeededGenerator) {
    if !isEmpty { removeSubrange(Int.random(in: 0..<count, using: &generator)...) }
  }

  /// Writes a number of either byte order over what is there.
  mutating func put(_ number: UInt32, bytes: Int, at place: Int, _ generator: inout SeededGenerator) {
    let bigEndian = generator.below(4) > 0
    for index in 0..<bytes where place + index < count {
      let shift = UInt32(bigEndian ? bytes - 1 - index : index) * 8
      self[place + index] = UInt8(truncatingIfNeeded: number >> shift)
    }
  }
}

extension SeededGenerator {
  /// 0 ..< `bound`.
  mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }

  /// True once in `times`.
  mutating func once(in times: Int) -> Bool { below(times) == 0 }

  /// Mostly a few, seldom hundreds.
  mutating func smallLength() -> Int { once(in: 8) ? below(600) : 1 + below(12) }

  /// Numbers at which lengths, sizes and counts go wrong.
  mutating func edgeNumber() -> UInt32 {
    let edges: [UInt32] = [
      0, 1, 2, 3, 4, 7, 8, 15, 16, 63, 64, 255, 256, 4095, 8191, 8192, 8193, 16_384, 32_767, 32_768, 65_500,
      65_535,
      65_536, 1 << 24, 1 << 29, 1 << 30, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF,
    ]
    return edges[below(edges.count)]
  }
}
