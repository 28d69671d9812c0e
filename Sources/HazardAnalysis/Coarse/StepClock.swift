internal import InspectionModel

/// Says which frames do work that is due once in a while, and how much time the work stands for.
struct StepClock: Sendable {
  /// A gap in the frames counts as this much at most: nobody saw what happened in it.
  static let mostMilliseconds = 15_000

  let periodMilliseconds: Int
  /// How long after the first frame the first step comes, so that not all detectors work on one frame.
  let phaseMilliseconds: Int
  private var started: Timestamp?
  private var last: Timestamp?

  init(periodMilliseconds: Int, phaseMilliseconds: Int = 0) {
    self.periodMilliseconds = periodMilliseconds
    self.phaseMilliseconds = phaseMilliseconds
  }

  /// Milliseconds since the step before, at most `mostMilliseconds`, and 0 for the first step; `nil` where none is
  /// due.
  mutating func step(at time: Timestamp) -> Int? {
    guard let last else {
      let start = started ?? time
      started = start
      guard time.milliseconds(since: start) >= phaseMilliseconds else { return nil }
      self.last = time
      return 0
    }
    let elapsed = time.milliseconds(since: last)
    guard elapsed >= periodMilliseconds else { return nil }
    self.last = time
    return min(elapsed, Self.mostMilliseconds)
  }
}
