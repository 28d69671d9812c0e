internal import Foundation
internal import FrameMemory
internal import HazardAnalysis
internal import ImageCodecs
internal import InspectionModel
package import PixelKernels
internal import Synchronization

/// How many frames a second one machine looks at: cameras' frames in memory, looped by some threads for some time,
/// with the whole analysis of the level on every frame.
package struct FrameBenchmark: Sendable {
  /// How closely each frame is looked at.
  package enum Level: String, Sendable, CaseIterable {
    /// The coarse scan and the temporal analysis of each camera.
    case dc
    /// Decoding at the analysis scale, tiles and history.
    case full
  }

  /// What came out; its JSON is the answer of `jinxun bench frames`.
  package struct Result: Sendable, Encodable {
    package var frames: Int
    package var seconds: Double
    package var fps: Double
    package var bytes: Int
    package var threads: Int
    package var level: String
    package var tier: String
    /// Frames a second of decoding (dc: of the coarse scan) alone, over all threads.
    package var scanFps: Double
    /// Part of the time that is not decoding.
    package var analysisShare: Double
  }

  package var cameras: [CameraSequence]
  package var threads: Int
  package var seconds: Double
  package var level: Level
  package var tier: KernelTier

  /// - Precondition: at least one camera and one thread, a positive time.
  package init(
    cameras: [CameraSequence], threads: Int = 1, seconds: Double = 3, level: Level = .dc,
    tier: KernelTier = .best
  ) {
    precondition(!cameras.isEmpty && threads > 0 && seconds > 0, "a benchmark has work and time")
    self.cameras = cameras
    self.threads = threads
    self.seconds = seconds
    self.level = level
    self.tier = tier
  }

  /// Runs, blocking; every frame is looked at once before the time begins.
  ///
  /// - Throws: `BenchmarkError` for a frame that cannot be read.
  package func run() throws -> Result {
    let shares = CameraSequence.shared(cameras, among: threads)
    let outcomes = Mutex<[Swift.Result<FrameLoop.Count, BenchmarkError>]>([])
    let start = Mutex<Double?>(nil), ready = DispatchSemaphore(value: 0), go = DispatchSemaphore(value: 0)
    let done = DispatchGroup()
    for share in shares {
      let thread = Thread { [self] in
        let outcome = Self.result { () throws(BenchmarkError) in
          var loop = FrameLoop(share, level, tier)
          let warmUp = Self.result { () throws(BenchmarkError) in try loop.warmUp() }
          ready.signal()
          go.wait()
          try warmUp.get()
          return try loop.run(until: start.withLock { $0! } + seconds)
        }
        outcomes.withLock { $0.append(outcome) }
        done.leave()
      }
      done.enter()
      thread.stackSize = 1 << 21
      thread.start()
    }
    for _ in shares { ready.wait() }
    let began = Stopwatch.now
    start.withLock { $0 = began }
    for _ in shares { go.signal() }
    done.wait()
    let spent = Stopwatch.now - began
    let counts = try outcomes.withLock { $0 }.map { try $0.get() }
    return result(counts, seconds: spent)
  }

  static func result<Value>(
    _ body: () throws(BenchmarkError) -> Value
  ) -> Swift.Result<Value, BenchmarkError> {
    do throws(BenchmarkError) { return .success(try body()) } catch { return .failure(error) }
  }

  private func result(_ counts: [FrameLoop.Count], seconds spent: Double) -> Result {
    let frames = counts.reduce(0) { $0 + $1.frames }
    let decoding = counts.reduce(0) { $0 + $1.decodeSeconds }
    let analysis = counts.reduce(0) { $0 + $1.analysisSeconds }
    return Result(
      frames: frames, seconds: spent, fps: Double(frames) / spent,
      bytes: counts.reduce(0) { $0 + $1.bytes }, threads: threads, level: level.rawValue,
      tier: tier.rawValue, scanFps: Double(frames) * Double(threads) / decoding,
      analysisShare: analysis / (analysis + decoding))
  }
}
