internal import Foundation

/// How well scores tell pictures with a hazard from those without.
package struct DetectionFigures: Sendable, Hashable {
  package let positives: Int
  package let negatives: Int
  /// The chance that a positive scores above a negative, ties count half; `nan` without either.
  package let areaUnderCurve: Double
  /// Within which the area lies in 95 of 100 redrawn samples.
  package let interval: ClosedRange<Double>?
  /// Recall at the lowest threshold that alarms on at most so many of the negatives.
  package let recallAtOnePercent: Double
  package let recallAtFivePercent: Double
  /// At the alarm's threshold.
  package let precision: Double
  package let recall: Double
  package let f1: Double

  /// - Parameter threshold: score that raises an alarm.
  package init(positives: [Double], negatives: [Double], threshold: Double) {
    let (rising, falling) = (negatives.sorted(), Array(negatives.sorted().reversed()))
    self.positives = positives.count
    self.negatives = negatives.count
    areaUnderCurve = Self.area(positives, rising)
    interval = Self.interval(positives, rising)
    recallAtOnePercent = Self.recall(positives, falling, share: 0.01)
    recallAtFivePercent = Self.recall(positives, falling, share: 0.05)
    let hits = positives.count { $0 >= threshold }, alarms = negatives.count { $0 >= threshold }
    precision =
      hits + alarms > 0
      ? Double(hits) / Double(hits + alarms) : positives.isEmpty ? .nan : 0
    recall = positives.isEmpty ? .nan : Double(hits) / Double(positives.count)
    f1 = positives.isEmpty ? .nan : 2 * Double(hits) / Double(positives.count + hits + alarms)
  }

  /// - Parameter negatives: in rising order.
  private static func area(_ positives: [Double], _ negatives: [Double]) -> Double {
    guard !positives.isEmpty, !negatives.isEmpty else { return .nan }
    let below = positives.reduce(0) { sum, score in
      // Each counts twice where it lies below, once where it is equal.
      sum + negatives.firstPlace { $0 >= score } + negatives.firstPlace { $0 > score }
    }
    return Double(below) / Double(2 * negatives.count * positives.count)
  }

  /// - Parameter negatives: in falling order.
  private static func recall(_ positives: [Double], _ negatives: [Double], share: Double) -> Double {
    guard !positives.isEmpty, !negatives.isEmpty else { return .nan }
    let allowed = negatives[Int(share * Double(negatives.count) + 1e-9)]
    return Double(positives.count { $0 > allowed }) / Double(positives.count)
  }

  private static let rounds = 400

  /// By redrawing positives and negatives apart.
  private static func interval(_ positives: [Double], _ negatives: [Double]) -> ClosedRange<Double>? {
    guard !positives.isEmpty, !negatives.isEmpty else { return nil }
    var state: UInt64 = 20_240
    func draw(_ values: [Double]) -> [Double] {
      values.map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return values[Int((state >> 33) % UInt64(values.count))]
      }
    }
    let drawn = (0..<rounds).map { _ in area(draw(positives), draw(negatives).sorted()) }.sorted()
    return drawn[rounds / 40]...drawn[rounds - 1 - rounds / 40]
  }

  /// The threshold that reaches a recall, the highest one; `nil` without positives.
  package static func threshold(recall: Double, positives: [Double]) -> Double? {
    guard !positives.isEmpty else { return nil }
    let needed = Int((recall * Double(positives.count) - 1e-9).rounded(.up))
    return needed <= 0 ? 1 : positives.sorted(by: >)[needed - 1]
  }

  /// The lowest threshold that alarms on at most a share of the negatives: just above the score that is one too many;
  /// `nil` without negatives.
  package static func threshold(falseAlarms share: Double, negatives: [Double]) -> Double? {
    guard !negatives.isEmpty else { return nil }
    let allowed = Int(share * Double(negatives.count) + 1e-9)
    guard allowed < negatives.count else { return 0 }
    // Scores have six decimals.
    return min(1, negatives.sorted(by: >)[allowed] + 1e-6)
  }
}

extension [Double] {
  /// The number of values before the first that fulfils a condition; all after it do.
  fileprivate func firstPlace(where condition: (Double) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if condition(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
