package import InspectionModel

/// What `NodeLife` tells the world: one log line and one stored event each.
package enum NodeChange: Sendable, Hashable {
  /// The state, or the reason of a bad state, is another one.
  case condition(NodeCondition, was: NodeCondition)
  /// The node has been away from `live` for longer than a blip.
  case alarm(NodeCondition)
  /// It is live again after an alarm.
  case alarmOver(NodeCondition, badSince: Timestamp)
}
