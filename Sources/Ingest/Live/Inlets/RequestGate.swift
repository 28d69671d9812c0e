internal import Synchronization

/// Counts the requests that are being read.
final class RequestGate: Sendable {
  private let count = Mutex(0)

  /// Lets one in unless so many are in already.
  func enter(limit: Int) -> Bool {
    count.withLock { count in
      guard count < limit else { return false }
      count += 1
      return true
    }
  }

  /// One that was let in is done.
  func leave() { count.withLock { $0 -= 1 } }
}
