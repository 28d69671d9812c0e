/// Something that was not there, then stands still: dumped goods, a fallen load, a parked car.
package struct AppearingObject: SequenceEvent {
  package var name: String
  package var span: EventSpan
  package var kind: SequenceEventKind { .appearedObject }
  package var rect: PictureRect
  /// Chooses the colours of its pieces.
  package var salt: UInt64

  package init(_ name: String, _ span: EventSpan, rect: PictureRect, salt: UInt64 = 1) {
    (self.name, self.span, self.rect, self.salt) = (name, span, rect, salt)
  }

  /// Pieces of about 12 pixels side by side, each in a colour of its own.
  package func draw(on drawing: inout SceneDrawing, at moment: SequenceMoment) {
    let across = max(1, rect.width / 12), down = max(1, rect.height / 12)
    var pieces = SceneDrawing.Shape([])
    for row in 0..<down {
      for column in 0..<across {
        let bits = SimulatorRandom.hash(column, row, salt: salt)
        let color = SceneColor(
          luma: bits & 1 == 0 ? 30 + Int(bits >> 8 & 31) : 200 + Int(bits >> 8 & 31),
          chromaBlue: 108 + Int(bits >> 16 & 31), chromaRed: 116 + Int(bits >> 24 & 31))
        let piece = PictureRect(
          left: rect.left + rect.width * column / across, top: rect.top + rect.height * row / down,
          right: rect.left + rect.width * (column + 1) / across,
          bottom: rect.top + rect.height * (row + 1) / down)
        pieces.parts.append(SceneDrawing.Stroke(piece, color, detailSixteenths: 80))
      }
    }
    drawing.surfaces.append(pieces)
  }

  package func places(at moment: SequenceMoment) -> [PictureRect] { [rect] }
}
