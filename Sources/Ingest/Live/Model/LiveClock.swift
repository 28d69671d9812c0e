internal import Foundation
package import InspectionModel

/// The clocks of a live run, replaceable in tests.
package struct LiveClock: Sendable {
  /// This machine's clock: may jump when it is set.
  package var wall: @Sendable () -> Timestamp
  /// Begins near the machine's clock and never jumps: ages and time-outs are measured on it.
  package var steady: @Sendable () -> Timestamp
  /// Waits that many seconds; throws `CancellationError` when cancelled.
  package var sleep: @Sendable (_ seconds: Double) async throws -> Void

  package init(
    wall: @escaping @Sendable () -> Timestamp, steady: @escaping @Sendable () -> Timestamp,
    sleep: @escaping @Sendable (_ seconds: Double) async throws -> Void
  ) {
    self.wall = wall
    self.steady = steady
    self.sleep = sleep
  }

  /// The real clocks.
  package static func system() -> LiveClock {
    let wall: @Sendable () -> Timestamp = {
      Timestamp(nanoseconds: Int64((Date().timeIntervalSince1970 * 1e9).rounded()))
    }
    let (start, origin) = (wall(), ContinuousClock.now)
    return LiveClock(
      wall: wall,
      steady: {
        let (seconds, attoseconds) = (ContinuousClock.now - origin).components
        return start.advanced(byNanoseconds: seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
      },
      sleep: { try await Task.sleep(for: .nanoseconds(Int64(max(0, $0) * 1e9))) })
  }
}
