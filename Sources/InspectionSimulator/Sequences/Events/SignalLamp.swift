/// A coloured lamp that burns steadily or blinks regularly: a tail light, a turn signal, a light at a crossing.
package struct SignalLamp: SequenceEvent {
  package var name: String
  package var span: EventSpan
  package var kind: SequenceEventKind { periodMilliseconds == nil ? .steadyLamp : .blinkingLamp }
  package var rect: PictureRect
  package var color: SceneColor
  /// On for the first half of it; `nil` for a steady lamp.
  package var periodMilliseconds: Int?

  package init(
    _ name: String, _ span: EventSpan, rect: PictureRect, color: SceneColor = .redLight,
    periodMilliseconds: Int? = nil
  ) {
    precondition(periodMilliseconds ?? 2 > 1, "a lamp is on and off in a period")
    (self.name, self.span, self.rect, self.color) = (name, span, rect, color)
    self.periodMilliseconds = periodMilliseconds
  }

  package func draw(on drawing: inout SceneDrawing, at moment: SequenceMoment) {
    if let periodMilliseconds {
      let passed = (moment.milliseconds - span.startMilliseconds) % periodMilliseconds
      guard passed * 2 < periodMilliseconds else { return }
    }
    drawing.emitters.append(SceneDrawing.Shape(SceneDrawing.Stroke(rect, color)))
  }

  package func places(at moment: SequenceMoment) -> [PictureRect] { [rect] }
}

extension SceneColor {
  package static let redLight = SceneColor(luma: 120, chromaBlue: 90, chromaRed: 220)
  package static let amberLight = SceneColor(luma: 185, chromaBlue: 40, chromaRed: 170)
}
