internal import FrameMemory
internal import HazardAnalysis
internal import ImageCodecs
internal import InspectionModel
package import PixelKernels

/// The analysis of coarse frames by itself: how long each of its parts takes.
package struct CoarseAnalysisBenchmark: Sendable {
  /// What came out.
  package struct Result: Sendable, Encodable {
    package var frames: Int
    package var seconds: Double
    package var microsecondsPerFrame: Double
    /// Mean of all frames, also of those that a part passes over; by the name of the part.
    package var microsecondsByPart: [String: Double]
    package var tier: String
  }

  /// Between frames of a camera, as the analysis is told.
  private static let frameMilliseconds: Int64 = 40

  private let cameras: [CameraSequence]
  private let seconds: Double
  private let tier: KernelTier

  package init(cameras: [CameraSequence], seconds: Double, tier: KernelTier = .best) {
    self.cameras = cameras
    self.seconds = seconds
    self.tier = tier
  }

  /// Runs, blocking. The frames are scanned before; each camera then loops.
  ///
  /// - Throws: `BenchmarkError` for a frame that cannot be read.
  package func run() throws -> Result {
    let sequences = try cameras.map { try scan($0) }
    var sources = cameras.map { _ in CoarseSource(tier: tier) }
    var parts = [Double](repeating: 0, count: CoarsePart.allCases.count)
    var count = 0, position = 0, begun = 0.0
    let longest = sequences.reduce(0) { max($0, $1.count) }
    repeat {
      if position == longest {
        // The first round brought the memory.
        (count, begun) = (0, Stopwatch.now)
        for part in parts.indices { parts[part] = 0 }
      }
      for (camera, frames) in sequences.enumerated() {
        var last = Stopwatch.now
        let time = Timestamp(milliseconds: Int64(position) * Self.frameMilliseconds)
        _ = sources[camera].append(frames[position % frames.count], timestamp: time) { part in
          let now = Stopwatch.now
          parts[CoarsePart.allCases.firstIndex(of: part)!] += now - last
          last = now
        }
      }
      count += sequences.count
      position += 1
    } while position <= longest || Stopwatch.now < begun + seconds
    let names = CoarsePart.allCases.map(\.rawValue), frames = Double(count)
    return Result(
      frames: count, seconds: Stopwatch.now - begun,
      microsecondsPerFrame: 1e6 * parts.reduce(0, +) / frames,
      microsecondsByPart: Dictionary(uniqueKeysWithValues: zip(names, parts.map { 1e6 * $0 / frames })),
      tier: tier.rawValue)
  }

  /// The coarse frames of a camera, all kept.
  private func scan(_ camera: CameraSequence) throws(BenchmarkError) -> [CoarseFrame] {
    let scanner = CoarseScanner(tier: tier)
    let pool = FramePool(slabCount: camera.frames.count, slabBytes: 2 << 20)
    var frames: [CoarseFrame] = []
    for picture in camera.frames {
      switch scanner.scan([picture], into: pool)[0] {
      case .success(let image): frames.append(image.frame)
      case .failure(let error): throw BenchmarkError("\(camera.name): \(error)")
      }
    }
    return frames
  }
}
