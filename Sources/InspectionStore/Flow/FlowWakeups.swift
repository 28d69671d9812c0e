internal import Synchronization

/// Who waits for which queue inside this process.
final class FlowWakeups: Sendable {
  private struct State {
    var waiting: [String: [Int: AsyncStream<Void>.Continuation]] = [:]
    var last = 0
  }

  private let state = Mutex(State())

  /// A stream that holds one hint at most: many wakeups are as good as one.
  func stream(of queue: String) -> AsyncStream<Void> {
    let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    let number = state.withLock { state in
      state.last += 1
      state.waiting[queue, default: [:]][state.last] = continuation
      return state.last
    }
    continuation.onTermination = { [weak self] _ in
      self?.state.withLock { _ = $0.waiting[queue]?.removeValue(forKey: number) }
    }
    return stream
  }

  /// Wakes who waits for a queue.
  func wake(_ queue: String) {
    let continuations = state.withLock { $0.waiting[queue].map { Array($0.values) } ?? [] }
    for continuation in continuations { continuation.yield() }
  }
}
