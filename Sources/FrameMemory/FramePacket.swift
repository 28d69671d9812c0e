package import InspectionModel

/// A frame with its time and origin: what travels from a source to its analyser.
package struct FramePacket: Sendable {
  package let frame: Frame
  /// When the picture was taken.
  package let timestamp: Timestamp
  package let witness: Witness
  /// File name and hash of the encoded picture and its place in the sequence.
  package let reference: FrameReference

  package init(frame: Frame, timestamp: Timestamp, witness: Witness, reference: FrameReference) {
    self.frame = frame
    self.timestamp = timestamp
    self.witness = witness
    self.reference = reference
  }
}
