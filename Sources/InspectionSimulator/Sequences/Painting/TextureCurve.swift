/// Bits of AC code and their deviation between blocks over the ratio of the pixels' variance to the squared scale
/// of the tables.
struct TextureCurve: Sendable {
  /// Sixteenths of a bit times 2^16 plus sixteenths of their deviation, at each place.
  let values: [Int]

  /// Places from one given point to the next.
  private static let density = 64

  /// - Parameters:
  ///   - bits: at ratios 0, 1, 2, 4, … to 2^14.
  ///   - spread: deviations at the same.
  private init(bits: [Double], spread: [Double]) {
    func value(_ points: [Double], _ place: Int) -> Int {
      let (low, part) = (place / Self.density, Double(place % Self.density) / Double(Self.density))
      return Int((points[low] + (points[low + 1] - points[low]) * part) * 16)
    }
    values = (0..<(bits.count - 1) * Self.density).map { value(bits, $0) << 16 + value(spread, $0) }
  }

  /// The place of a ratio in 256ths.
  static func place(_ ratio: Int) -> Int {
    guard ratio >= 256 else { return ratio >> 2 }
    let octave = 63 - ratio.leadingZeroBitCount
    let place = (octave - 7) << 6 + (ratio << 6) >> octave & 63
    return place < 960 ? place : 959
  }

  static let lumaWhite = TextureCurve(
    bits: [4, 4, 4, 4, 5.5, 11, 21.5, 34, 50, 72, 101, 134, 167, 199, 231, 264],
    spread: [0, 0, 0, 1, 3, 6, 8, 8, 9, 12, 12, 12, 12, 12, 12, 12])
  static let chromaWhite = TextureCurve(
    bits: [2, 2, 2, 2, 2, 2.3, 4, 8, 13, 21, 47, 82, 117, 151, 188, 224],
    spread: [0, 0, 0, 0, 0, 1, 3, 5, 6, 9, 16, 12, 12, 12, 12, 12])
  /// Without the code for the end.
  static let lumaEdge = TextureCurve(
    bits: [0, 1.5, 5, 9, 12, 17, 22, 28, 36, 46, 56, 68, 80, 92, 103, 114],
    spread: [0, 1, 2, 2, 3, 4, 5, 6, 7, 9, 11, 14, 16, 18, 20, 22])
  static let chromaEdge = TextureCurve(
    bits: [0, 0.5, 1.5, 3, 5, 8, 10, 14, 19, 23, 30, 40, 52, 62, 70, 78],
    spread: [0, 0, 1, 1, 1, 2, 2, 3, 4, 5, 6, 8, 10, 12, 14, 16])
}
