/// What an aircraft's instruments can show: a number outside is damage, not a measurement.
enum MeasuredRange {
  /// Metres above the sea or the take-off point: from below the Dead Sea to above every aircraft.
  case height
  /// Degrees of any angle, also where a maker counts a full turn from −180 or from 0.
  case angle
  /// Metres per second over ground.
  case speed
  /// Metres of error that a receiver states.
  case accuracy

  private var bounds: ClosedRange<Double> {
    switch self {
    case .height: -1000...50_000
    case .angle: -360...360
    case .speed: 0...1000
    case .accuracy: 0...100_000
    }
  }

  func contains(_ value: Double) -> Bool { bounds.contains(value) }
}
