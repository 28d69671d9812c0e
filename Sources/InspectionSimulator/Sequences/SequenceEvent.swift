/// Something that happens before a simulated camera or to it: draws itself at any moment, and tells where it is.
///
/// What is drawn is a function of event and moment only, so that any frame can be made without those before it.
package protocol SequenceEvent: Sendable {
  /// Unique in its script.
  var name: String { get }
  var kind: SequenceEventKind { get }
  var span: EventSpan { get }

  /// Adds what is there at a moment of the span.
  func draw(on drawing: inout SceneDrawing, at moment: SequenceMoment)

  /// Where it is at a moment of the span, pixels of a scene that the camera has not moved from; empty where it
  /// concerns the whole picture.
  func places(at moment: SequenceMoment) -> [PictureRect]
}

/// When an event is on, milliseconds from the first frame.
package struct EventSpan: Sendable, Hashable {
  package var startMilliseconds: Int
  /// The first moment after it; `nil` where it does not end.
  package var endMilliseconds: Int?

  package init(from start: Int = 0, until end: Int? = nil) {
    precondition(start >= 0 && end.map { $0 > start } ?? true, "an event starts at 0 or later and then ends")
    (startMilliseconds, endMilliseconds) = (start, end)
  }

  package func contains(_ milliseconds: Int) -> Bool {
    milliseconds >= startMilliseconds && (endMilliseconds.map { milliseconds < $0 } ?? true)
  }
}

/// A point in time of a sequence.
package struct SequenceMoment: Sendable, Hashable {
  package var frameIndex: Int
  /// From the first frame.
  package var milliseconds: Int
  /// The script's.
  package var seed: UInt64

  package init(frameIndex: Int, milliseconds: Int, seed: UInt64) {
    (self.frameIndex, self.milliseconds, self.seed) = (frameIndex, milliseconds, seed)
  }
}

/// What an event is, for the truth.
package enum SequenceEventKind: String, Sendable, Hashable, Codable, CaseIterable {
  // Hazards.
  case standingQueue = "standing-queue"
  case appearedObject = "appeared-object"
  case ponding
  case flames
  case lampFailure = "lamp-failure"
  // Faults of the camera.
  case freeze
  case blur
  case cover
  case moved
  // What is no hazard.
  case movingObject = "moving-object"
  case traffic
  case lightChange = "light-change"
  case lamps
  case headlights
  case steadyLamp = "steady-lamp"
  case blinkingLamp = "blinking-lamp"
  case sunset
  case precipitation
  case wavingTrees = "waving-trees"
  case shake
  case clock
}
