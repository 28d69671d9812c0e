/// Levels on a scale on which twice as much light is always the same step, so that edges and changes look alike in
/// bright and in dark parts of a picture.
enum LogLevels {
  /// Added to a level first: below it the scale is nearly straight, for there noise decides.
  static let dark = 8
  /// Steps for twice as much light.
  static let octave = 48

  /// The logarithm of each level, 0…241: straight lines between the powers of two.
  static let table: [UInt8] = (0..<256).map { level in
    let value = level + dark
    let power = Int.bitWidth - 1 - value.leadingZeroBitCount
    return UInt8(octave * (power - 3) + (octave * (value - (1 << power))) >> power)
  }
}
