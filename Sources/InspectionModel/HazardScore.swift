/// How surely a hazard is seen: millionths, 0…1,000,000. An integer, so that it is equal on every CPU.
package struct HazardScore: Sendable, Hashable, Comparable, Codable {
  package let millionths: Int

  /// Clamps to 0…1,000,000.
  package init(millionths: Int) { self.millionths = min(max(millionths, 0), 1_000_000) }

  /// The score of a fraction 0…1 (rounded to a millionth, clamped; NaN becomes 0).
  package init(fraction: Double) {
    self.init(
      millionths: fraction.isFinite
        ? Int((min(max(fraction, 0), 1) * 1e6).rounded()) : fraction > 0 ? 1_000_000 : 0)
  }

  package var fraction: Double { Double(millionths) / 1e6 }

  /// Six decimals with a point: `0.970000`.
  package var decimal: String { "\(millionths / 1_000_000).\(padded(millionths % 1_000_000, 6))" }

  package static let zero = HazardScore(millionths: 0)

  package static func < (left: HazardScore, right: HazardScore) -> Bool { left.millionths < right.millionths }

  package init(from decoder: any Decoder) throws {
    self.init(millionths: try decoder.singleValueContainer().decode(Int.self))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(millionths)
  }
}
