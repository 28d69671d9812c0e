/// A change in the life of a node, as it is kept.
package struct NodeHistoryEntry: Sendable, Hashable, Codable {
  /// What changed.
  package enum Kind: String, Sendable, Hashable, Codable {
    case state
    /// It was not `live` for longer than a blip.
    case alarm
    case alarmOver = "alarm_over"
  }

  package var node: String
  /// When it was noticed.
  package var time: Timestamp
  /// Since when it is so.
  package var since: Timestamp
  package var kind: Kind
  /// The state's name, such as `offline`.
  package var state: String
  /// A short constant word; empty while live.
  package var reason: String

  package init(
    node: String, time: Timestamp, since: Timestamp, kind: Kind, state: String, reason: String
  ) {
    self.node = node
    self.time = time
    self.since = since
    self.kind = kind
    self.state = state
    self.reason = reason
  }
}
