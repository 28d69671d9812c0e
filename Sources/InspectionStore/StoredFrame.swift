package import InspectionModel

/// A frame that was looked at: which places were watched, and what a stopped run need not do again.
package struct StoredFrame: Sendable, Equatable {
  package var witness: Witness
  package var reference: FrameReference
  package var timestamp: Timestamp
  package var timeSource: TimeSource
  /// `nil` where the frame could not be analysed: not looked at is not the same as no hazard.
  package var measurement: String?
  /// The analyser's parameters hash: another analyser looks again.
  package var parametersHash: String

  /// - Parameter measurement: the analyser's result as JSON text; the store does not read it.
  package init(
    witness: Witness, reference: FrameReference, timestamp: Timestamp, timeSource: TimeSource,
    measurement: String?, parametersHash: String
  ) {
    self.witness = witness
    self.reference = reference
    self.timestamp = timestamp
    self.timeSource = timeSource
    self.measurement = measurement
    self.parametersHash = parametersHash
  }
}

/// How many rows a write added; a repeated write adds none.
package struct AddedRows: Sendable, Equatable {
  package var frames = 0
  package var observations = 0
  package var incidents = 0
  package var workOrders = 0
  package var faults = 0

  package init() {}

  package var total: Int { frames + observations + incidents + workOrders + faults }

  package static func += (left: inout AddedRows, right: AddedRows) {
    left.frames += right.frames
    left.observations += right.observations
    left.incidents += right.incidents
    left.workOrders += right.workOrders
    left.faults += right.faults
  }
}

/// What the store holds of one source.
package struct SourceSummary: Sendable, Equatable {
  package var witness: Witness
  package var frameCount: Int
  /// Frames that could not be analysed.
  package var unreadableCount: Int
  package var firstTime: Timestamp?
  package var lastTime: Timestamp?

  package init(
    witness: Witness, frameCount: Int, unreadableCount: Int, firstTime: Timestamp?, lastTime: Timestamp?
  ) {
    self.witness = witness
    self.frameCount = frameCount
    self.unreadableCount = unreadableCount
    self.firstTime = firstTime
    self.lastTime = lastTime
  }
}

/// A picture in the evidence folder, by its hash.
package struct KeptEvidence: Sendable, Hashable {
  package var sha256: String
  package var byteCount: Int
  /// File name that it came under.
  package var name: String

  package init(sha256: String, byteCount: Int, name: String) {
    self.sha256 = sha256
    self.byteCount = byteCount
    self.name = name
  }
}
