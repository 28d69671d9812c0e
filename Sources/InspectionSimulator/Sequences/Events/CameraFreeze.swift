/// The camera gives its first picture of the span again and again.
package struct CameraFreeze: SequenceEvent {
  package var name: String
  package var span: EventSpan
  package var kind: SequenceEventKind { .freeze }
  /// Empty for equal bytes; else the same pixels are encoded anew, with these qualities in turn.
  package var qualities: [Int]
  /// The camera's electronics write the time into the frozen picture.
  package var keepsClock: Bool

  package init(_ name: String, _ span: EventSpan, qualities: [Int] = [], keepsClock: Bool = false) {
    (self.name, self.span, self.qualities, self.keepsClock) = (name, span, qualities, keepsClock)
  }

  package func draw(on drawing: inout SceneDrawing, at moment: SequenceMoment) {}
  package func places(at moment: SequenceMoment) -> [PictureRect] { [] }

  func quality(ofFrame index: Int) -> Int? {
    qualities.isEmpty ? nil : qualities[index % qualities.count]
  }
}
