/// How long to wait before the next try: doubled after each failure up to a cap, each time shortened by chance, so that
/// nodes that fell together do not come back together.
package struct Backoff: Sendable, Hashable {
  /// The first wait, before chance.
  package var firstSeconds: Double
  package var capSeconds: Double
  /// Failures in a row.
  package private(set) var failures = 0

  /// 1 second, doubled up to 30.
  package init(firstSeconds: Double = 1, capSeconds: Double = 30) {
    precondition(firstSeconds > 0 && capSeconds >= firstSeconds, "waits are positive")
    self.firstSeconds = firstSeconds
    self.capSeconds = capSeconds
  }

  /// The wait after one more failure: half of it is fixed, the other half drawn.
  package mutating func next(using random: inout some RandomNumberGenerator) -> Double {
    // Doubling stops where it cannot matter any more, long before it overflows.
    let doublings = min(failures, 40)
    failures += 1
    let full = min(capSeconds, firstSeconds * Double(UInt64(1) << UInt64(doublings)))
    return full * Double.random(in: 0.5...1, using: &random)
  }

  /// A connection proved its worth: the next failure counts as the first one.
  package mutating func reset() { failures = 0 }
}
