import InspectionModel
import Synchronization

/// The store's clock in the hands of a test.
final class ManualClock: Sendable {
  private let nanoseconds = Mutex<Int64>(1_795_492_800_000_000_000)

  var now: Timestamp { Timestamp(nanoseconds: nanoseconds.withLock { $0 }) }

  func advance(milliseconds: Int) { nanoseconds.withLock { $0 += Int64(milliseconds) * 1_000_000 } }
}
