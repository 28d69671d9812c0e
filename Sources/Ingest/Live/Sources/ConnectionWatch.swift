package import InspectionModel

/// When a connection is given up: pure, time comes in as data. Every state of a connection that goes nowhere is left by
/// one of its limits.
package struct ConnectionWatch: Sendable {
  private let limits: SourceLimits
  /// Without a byte.
  private let stallSeconds: Double
  private let start: Timestamp
  private var lastByte: Timestamp?
  private var pictureBegan: Timestamp?
  private var lastPicture: Timestamp

  package init(limits: SourceLimits, periodSeconds: Double, start: Timestamp) {
    self.limits = limits
    self.start = start
    lastPicture = start
    stallSeconds = max(limits.stallSeconds, 5 * periodSeconds)
  }

  /// The head of the reply, or some bytes of it, came.
  package mutating func noteBytes(at time: Timestamp, isInsidePicture: Bool) {
    lastByte = time
    if isInsidePicture {
      if pictureBegan == nil { pictureBegan = time }
    } else {
      pictureBegan = nil
    }
  }

  /// A whole picture came: the next one's time has not begun, even where its first bytes came in the same piece.
  package mutating func notePicture(at time: Timestamp) {
    lastPicture = time
    pictureBegan = nil
  }

  /// Why the connection is to be given up now; `nil` while it may go on.
  package func verdict(at now: Timestamp) -> NodeFailure? {
    guard let lastByte else {
      guard now.seconds(since: start) >= limits.connectSeconds + limits.replySeconds else { return nil }
      return NodeFailure(.replyTimeout, "no reply within \(limits.connectSeconds + limits.replySeconds) s")
    }
    if let pictureBegan, now.seconds(since: pictureBegan) >= limits.frameSeconds {
      return NodeFailure(.frameTimeout, "a picture was not whole within \(limits.frameSeconds) s")
    }
    if now.seconds(since: lastByte) >= stallSeconds {
      return NodeFailure(.stalled, "no byte for \(stallSeconds) s")
    }
    if now.seconds(since: lastPicture) >= stallSeconds + limits.connectSeconds + limits.frameSeconds {
      return NodeFailure(.stalled, "bytes, but no whole picture for a long time")
    }
    return nil
  }
}
