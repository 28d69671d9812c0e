/// Which of a log's several sources a position comes from, the best one for a track first.
package enum PositionSource: UInt8, Sendable, Hashable, CaseIterable {
  /// The autopilot's estimate from all of its sensors.
  case fused
  /// The satellite receiver.
  case receiver
  /// A second receiver, a stand-by estimate or a broadcast.
  case secondary
}
