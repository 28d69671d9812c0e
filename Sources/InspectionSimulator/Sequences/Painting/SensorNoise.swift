/// Normal noise from whole numbers: the count of ones among 56 random bits, spread evenly between counts.
enum SensorNoise {
  /// A draw of mean 0 and standard deviation 256 from 64 well mixed bits.
  static func normal256ths(_ bits: UInt64) -> Int {
    // Variance 56 / 4 + 1 / 12 of a count; times 256, doubled to stay whole, brought to 256.
    let spread = ((bits >> 8).nonzeroBitCount - 28) << 9 + Int(truncatingIfNeeded: bits & 255) << 1 - 255
    return (spread * 17_463) >> 17
  }

  /// Variance of the rounding to whole levels, 256ths.
  static let roundingVariance256ths = 21
}
