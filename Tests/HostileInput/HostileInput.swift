import FrameMemory
import ImageCodecs

/// Feeds mutated pictures to the decoders: run it plain and under AddressSanitizer.
///
/// `HostileInput [count] [seed]`: a crash ends it, an input over one second makes the exit status 1.
@main
enum HostileInput {
  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst().compactMap { UInt64($0) }
    let count = Int(arguments.first ?? 10_000)
    var random = MutationSource(state: arguments.dropFirst().first ?? 1)
    let pool = FramePool(slabCount: 2, slabBytes: 52 << 20)
    let decoder = ImageDecoder(limits: .live)
    let seeds = try makeSeeds(pool, &random)
    var results: [String: Int] = [:]
    var worst = Duration.zero
    for index in 0..<count {
      let input = mutated(seeds[index % seeds.count], &random)
      let start = ContinuousClock.now
      do throws(ImageError) {
        let image = try decoder.decode(input, into: pool)
        results[image.fault(subject: "") == nil ? "decoded" : "decoded_with_fault", default: 0] += 1
      } catch {
        results[error.code.rawValue, default: 0] += 1
      }
      worst = max(worst, ContinuousClock.now - start)
    }
    for (name, number) in results.sorted(by: { $0.key < $1.key }) { print("\(name): \(number)") }
    print("inputs: \(count), worst: \(worst)")
    if worst > .seconds(1) { throw ImageError(.tooLarge, "an input took more than one second") }
  }

  static func makeSeeds(
    _ pool: FramePool, _ random: inout MutationSource
  ) throws -> [[UInt8]] {
    var seeds: [[UInt8]] = []
    for chroma in [ChromaLayout.grey, .ycbcr420, .ycbcr422, .ycbcr444] {
      let format = FrameFormat(widthPixels: 61, heightPixels: 47, chroma: chroma)
      guard var writer = pool.makeWriter(format) else { continue }
      for plane in PlaneIndex.allCases.prefix(format.planeCount) {
        writer.fill(plane) { x, y in UInt8(truncatingIfNeeded: x * 3 + y + Int(random.next() % 9)) }
      }
      let frame = writer.seal()
      seeds.append(try ImageEncoder().jpeg(frame))
      seeds.append(try ImageEncoder(isProgressive: true).jpeg(frame))
      seeds.append(try ImageEncoder(restartRows: 1).jpeg(frame))
      seeds.append(try ImageEncoder().png(frame))
    }
    return seeds
  }

  static func mutated(_ seed: [UInt8], _ random: inout MutationSource) -> [UInt8] {
    var bytes = seed
    for _ in 0...Int(random.next() % 4) {
      // The first bytes stay, so that the decoder is reached.
      let place = 8 + Int(random.next() % UInt64(bytes.count - 8))
      switch random.next() % 4 {
      case 0: bytes[place] ^= 1 << UInt8(random.next() % 8)
      case 1: bytes[place] = UInt8(truncatingIfNeeded: random.next())
      case 2: bytes.removeSubrange(place..<min(bytes.count, place + Int(random.next() % 8)))
      default: if place > 16 { bytes.removeSubrange(place...) }
      }
      if bytes.count < 16 { return bytes }
    }
    return bytes
  }
}

/// SplitMix64: the same seed gives the same inputs.
struct MutationSource {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
