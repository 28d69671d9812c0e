import Synchronization

/// Working memory, lent to one worker at a time and used again for the next piece of work.
final class LendingStock<Item: Sendable>: Sendable {
  private let idle = Mutex<[Item]>([])
  private let make: @Sendable () -> Item

  /// - Parameter make: a new item, where all are lent.
  init(_ make: @Sendable @escaping () -> Item) { self.make = make }

  /// Lends an item; it comes back when `body` returns or throws.
  func withItem<Result, Failure: Error>(
    _ body: (inout Item) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    var item = idle.withLock { $0.popLast() } ?? make()
    defer { idle.withLock { [item] in $0.append(item) } }
    return try body(&item)
  }
}
