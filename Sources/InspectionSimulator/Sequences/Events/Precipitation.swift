/// Rain or snow before the camera: flecks that fall through the whole picture.
package struct Precipitation: SequenceEvent {
  package var name: String
  package var span: EventSpan
  package var kind: SequenceEventKind { .precipitation }
  package var form: Form
  package var fleckCount: Int
  package var picture: PictureRect

  /// What falls.
  package enum Form: Sendable, Hashable {
    /// Thin bright streaks that one sees through, fast.
    case rain
    /// White flakes, slow.
    case snow
  }

  package init(_ name: String, _ span: EventSpan, _ form: Form, fleckCount: Int, picture: PictureRect) {
    (self.name, self.span, self.form) = (name, span, form)
    (self.fleckCount, self.picture) = (fleckCount, picture)
  }

  package func draw(on drawing: inout SceneDrawing, at moment: SequenceMoment) {
    let (width, height, speed, opacity) = form == .rain ? (1, 12, 900, 110) : (3, 3, 90, 220)
    // A fleck that has left below comes again above, elsewhere.
    let round = picture.height + height
    drawing.surfaces.append(
      SceneDrawing.Shape(
        (0..<fleckCount).map { number in
          let own = Int(SimulatorRandom.hash(number, 0, salt: moment.seed) & 0xFFFF)
          let fallen = own + moment.milliseconds * speed * (200 + own % 112) / 256_000
          let place = SimulatorRandom.hash(number, fallen / round, salt: moment.seed)
          let rect = PictureRect(
            x: picture.left + Int(place >> 16 % UInt64(picture.width)),
            y: picture.top + fallen % round - height, width: width, height: height)
          return SceneDrawing.Stroke(rect, SceneColor(luma: 225), opacity256ths: opacity)
        }))
  }

  package func places(at moment: SequenceMoment) -> [PictureRect] { [] }
}
