package import InspectionModel

/// One complete encoded picture of a node, as it arrived.
package struct LiveFrame: Sendable, Hashable {
  package let nodeID: String
  /// JPEG (from SOI to EOI) or PNG. One array for each frame: it is filled once from the socket's buffer, and the
  /// scanner, the decoder and the evidence store take it without another copy.
  package let bytes: [UInt8]
  /// When its last byte was read, by this machine's clock.
  package let arrival: Timestamp
  /// When the picture was taken, as the node says; may be wrong by any amount.
  package let sourceTime: Timestamp?
  /// From 0 for each node and run, counting every complete picture, dropped ones too.
  package let sequence: Int

  package init(
    nodeID: String, bytes: [UInt8], arrival: Timestamp, sourceTime: Timestamp? = nil, sequence: Int
  ) {
    self.nodeID = nodeID
    self.bytes = bytes
    self.arrival = arrival
    self.sourceTime = sourceTime
    self.sequence = sequence
  }
}
