/// How long the kernels take on planes of one size, beside memory copies of the same run.
package struct KernelTimings: Sendable, Codable {
  package let widthPixels: Int
  package let heightPixels: Int
  package let tile: Int
  /// The copy of one plane to another: the working set is that of a plane with its background.
  package let memcpy: Timing
  package let kernels: [Kernel]

  /// Times of one subject over the rounds of a run.
  package struct Timing: Sendable, Codable {
    /// Median of the rounds, as are the figures made of it.
    package let milliseconds: Double
    package let lowestMilliseconds: Double
    package let highestMilliseconds: Double
    /// Bytes read plus bytes written, 10^9 a second.
    package let gigabytesPerSecond: Double
    package let rounds: Int

    /// - Parameters:
    ///   - milliseconds: of one call, round by round; at least one.
    ///   - bytes: read and written by a call.
    init(milliseconds rounds: [Double], bytes: Double) {
      let sorted = rounds.sorted(), middle = sorted.count / 2
      let median = sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
      milliseconds = median
      lowestMilliseconds = sorted[0]
      highestMilliseconds = sorted[sorted.count - 1]
      gigabytesPerSecond = bytes / median / 1e6
      self.rounds = rounds.count
    }

    enum CodingKeys: String, CodingKey {
      case milliseconds = "ms"
      case lowestMilliseconds = "lowest_ms"
      case highestMilliseconds = "highest_ms"
      case gigabytesPerSecond = "gigabytes_per_second"
      case rounds
    }
  }

  /// One kernel on one tier; coded as one flat object with its timing.
  package struct Kernel: Sendable, Codable {
    package let kernel: String
    package let tier: String
    package let timing: Timing
    /// Speed of the kernel ÷ speed of the copy, both in bytes read plus written.
    package let memcpyRatio: Double

    init(kernel: String, tier: String, timing: Timing, memcpyRatio: Double) {
      (self.kernel, self.tier, self.timing, self.memcpyRatio) = (kernel, tier, timing, memcpyRatio)
    }

    package init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      kernel = try container.decode(String.self, forKey: .kernel)
      tier = try container.decode(String.self, forKey: .tier)
      memcpyRatio = try container.decode(Double.self, forKey: .memcpyRatio)
      timing = try Timing(from: decoder)
    }

    package func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(kernel, forKey: .kernel)
      try container.encode(tier, forKey: .tier)
      try container.encode(memcpyRatio, forKey: .memcpyRatio)
      try timing.encode(to: encoder)
    }

    enum CodingKeys: String, CodingKey {
      case kernel, tier
      case memcpyRatio = "memcpy_ratio"
    }
  }

  enum CodingKeys: String, CodingKey {
    case widthPixels = "width_pixels"
    case heightPixels = "height_pixels"
    case tile, memcpy, kernels
  }
}
