/// By how much light swings over the time of a window, and how much of it the shaking of the camera explains.
///
/// Shaking moves edges: the light of a place then follows the shift of the picture. What is left when the best share
/// of the shift, across and down, is taken out by least squares is light that really came and went. Keeps its memory.
struct FlickerSwing: Sendable {
  /// The mean shift, across and down together, from which on the camera shakes, `FlickerShake.parts` of a pixel.
  /// Below, light that changes everywhere may look like a shift.
  static let leastShake = 2
  /// Parts of a level in which the share of the shift is reckoned.
  private static let shareUnit = 64

  /// Mean distance from what is slow, in the unit of the signal.
  struct Strength: Sendable, Hashable {
    /// Of all that swings.
    var whole: Int
    /// Of what shaking does not explain; equal to `whole` where nothing shakes.
    var own: Int
  }

  /// How the picture shifts fast, frame by frame.
  private var across: [Int] = []
  private var down: [Int] = []
  private(set) var isShaken = false
  private var signal = SwingSignal()

  /// Takes the shifts of a window, the earliest first.
  mutating func follow(across acrossShifts: [Int32], down downShifts: [Int32], spanMilliseconds: Int) {
    takeShifts(acrossShifts, spanMilliseconds, into: \.across)
    takeShifts(downShifts, spanMilliseconds, into: \.down)
    var sum = 0
    for index in across.indices { sum += abs(across[index]) + abs(down[index]) }
    isShaken = sum > 0 && sum >= Self.leastShake * across.count
  }

  private mutating func takeShifts(
    _ shifts: [Int32], _ spanMilliseconds: Int, into path: WritableKeyPath<Self, [Int]>
  ) {
    self[keyPath: path].removeAll(keepingCapacity: true)
    guard fill(shifts, spanMilliseconds) else { return }
    for swing in signal.swings { self[keyPath: path].append(Int(swing / signal.scale)) }
  }

  /// How strongly a signal swings that ends with the window; `nil` where it is too short to tell.
  mutating func strength(_ levels: [Int32], spanMilliseconds: Int) -> Strength? {
    guard fill(levels, spanMilliseconds) else { return nil }
    let count = signal.swings.count
    var whole = 0
    for swing in signal.swings { whole += Int(abs(swing)) }
    whole /= Int(signal.scale) * count
    guard isShaken, across.count >= count else { return Strength(whole: whole, own: whole) }
    return Strength(whole: whole, own: own(since: across.count - count))
  }

  /// Mean distance of the signal from what the shifts explain best.
  ///
  /// With light below 2^17 and shifts below 2^9 no product leaves 64 bits.
  private func own(since first: Int) -> Int {
    // Divided in 32 bits, which takes a third of the time of 64.
    let swings = signal.swings.span, scale = signal.scale
    let across = across.span, down = down.span
    var (xx, xy, yy, xs, ys) = (1, 0, 1, 0, 0)
    for index in swings.indices {
      let (x, y, swing) = (across[first + index], down[first + index], Int(swings[index] / scale))
      xx += x * x
      xy += x * y
      yy += y * y
      xs += x * swing
      ys += y * swing
    }
    let divisor = max(1, xx * yy - xy * xy)
    let shareX = (yy * xs - xy * ys) * Self.shareUnit / divisor
    let shareY = (xx * ys - xy * xs) * Self.shareUnit / divisor
    var sum = 0
    for index in swings.indices {
      let explained = (shareX * across[first + index] + shareY * down[first + index]) / Self.shareUnit
      sum += abs(Int(swings[index] / scale) - explained)
    }
    return sum / swings.count
  }

  private mutating func fill(_ levels: [Int32], _ spanMilliseconds: Int) -> Bool {
    signal.clear()
    for level in levels { signal.append(level) }
    return signal.removeSlow(spanMilliseconds: spanMilliseconds)
  }
}
