/// A value that wanders from one random place to the next: irregular in time, and the same for every frame rate.
struct Wander: Sendable, Hashable {
  var salt: UInt64
  /// From one place to the next.
  var stepMilliseconds: Int

  /// 0…255.
  func value(atMilliseconds milliseconds: Int) -> Int {
    let (step, rest) = (milliseconds / stepMilliseconds, milliseconds % stepMilliseconds)
    let from = Int(SimulatorRandom.hash(step, 0, salt: salt) & 255)
    let to = Int(SimulatorRandom.hash(step + 1, 0, salt: salt) & 255)
    return from + (to - from) * rest / stepMilliseconds
  }

  /// −`reach` … `reach`.
  func value(atMilliseconds milliseconds: Int, reach: Int) -> Int {
    (value(atMilliseconds: milliseconds) * (2 * reach + 1)) / 256 - reach
  }
}
