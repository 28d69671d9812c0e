internal import Glibc

/// Cancels the task that it runs at the moment that the task itself asks for, and not before or after.
package struct CancellationGate: Sendable {
  private let requests: AsyncStream<Void>
  private let continuation: AsyncStream<Void>.Continuation

  package init() { (requests, continuation) = AsyncStream.makeStream(of: Void.self) }

  /// Asks for the cancellation and waits until it is there. Called by the running task.
  package func requestAndWait() async {
    continuation.yield()
    while !Task.isCancelled { await Task.yield() }
  }

  /// The same for code of the running task that cannot wait; needs a second processor to be served.
  package func requestAndBlock() {
    continuation.yield()
    while !Task.isCancelled { sched_yield() }
  }

  /// Runs work and cancels it on request; returns or throws what the work does.
  package func run<Result: Sendable>(
    _ work: @Sendable @escaping () async throws -> Result
  ) async throws -> Result {
    try await withThrowingTaskGroup(of: Result?.self) { group in
      group.addTask { try await work() }
      group.addTask { [requests] in
        for await _ in requests { break }
        return nil
      }
      while let result = try await group.next() {
        group.cancelAll()
        if let result { return result }
      }
      throw CancellationError()
    }
  }
}
