/// A queue of a durable flow with its bounds; the names and bounds are the program's, not the store's.
package struct FlowQueue: Sendable, Hashable {
  /// Constant word, such as `observations`.
  package var name: String
  /// Items that may wait or be claimed at once; an append beyond it is refused.
  package var maximumRows: Int
  /// Their bytes (keys, ordering keys and payloads in UTF-8); an append beyond it is refused.
  package var maximumBytes: Int
  /// Claims after which an item becomes a dead letter.
  package var maximumAttempts: Int
  /// Whether the key of a completed item stays known, so that appending it again is a duplicate.
  ///
  /// Where it is false an item may come again after its completion: its effects then rest on unique keys of their
  /// own. An outbox remembers.
  package var remembersCompletedKeys: Bool

  package init(
    name: String, maximumRows: Int, maximumBytes: Int, maximumAttempts: Int = 5,
    remembersCompletedKeys: Bool = false
  ) {
    self.name = name
    self.maximumRows = maximumRows
    self.maximumBytes = maximumBytes
    self.maximumAttempts = maximumAttempts
    self.remembersCompletedKeys = remembersCompletedKeys
  }
}
