/// Bounds of what waits for the analysis.
package struct InletLimits: Sendable, Hashable {
  /// Encoded bytes that wait at most, over both lanes.
  package var maximumBytes: Int
  /// The part of them that only emergency nodes may use; unused where there is none.
  package var emergencyBytes: Int
  /// Frames of one node that wait at most; the oldest makes room.
  package var waitingPerNode: Int
  /// The largest frame.
  package var maximumFrameBytes: Int
  /// Frames of emergency nodes after which a waiting normal node has its turn.
  package var emergencyTurns: Int

  /// 192 MiB, 32 of them for emergencies; two frames a node; 8 MiB a frame; four turns of five for emergencies.
  package init(
    maximumBytes: Int = 192 << 20, emergencyBytes: Int = 32 << 20, waitingPerNode: Int = 2,
    maximumFrameBytes: Int = 8 << 20, emergencyTurns: Int = 4
  ) {
    precondition(maximumBytes > 0 && (0..<maximumBytes).contains(emergencyBytes), "both lanes have bytes")
    precondition(waitingPerNode > 0 && maximumFrameBytes > 0 && emergencyTurns > 0, "bounds are positive")
    self.maximumBytes = maximumBytes
    self.emergencyBytes = emergencyBytes
    self.waitingPerNode = waitingPerNode
    self.maximumFrameBytes = maximumFrameBytes
    self.emergencyTurns = emergencyTurns
  }
}
