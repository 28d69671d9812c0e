package import InspectionModel

/// An item that was tried too often and now waits for a person.
package struct DeadLetter: Sendable {
  package var queue: String
  package var item: FlowItem
  package var attempts: Int
  /// Why the last attempt failed.
  package var reason: String
  package var appendedAt: Timestamp
  /// When it was taken out of the queue.
  package var diedAt: Timestamp

  package init(
    queue: String, item: FlowItem, attempts: Int, reason: String, appendedAt: Timestamp, diedAt: Timestamp
  ) {
    self.queue = queue
    self.item = item
    self.attempts = attempts
    self.reason = reason
    self.appendedAt = appendedAt
    self.diedAt = diedAt
  }
}
