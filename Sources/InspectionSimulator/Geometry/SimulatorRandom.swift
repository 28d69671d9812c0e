/// SplitMix64: one seed gives one sequence, on every machine.
///
/// Each purpose draws from a stream of its own, so that one more draw in one place moves nothing elsewhere.
struct SimulatorRandom: RandomNumberGenerator {
  /// What the numbers are for.
  enum Stream: UInt64 {
    case path = 1
    case recordedErrors
    case layout
    case vehicles
    case texture
    case smoke
    case refuse
    case tiePoints
    case backdrop
    case cameraNoise
    case cameraTexture
    case dayHazards
    case dayWitnesses
    case daySightings
    case dayPlaces
    case dayErrors
    case dayArrivals
    case dayLooks
    case flightLogs
  }

  private var state: UInt64

  init(seed: UInt64, stream: Stream) { state = Self.mixed(seed &+ stream.rawValue &* 0xD1B5_4A32_D192_ED03) }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return Self.mixed(state)
  }

  /// A number of 0 ..< 1 with 53 bits.
  mutating func unit() -> Double { Double(next() >> 11) / 9_007_199_254_740_992 }

  /// A number between two bounds.
  mutating func between(_ low: Double, _ high: Double) -> Double { low + (high - low) * unit() }

  /// A number of mean 0 and standard deviation 1, −6…6: twelve equal draws added (no logarithm, no cosine).
  mutating func normal() -> Double {
    var sum = -6.0
    for _ in 0..<12 { sum += unit() }
    return sum
  }

  /// A well mixed value of a lattice point, to give each cell of a pattern its own numbers.
  static func hash(_ x: Int, _ y: Int, salt: UInt64) -> UInt64 {
    let first = mixed(UInt64(bitPattern: Int64(x)) &* 0x9E37_79B9_7F4A_7C15 &+ salt)
    return mixed(first ^ UInt64(bitPattern: Int64(y)) &* 0xC2B2_AE3D_27D4_EB4F)
  }

  private static func mixed(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
