internal import InspectionModel

/// Tells a picture without light.
///
/// With a single lamp in view there is light. A lens that is covered by day is dark as well: `CoverDetector` tells it
/// by how the dark came.
struct LightDetector: Sendable {
  /// Tile means of the dark picture, 95 in a hundred, and its brightest block; black is 16 for some cameras.
  static let darkLevel = 28
  static let darkHighest = 64
  static let milliseconds = 5000

  /// Whether the latest measures are dark.
  private(set) var isDark = false
  private(set) var dark = SustainedState(beginMilliseconds: milliseconds, endMilliseconds: milliseconds)

  /// Takes a second's measures.
  mutating func append(_ tiles: CoarseTiles, _ detail: TileDetail, at time: Timestamp) {
    var highest: UInt8 = 0
    for tile in 0..<tiles.seenCount { highest = max(highest, detail.highest[tile]) }
    isDark = detail.light.percentile95 <= Self.darkLevel && highest <= Self.darkHighest
    dark.update(isDark, at: time)
  }
}
