/// Does numbered pieces of work side by side and hands the results on one by one, in order.
///
/// The order of results never depends on the number of workers. At most `width` pieces run at once, and at most
/// four times as many are started ahead of the one that is due, so that memory stays bounded when one piece is slow.
package struct OrderedWork: Sendable {
  package let width: Int
  package let threads: WorkerThreads

  /// - Precondition: at least one worker.
  package init(width: Int, threads: WorkerThreads) {
    precondition(width > 0, "somebody has to work")
    self.width = width
    self.threads = threads
  }

  /// Runs pieces `0 ..< count`.
  ///
  /// - Parameters:
  ///   - transform: one piece, on a worker's thread.
  ///   - consume: takes the results in order, on the calling task.
  /// - Returns: how many results were consumed: `count`, or fewer where the task was cancelled; pieces that were
  ///   running then are finished and consumed.
  /// - Throws: what `consume` throws; running pieces are finished first and their results dropped.
  package func run<Output: Sendable>(
    count: Int, transform: @Sendable @escaping (Int) -> Output,
    consume: (_ index: Int, _ output: Output) async throws -> Void
  ) async throws -> Int {
    let threads = threads
    return try await withThrowingTaskGroup(of: (index: Int, output: Output).self) { group in
      var started = 0, running = 0, due = 0
      var waiting: [Int: Output] = [:]
      func start() {
        while started < count, running < width, started - due < 4 * width, !Task.isCancelled {
          let index = started
          group.addTask { (index, await threads.run { transform(index) }) }
          started += 1
          running += 1
        }
      }
      start()
      while let result = try await group.next() {
        running -= 1
        waiting[result.index] = result.output
        while let output = waiting.removeValue(forKey: due) {
          try await consume(due, output)
          due += 1
          start()
        }
        start()
      }
      return due
    }
  }
}
