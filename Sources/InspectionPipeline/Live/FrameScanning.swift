internal import Foundation
internal import FrameMemory
internal import HazardAnalysis
internal import ImageCodecs
internal import Ingest
internal import InspectionModel
internal import PixelKernels
internal import Synchronization

/// One worker of the coarse level: scans frames of several nodes side by side and says which deserve a full look.
final class FrameScanning: Sendable {
  /// Up to 4K in any chroma layout; a larger picture is a fault of its node.
  private static let largestFormat = CoarseFormat(widthPixels: 4096, heightPixels: 4096, chroma: .ycbcr444)

  private struct Bench {
    let scanner: CoarseScanner
    var firstLook: FirstLook
  }

  private let bench: Mutex<Bench>
  private let pool = FramePool(slabCount: CoarseScanner.laneCount, slabBytes: largestFormat.byteCount)
  private let desk: LiveDesk

  init(desk: LiveDesk, limits: DecodeLimits, tier: KernelTier) {
    bench = Mutex(Bench(scanner: CoarseScanner(limits: limits, tier: tier), firstLook: FirstLook(tier: tier)))
    self.desk = desk
  }

  /// Takes frames from the inlet until it is closed and empty.
  func run(inlet: FrameInlet, threads: WorkerThreads) async {
    while true {
      let frames = await inlet.lease(upTo: CoarseScanner.laneCount)
      guard !frames.isEmpty else { return }
      await threads.run { self.look(at: frames) }
      inlet.finish(frames)
    }
  }

  /// Looks at frames of different nodes; blocks its thread.
  func look(at frames: [LiveFrame]) {
    let began = desk.clock.steady()
    bench.withLock { bench in
      let pictures = frames.filter(\.isJPEG)
      let results = bench.scanner.scan(pictures.map(\.bytes), into: pool)
      for (frame, result) in zip(pictures, results) {
        switch result {
        case .success(let image): desk.take(image.frame, of: frame, firstLook: &bench.firstLook)
        case .failure(let error): desk.refuse(frame, error)
        }
      }
    }
    // The coarse level reads JPEG only: other pictures are looked at in full, as often as the budget allows.
    for frame in frames where !frame.isJPEG { desk.takeWithoutGlance(frame) }
    let seconds = desk.clock.steady().seconds(since: began)
    for _ in frames { desk.times.note(seconds / Double(frames.count), of: .coarse) }
  }
}

extension LiveFrame {
  var isJPEG: Bool { bytes.starts(with: [0xFF, 0xD8]) }
}
