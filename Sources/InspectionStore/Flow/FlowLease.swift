/// The span of the store's clock in which a claim holds.
///
/// It begins one length before it was granted: a clock that was set back by less than that does no harm, and one that
/// was set back further ends the lease instead of stretching it.
struct FlowLease: Sendable, Equatable {
  /// Nanoseconds since 1970; the lease holds from here …
  let fromNanoseconds: Int64
  /// … to here, this instant excluded.
  let untilNanoseconds: Int64

  init(grantedAt now: Int64, milliseconds: Int) {
    // At most 31 years, so that no instant of this century overflows.
    let length = Int64(min(max(1, milliseconds), 1_000_000_000_000)) * 1_000_000
    fromNanoseconds = now - length
    untilNanoseconds = now + length
  }

  /// Whether it holds at an instant.
  func holds(at nanoseconds: Int64) -> Bool {
    fromNanoseconds <= nanoseconds && nanoseconds < untilNanoseconds
  }
}
