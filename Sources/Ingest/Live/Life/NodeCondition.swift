package import InspectionModel

/// A node's state, since when and why.
package struct NodeCondition: Sendable, Hashable {
  package var state: NodeState
  /// On the steady clock. For `stale` and `offline` the time of the last new picture's limit, not of its discovery.
  package var since: Timestamp
  /// A short constant word: a failure's code, a poorness, `not_modified`, `no_frame`; empty while live.
  package var reason: String

  package init(state: NodeState, since: Timestamp, reason: String) {
    self.state = state
    self.since = since
    self.reason = reason
  }
}
