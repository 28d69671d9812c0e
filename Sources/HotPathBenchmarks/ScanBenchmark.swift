internal import FrameMemory
internal import ImageCodecs
internal import PixelKernels

/// The coarse scan by itself: how its speed depends on the number of pictures side by side and on the tier.
///
/// Subjects take turns of a tenth of a second, so that a disturbance of the machine meets them alike.
package struct ScanBenchmark: Sendable {
  /// What came out.
  package struct Result: Sendable, Encodable {
    package var kilobytesPerFrame: Double
    package var subjects: [Subject]
    /// Frames a second of libjpeg's coefficients, the reference of the scan.
    package var coefficientsFps: Double

    /// One number of lanes on one tier.
    package struct Subject: Sendable, Encodable {
      package var lanes: Int
      package var tier: String
      /// Median of the turns.
      package var fps: Double
    }
  }

  private static let turnSeconds = 0.1

  private let frames: [[UInt8]]
  private let seconds: Double

  package init(cameras: [CameraSequence], seconds: Double) {
    // Frames of different cameras are neighbours.
    let longest = cameras.map(\.frames.count).max()!
    frames = (0..<longest).flatMap { index in cameras.map { $0.frames[index % $0.frames.count] } }
    self.seconds = seconds
  }

  /// Runs, blocking; at least three turns a subject, however long they take.
  ///
  /// - Throws: `BenchmarkError` for a frame that cannot be read.
  package func run() throws -> Result {
    let tiers = [KernelTier.portable, .best]
    let scanners = tiers.map { CoarseScanner(tier: $0) }
    let subjects = scanners.flatMap { scanner in (1...CoarseScanner.laneCount).map { (scanner, $0) } }
    var rates = [[Double]](repeating: [], count: subjects.count), reference: [Double] = []
    let end = Stopwatch.now + seconds
    while Stopwatch.now < end || reference.count < 3 {
      for (index, (scanner, lanes)) in subjects.enumerated() {
        rates[index].append(try turn(lanes) { pictures, pool in scanner.scan(pictures, into: pool) })
      }
      reference.append(
        try turn(1) { pictures, pool in
          [
            Swift.Result { try scanners[0].readCoefficients(pictures[0], into: pool) }.mapError {
              $0 as! ImageError
            }
          ]
        })
    }
    let bytes = frames.reduce(0) { $0 + $1.count }
    return Result(
      kilobytesPerFrame: Double(bytes) / Double(frames.count) / 1000,
      subjects: zip(subjects, rates).map { subject, rates in
        .init(lanes: subject.1, tier: subject.0.kernelTier.rawValue, fps: Self.median(rates))
      },
      coefficientsFps: Self.median(reference))
  }

  private func turn(
    _ lanes: Int,
    _ scan: (_ pictures: [[UInt8]], FramePool) -> [Swift.Result<CoarseImage, ImageError>]
  ) throws -> Double {
    let pool = FramePool(slabCount: lanes, slabBytes: 16 << 20)
    var count = 0, begun = 0.0
    repeat {
      let pictures = (0..<lanes).map { frames[(count + $0) % frames.count] }
      for result in scan(pictures, pool) {
        if case .failure(let error) = result { throw BenchmarkError("\(error)") }
      }
      // The first round brings memory and tables.
      if count == 0 { begun = Stopwatch.now }
      count += lanes
    } while Stopwatch.now < begun + Self.turnSeconds
    return Double(count - lanes) / (Stopwatch.now - begun)
  }

  private static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
}
