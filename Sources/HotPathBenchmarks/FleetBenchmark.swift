internal import Foundation
internal import FrameMemory
internal import HazardAnalysis
internal import ImageCodecs
internal import InspectionModel
package import PixelKernels
internal import Synchronization

/// Whether a fleet of nodes keeps up: frames in memory, due at the nodes' pace, each scanned and analysed coarsely.
///
/// The nodes' frames are due in turn, evenly spread. Each thread takes what is due next, up to a full lockstep of the
/// scanner; with less it waits, but never so long that a frame could be late. A frame is late when it is not done
/// before the next one of its node is due. What a thread cannot get to it still does: late frames are counted, never
/// skipped. Frames that need a full look go to a thread of low priority, see `FullLookThread`.
package struct FleetBenchmark: Sendable {
  /// What came out; its JSON is the answer of `jinxun bench fleet`.
  package struct Result: Sendable, Encodable {
    package var nodes: Int
    package var fps: Double
    package var seconds: Double
    package var frames: Int
    package var late: Int
    /// Processor time of the process over the threads' time.
    package var cpuShare: Double
    /// Frames that a network looked at at the coarse level.
    package var firstLooks: Int
    /// Frames that were decoded and looked at in full, because the coarse level asked for it and the budget allowed it.
    package var fullLooks: Int
    package var threads: Int
    package var tier: String
    package var bytes: Int
    /// Of the middle frame, of one in a hundred, of the worst.
    package var latencyMs: Latency

    /// Milliseconds from due to done.
    package struct Latency: Sendable, Encodable {
      package var median: Double
      package var p99: Double
      package var worst: Double
    }
  }

  package var cameras: [CameraSequence]
  package var nodes: Int
  package var fps: Double
  package var seconds: Double
  package var threads: Int
  /// Part of one processor's time that full looks may take.
  package var fullLookShare: Double
  package var tier: KernelTier

  /// - Precondition: at least one camera, node and thread, a positive pace and time.
  package init(
    cameras: [CameraSequence], nodes: Int = 68, fps: Double = 25, seconds: Double = 20, threads: Int = 2,
    fullLookShare: Double = 0.06, tier: KernelTier = .best
  ) {
    precondition(
      !cameras.isEmpty && nodes > 0 && fps > 0 && seconds > 0 && threads > 0, "a fleet has work and time")
    self.cameras = cameras
    self.nodes = nodes
    self.fps = fps
    self.seconds = seconds
    self.threads = min(threads, nodes)
    self.fullLookShare = fullLookShare
    self.tier = tier
  }

  /// Runs, blocking.
  ///
  /// - Throws: `BenchmarkError` for a frame that cannot be read.
  package func run() throws -> Result {
    let outcomes = Mutex<[Swift.Result<FleetLoop.Count, BenchmarkError>]>([])
    let done = DispatchGroup()
    // Threads warm up before the first frame is due.
    let begin = Stopwatch.now + 1
    let processorBegin = Mutex(Stopwatch.processorSeconds)
    let fullLooks = FullLookThread(begin: begin, share: fullLookShare, tier: tier)
    let schedule = FleetSchedule(nodes: nodes, fps: fps, seconds: seconds, begin: begin)
    let fleetNodes = (0..<nodes).map { node in
      FleetNode(tier: tier, phaseMilliseconds: node * FirstLookSchedule.periodMilliseconds / nodes)
    }
    for index in 0..<threads {
      done.enter()
      let thread = Thread { [self] in
        var loop = FleetLoop(self, schedule, nodes: fleetNodes, fullLooks: fullLooks)
        let outcome = FrameBenchmark.result { () throws(BenchmarkError) in
          try loop.warmUp(until: begin)
          if index == 0 { processorBegin.withLock { $0 = Stopwatch.processorSeconds } }
          return try loop.run()
        }
        outcomes.withLock { $0.append(outcome) }
        done.leave()
      }
      thread.stackSize = 1 << 21
      thread.start()
    }
    done.wait()
    let spent = Stopwatch.now - begin
    let processor = Stopwatch.processorSeconds - processorBegin.withLock { $0 }
    let fullLookCount = try fullLooks.end()
    let counts = try outcomes.withLock { $0 }.map { try $0.get() }
    let latencies = counts.flatMap(\.latencies).sorted()
    return Result(
      nodes: nodes, fps: fps, seconds: spent, frames: latencies.count,
      late: counts.reduce(0) { $0 + $1.late }, cpuShare: processor / (spent * Double(threads)),
      firstLooks: counts.reduce(0) { $0 + $1.firstLooks }, fullLooks: fullLookCount, threads: threads,
      tier: tier.rawValue,
      bytes: counts.reduce(0) { $0 + $1.bytes },
      latencyMs: .init(
        median: 1000 * latencies[latencies.count / 2], p99: 1000 * latencies[latencies.count * 99 / 100],
        worst: 1000 * latencies.last!))
  }
}
