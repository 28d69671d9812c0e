package import InspectionModel

/// An item in the hands of one worker until its lease ends.
package struct FlowClaim: Sendable {
  package var queue: String
  package var item: FlowItem
  /// Fencing token, greater than that of every earlier claim of the queue: who holds an older one acts no more.
  package var token: Int64
  /// How many times the item was claimed, this one included.
  package var attempt: Int
  /// By the store's clock; afterwards another worker may get the item.
  package var leaseEnds: Timestamp
  /// By the store's clock.
  package var appendedAt: Timestamp
  /// The store's own name for the item; opaque.
  package var position: Int64

  package init(
    queue: String, item: FlowItem, token: Int64, attempt: Int, leaseEnds: Timestamp, appendedAt: Timestamp,
    position: Int64
  ) {
    self.queue = queue
    self.item = item
    self.token = token
    self.attempt = attempt
    self.leaseEnds = leaseEnds
    self.appendedAt = appendedAt
    self.position = position
  }
}
