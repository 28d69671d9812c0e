/// A fixed pattern of lighter and darker pixels whose mean over each 4 x 4 square is zero: the detail of a surface,
/// seen at full size and gone in the mean of a block.
enum GrainPattern {
  /// 1 or −1.
  static func sign(_ x: Int, _ y: Int) -> Int {
    let word = words[Int(truncatingIfNeeded: SimulatorRandom.hash(x >> 2, y >> 2, salt: 0x5EED) & 63)]
    return word >> ((y & 3) * 4 + (x & 3)) & 1 == 0 ? -1 : 1
  }

  /// Sixty-four squares with eight pixels of each sign.
  private static let words: [Int] = {
    var random = SimulatorRandom(seed: 0, stream: .backdrop)
    return (0..<64).map { _ in
      var places = Array(0..<16)
      var word = 0
      for _ in 0..<8 { word |= 1 << places.remove(at: Int(random.next() % UInt64(places.count))) }
      return word
    }
  }()
}
