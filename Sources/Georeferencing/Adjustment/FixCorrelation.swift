/// How the satellite fixes of a flight's pictures err together.
///
/// A receiver's error is not drawn anew for each picture: reflections change while the aircraft flies past
/// their causes, and the autopilot smooths its position over seconds. So the error is a Markov chain in the
/// order of time, x(k) = ρ x(k−1) + noise, of constant spread, with a correlation ρ that falls with the time
/// between. Many pictures in a short time are then worth little more than one. A bias that a whole flight
/// shares cannot be seen from within the flight, and no sigma holds it.
package struct FixCorrelation: Sendable {
  /// The element that was taken first.
  package let first: Int
  /// One step from each element to the one that was taken next.
  package let steps: [Step]

  /// Two elements that follow one another.
  package struct Step: Sendable {
    package let earlier: Int
    package let later: Int
    /// 0 for independent fixes, 1 for equal errors.
    package let correlation: Double
  }

  /// Seconds after which half the error is new.
  package static let halfLifeSeconds = 10.0
  /// Fixes in one moment have nearly equal errors.
  private static let largestCorrelation = 0.98
  /// Where the times are unknown.
  private static let unknownCorrelation = 0.5

  /// - Parameter seconds: of each element, `nil` where unknown.
  /// - Precondition: at least one element.
  package init(_ seconds: [Double?]) {
    precondition(!seconds.isEmpty, "a flight has pictures")
    let order = seconds.indices.sorted {
      (seconds[$0] ?? .infinity, $0) < (seconds[$1] ?? .infinity, $1)
    }
    first = order[0]
    steps = zip(order, order.dropFirst()).map { earlier, later in
      guard let start = seconds[earlier], let end = seconds[later] else {
        return Step(earlier: earlier, later: later, correlation: Self.unknownCorrelation)
      }
      let correlation = Self.halfLifeSeconds / (Self.halfLifeSeconds + end - start)
      return Step(earlier: earlier, later: later, correlation: min(correlation, Self.largestCorrelation))
    }
  }
}
