package import InspectionModel

/// How well regions meet the heaps that people boxed.
package struct BoxFigures: Sendable {
  /// Overlap over union from which a region meets a heap.
  static let leastOverlap = 0.3

  private(set) var pictures = 0
  package private(set) var marked = 0
  package private(set) var told = 0
  package private(set) var met = 0

  /// Of no picture yet.
  package init() {}

  /// Adds a picture; one region a heap, the best pairs first.
  package mutating func add(truth: [NormalizedBox], found: [NormalizedBox]) {
    pictures += 1
    marked += truth.count
    told += found.count
    var pairs: [(overlap: Double, truth: Int, found: Int)] = []
    for (first, one) in truth.enumerated() {
      for (second, other) in found.enumerated() {
        pairs.append((Self.overlap(one, other), first, second))
      }
    }
    var usedTruth: Set<Int> = [], usedFound: Set<Int> = []
    for pair in pairs.sorted(by: { ($0.overlap, $0.truth, $0.found) > ($1.overlap, $1.truth, $1.found) })
    where pair.overlap >= Self.leastOverlap && !usedTruth.contains(pair.truth)
      && !usedFound.contains(pair.found)
    {
      usedTruth.insert(pair.truth)
      usedFound.insert(pair.found)
    }
    met += usedTruth.count
  }

  /// Overlap over union, 0…1.
  package static func overlap(_ one: NormalizedBox, _ other: NormalizedBox) -> Double {
    let width = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    let height = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    let inner = max(0, width) * max(0, height)
    return inner > 0 ? inner / (one.width * one.height + other.width * other.height - inner) : 0
  }

  var figures: [(name: String, value: Double)] {
    guard marked > 0 else { return [] }
    return [
      ("boxes.garbage.marked", Double(marked)), ("boxes.garbage.recall", Double(met) / Double(marked)),
      ("boxes.garbage.precision", told > 0 ? Double(met) / Double(told) : 0),
      ("boxes.garbage.told_per_image", Double(told) / Double(pictures)),
    ]
  }
}
