import HazardAnalysis
import TestSupport
import Testing

@Suite struct LightMeterTests {
  private static func means(_ count: Int, _ generator: inout SeededGenerator) -> [UInt8] {
    (0..<count).map { _ in UInt8.random(in: 20...200, using: &generator) }
  }

  /// The level that each level became; `nil` where the light did not change.
  private static func change(
    _ before: [UInt8], _ after: [UInt8], count: Int? = nil, tolerance: Int = 2
  ) -> [UInt8]? {
    var meter = LightMeter()
    let isFound = meter.findChange(
      before: before, after: after, count: count ?? before.count, tolerance: tolerance)
    return isFound ? meter.levels : nil
  }

  /// A gain and a shift are found although three tiles in ten show something else.
  @Test(arguments: [(4, 5, 0), (6, 5, 0), (1, 1, 20), (1, 1, -15), (3, 4, 25), (1, 2, 0)])
  func lightIsFound(gain: Int, divisor: Int, shift: Int) throws {
    var generator = SeededGenerator(
      seed: UInt64(gain * 100 + divisor * 10) &+ UInt64(bitPattern: Int64(shift)))
    let before = Self.means(400, &generator)
    let after = before.map { level -> UInt8 in
      if Int.random(in: 0..<10, using: &generator) < 3 { return UInt8.random(in: 0...255, using: &generator) }
      return UInt8(clamping: Int(level) * gain / divisor + shift + Int.random(in: -1...1, using: &generator))
    }
    let levels = try #require(Self.change(before, after, tolerance: 4))
    for level in stride(from: 20, through: 200, by: 10) {
      let expected = min(max(level * gain / divisor + shift, 0), 255)
      #expect(abs(Int(levels[level]) - expected) <= 4, "level \(level)")
    }
  }

  @Test func thingsAreNoChangeOfTheLight() {
    var generator = SeededGenerator(seed: 12)
    let before = Self.means(400, &generator)
    #expect(Self.change(before, before) == nil)
    // A third of the picture shows something else, or all of it.
    let third = before.enumerated().map { $0.offset % 3 == 0 ? 255 - $0.element : $0.element }
    #expect(Self.change(before, third) == nil)
    #expect(Self.change(before, Self.means(400, &generator)) == nil)
  }

  @Test func onlyTheSeenTilesCount() {
    var generator = SeededGenerator(seed: 13)
    let before = Self.means(100, &generator)
    let after = before.enumerated().map { $0.offset < 60 ? $0.element : 255 - $0.element }
    #expect(Self.change(before, after, count: 60) == nil)
    #expect(Self.change(before, after, count: 0) == nil)
  }
}
