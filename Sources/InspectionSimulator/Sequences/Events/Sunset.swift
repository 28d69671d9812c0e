/// The low sun colours sky and facades: an orange glow that comes slowly, wide and without an edge.
package struct Sunset: SequenceEvent {
  package var name: String
  package var span: EventSpan
  package var kind: SequenceEventKind { .sunset }
  package var centerX: Int
  package var centerY: Int
  package var radiusX: Int
  package var radiusY: Int
  /// From nothing to the full glow.
  package var riseMilliseconds: Int

  package init(
    _ name: String, _ span: EventSpan, centerX: Int, centerY: Int, radiusX: Int, radiusY: Int,
    riseMilliseconds: Int
  ) {
    precondition(riseMilliseconds > 0, "a sunset takes time")
    (self.name, self.span, self.centerX, self.centerY) = (name, span, centerX, centerY)
    (self.radiusX, self.radiusY, self.riseMilliseconds) = (radiusX, radiusY, riseMilliseconds)
  }

  package func draw(on drawing: inout SceneDrawing, at moment: SequenceMoment) {
    let passed = min(moment.milliseconds - span.startMilliseconds, riseMilliseconds)
    drawing.glows.append(
      SceneDrawing.Glow(
        centerX: centerX, centerY: centerY, radiusX: radiusX, radiusY: radiusY,
        peak: SceneColor(luma: 30, chromaBlue: 68, chromaRed: 178),
        strength: passed * 65_536 / riseMilliseconds))
  }

  package func places(at moment: SequenceMoment) -> [PictureRect] {
    [
      PictureRect(
        left: centerX - radiusX, top: centerY - radiusY, right: centerX + radiusX, bottom: centerY + radiusY)
    ]
  }
}
