internal import Dispatch

/// Threads for work that computes or waits for a disk: such work never runs on the cooperative pool.
package struct WorkerThreads: Sendable {
  private let queue: DispatchQueue

  /// - Parameter name: what a debugger shows.
  package init(name: String) {
    queue = DispatchQueue(label: "jinxun.\(name)", attributes: .concurrent)
  }

  /// Runs one piece of work on a thread of its own and returns its result; the calling task waits without a thread.
  ///
  /// How many pieces run at once is the caller's to bound.
  package func run<Result: Sendable>(_ work: @Sendable @escaping () -> Result) async -> Result {
    await withCheckedContinuation { continuation in
      queue.async { continuation.resume(returning: work()) }
    }
  }
}
