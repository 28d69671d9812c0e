/// The time that a camera writes into a corner of its picture: hours, minutes and seconds, white on black.
package struct ClockOverlay: SequenceEvent {
  package var name: String
  package var span: EventSpan
  package var kind: SequenceEventKind { .clock }
  /// Upper left corner.
  package var x: Int
  package var y: Int
  /// What it shows at the first frame.
  package var startSeconds: Int

  package init(_ name: String, _ span: EventSpan = EventSpan(), x: Int, y: Int, startSeconds: Int = 34_200) {
    (self.name, self.span, self.x, self.y) = (name, span, x, y)
    self.startSeconds = startSeconds
  }

  private static let digit = (width: 10, height: 16, advance: 14, line: 2)

  package func draw(on drawing: inout SceneDrawing, at moment: SequenceMoment) {
    drawing.overlays.append(SceneDrawing.Shape(SceneDrawing.Stroke(place, SceneColor(luma: 16))))
    let seconds = (startSeconds + moment.milliseconds / 1000) % 86_400
    let pairs = [seconds / 3600, seconds / 60 % 60, seconds % 60]
    var text = SceneDrawing.Shape([])
    for (number, pair) in pairs.enumerated() {
      let left = x + 4 + number * (2 * Self.digit.advance + 6)
      for (column, value) in [pair / 10, pair % 10].enumerated() {
        text.parts += Self.segments(of: value, x: left + column * Self.digit.advance, y: y + 4).map {
          SceneDrawing.Stroke($0, SceneColor(luma: 235))
        }
      }
    }
    drawing.overlays.append(text)
  }

  package func places(at moment: SequenceMoment) -> [PictureRect] { [place] }

  private var place: PictureRect {
    PictureRect(x: x, y: y, width: 6 * Self.digit.advance + 16, height: Self.digit.height + 8)
  }

  /// The bars of a seven-segment digit that are lit, side by side.
  private static func segments(of value: Int, x: Int, y: Int) -> [PictureRect] {
    let (width, line, half) = (digit.width, digit.line, digit.height / 2)
    let upright = half - line - 1
    let bars = [
      PictureRect(x: x, y: y, width: width, height: line),
      PictureRect(x: x + width - line, y: y + line, width: line, height: upright),
      PictureRect(x: x + width - line, y: y + half + 1, width: line, height: upright),
      PictureRect(x: x, y: y + digit.height - line, width: width, height: line),
      PictureRect(x: x, y: y + half + 1, width: line, height: upright),
      PictureRect(x: x, y: y + line, width: line, height: upright),
      PictureRect(x: x, y: y + half - 1, width: width, height: line),
    ]
    return bars.enumerated().filter { lit[value] >> $0.offset & 1 == 1 }.map(\.element)
  }

  /// Bit 0 is the upper bar, then clockwise, bit 6 the middle one.
  private static let lit = [0x3F, 0x06, 0x5B, 0x4F, 0x66, 0x6D, 0x7D, 0x07, 0x7F, 0x6F]
}
