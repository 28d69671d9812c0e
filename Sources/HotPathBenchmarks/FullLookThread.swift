internal import Foundation
internal import FrameMemory
internal import HazardAnalysis
internal import ImageCodecs
internal import PixelKernels
internal import Synchronization

/// Looks in full at the pictures for which the coarse level asked, at the lowest priority: a full look takes as long as
/// a node's frame period, and the threads that look at every frame must not wait for one.
///
/// A node's newer picture takes the place of its older one, so that at most one a node waits.
final class FullLookThread: Sendable {
  private struct State {
    /// Oldest first.
    var wanted: [(node: Int, picture: [UInt8])] = []
    var isEnded = false
    var spentSeconds = 0.0
    var count = 0
    var error: BenchmarkError?
  }

  private let state = Mutex(State())
  private let arrivals = DispatchSemaphore(value: 0)
  private let ended = DispatchGroup()
  private let begin: Double
  private let share: Double
  private let tier: KernelTier

  /// Starts the thread.
  ///
  /// - Parameters:
  ///   - begin: moment of the first frame, as `Stopwatch.now`; earlier looks warm up and do not count.
  ///   - share: part of one processor's time that looks may take.
  init(begin: Double, share: Double, tier: KernelTier) {
    self.begin = begin
    self.share = share
    self.tier = tier
    ended.enter()
    let thread = Thread { [self] in
      // The lowest priority of this thread alone; Linux keeps one for each.
      setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 19)
      run()
      ended.leave()
    }
    thread.stackSize = 1 << 21
    thread.start()
  }

  /// Asks for a look at a node's picture.
  func want(_ picture: [UInt8], node: Int) {
    state.withLock { state in
      state.wanted.removeAll { $0.node == node }
      state.wanted.append((node, picture))
    }
    arrivals.signal()
  }

  /// Forgets all pictures that wait.
  func forget() { state.withLock { $0.wanted = [] } }

  /// Ends the thread after the look at hand.
  ///
  /// - Returns: how many looks were taken since `begin`.
  /// - Throws: `BenchmarkError` where a picture could not be read.
  func end() throws(BenchmarkError) -> Int {
    state.withLock { $0.isEnded = true }
    arrivals.signal()
    ended.wait()
    let (error, count) = state.withLock { ($0.error, $0.count) }
    if let error { throw error }
    return count
  }

  private func run() {
    let decoder = ImageDecoder(limits: .live), analyzer = NetworkAnalyzer(tier: tier)
    let pool = FramePool(slabCount: 1, slabBytes: 16 << 20)
    var workspace = AnalysisWorkspace()
    while true {
      arrivals.wait()
      let (isEnded, picture) = state.withLock { state in
        (state.isEnded, state.wanted.isEmpty ? nil : state.wanted.removeFirst().picture)
      }
      if isEnded { return }
      guard let picture else { continue }
      let begun = Stopwatch.now
      // Time in which others had the processor is not the look's.
      let processorBegun = Stopwatch.threadProcessorSeconds
      do throws(ImageError) {
        let image = try decoder.decodeForAnalysis(picture, into: pool)
        _ = analyzer.measure(image.frame, wantsHeatMaps: false, workspace: &workspace)
      } catch {
        return state.withLock { $0.error = BenchmarkError("\(error)") }
      }
      let now = Stopwatch.now
      let processorEnded = Stopwatch.threadProcessorSeconds
      guard begun >= begin else { continue }
      var spent = now - begun
      if let processorBegun, let processorEnded { spent = processorEnded - processorBegun }
      let allSpent = state.withLock { state in
        state.count += 1
        state.spentSeconds += spent
        return state.spentSeconds
      }
      // Until the budget allows the next.
      Thread.sleep(forTimeInterval: max(0, allSpent / share - (now - begin)))
    }
  }
}
