import Ingest
import TestSupport
import Testing

/// Names are ordered as people count them, and the order is one that sorting may rely on.
@Suite struct NaturalOrderTests {
  @Test func numbersCountAsNumbers() {
    let names = (1...120).map { "IMG_\($0).JPG" }
    var generator = SeededGenerator(seed: 1)
    #expect(names.shuffled(using: &generator).sorted(by: naturallyPrecedes) == names)
    let mixed = ["a", "a0", "a00", "a1", "a01b", "a1c", "a2", "a10", "b", "é"]
    #expect(mixed.shuffled(using: &generator).sorted(by: naturallyPrecedes) == mixed)
  }

  @Test func numbersOfAnyLengthAreCompared() {
    let long = String(repeating: "9", count: 60)
    #expect(naturallyPrecedes("x\(long)", "x1\(long)"))
    #expect(!naturallyPrecedes("x1\(long)", "x\(long)"))
    #expect(naturallyPrecedes("x\(long.dropLast())8", "x\(long)"))
  }

  /// Any two names that differ have one order, and orders chain: a strict total order.
  @Test func theOrderIsTotal() {
    var generator = SeededGenerator(seed: 2)
    let letters = Array("aA0019_.")
    let names = (0..<90).map { _ in
      String(
        (0..<Int.random(in: 0...5, using: &generator)).map { _ in letters.randomElement(using: &generator)! })
    }
    for first in names {
      #expect(!naturallyPrecedes(first, first), "\(first)")
      for second in names where first != second {
        #expect(
          naturallyPrecedes(first, second) != naturallyPrecedes(second, first), "\(first) and \(second)")
        for third in names where naturallyPrecedes(first, second) && naturallyPrecedes(second, third) {
          #expect(naturallyPrecedes(first, third), "\(first), \(second), \(third)")
        }
      }
    }
  }
}
