/// The lens loses its focus: fine detail goes first, then edges.
package struct CameraBlur: SequenceEvent {
  package var name: String
  package var span: EventSpan
  package var kind: SequenceEventKind { .blur }
  /// Radius of the blur in the end, 1…8 pixels.
  package var radiusPixels: Int
  /// From sharp to that radius; 0 for at once.
  package var driftMilliseconds: Int

  package init(_ name: String, _ span: EventSpan, radiusPixels: Int, driftMilliseconds: Int = 0) {
    precondition((1...8).contains(radiusPixels) && driftMilliseconds >= 0, "a blur of 1 to 8 pixels")
    (self.name, self.span) = (name, span)
    (self.radiusPixels, self.driftMilliseconds) = (radiusPixels, driftMilliseconds)
  }

  package func draw(on drawing: inout SceneDrawing, at moment: SequenceMoment) {
    let passed = moment.milliseconds - span.startMilliseconds
    let radius = passed >= driftMilliseconds ? radiusPixels : radiusPixels * passed / driftMilliseconds
    drawing.blurRadiusPixels = max(drawing.blurRadiusPixels, radius)
  }

  package func places(at moment: SequenceMoment) -> [PictureRect] { [] }
}
