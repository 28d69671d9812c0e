package import InspectionModel

/// What a source tells of its node; frames themselves go to the inlet.
package struct NodeEvent: Sendable, Hashable {
  /// What happened.
  package enum Kind: Sendable, Hashable {
    /// A connection is tried.
    case attempt
    /// The connection stands, and its reply is of the right kind.
    case connected
    /// A complete picture was offered to the inlet.
    case frame(byteCount: Int, admission: FrameAdmission)
    /// The node answered that its picture has not changed.
    case unchanged
    /// One picture was unusable; the connection goes on.
    case damaged(NodeFailure)
    /// The connection is over; the next try comes after so many seconds.
    case failed(NodeFailure, retryAfterSeconds: Double)
  }

  package let nodeID: String
  /// On the run's steady clock (`LiveClock.steady`), which never jumps.
  package let time: Timestamp
  package let kind: Kind

  package init(nodeID: String, time: Timestamp, kind: Kind) {
    self.nodeID = nodeID
    self.time = time
    self.kind = kind
  }
}
