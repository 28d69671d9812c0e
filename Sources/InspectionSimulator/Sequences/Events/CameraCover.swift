/// Something lies before the lens, too near to be sharp: a hand, a bag, a sheet of plastic.
package struct CameraCover: SequenceEvent {
  package var name: String
  package var span: EventSpan
  package var kind: SequenceEventKind { .cover }
  /// What is covered in the end.
  package var rect: PictureRect
  package var material: Material
  /// The cover slides in from the left in this time; 0 for at once.
  package var arrivalMilliseconds: Int

  /// What covers the lens.
  package enum Material: Sendable, Hashable {
    /// Dark, hides everything.
    case hand
    /// Pale; a sixth of the contrast behind it is left.
    case plastic
  }

  package init(
    _ name: String, _ span: EventSpan, rect: PictureRect, material: Material, arrivalMilliseconds: Int = 0
  ) {
    (self.name, self.span, self.rect) = (name, span, rect)
    (self.material, self.arrivalMilliseconds) = (material, arrivalMilliseconds)
  }

  package func draw(on drawing: inout SceneDrawing, at moment: SequenceMoment) {
    for place in places(at: moment) {
      let stroke =
        switch material {
        case .hand: SceneDrawing.Stroke(place, SceneColor(luma: 38, chromaBlue: 122, chromaRed: 138))
        case .plastic:
          SceneDrawing.Stroke(
            place, SceneColor(luma: 172, chromaBlue: 129, chromaRed: 127), opacity256ths: 213)
        }
      drawing.covers.append(SceneDrawing.Shape(stroke))
    }
  }

  package func places(at moment: SequenceMoment) -> [PictureRect] {
    let passed = moment.milliseconds - span.startMilliseconds
    guard passed < arrivalMilliseconds else { return [rect] }
    let part = PictureRect(
      x: rect.left, y: rect.top, width: rect.width * passed / arrivalMilliseconds, height: rect.height)
    return part.isEmpty ? [] : [part]
  }
}
