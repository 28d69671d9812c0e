/// A car that passes at night: two bright lamps and the light that they throw ahead, sweeping over the street.
package struct Headlights: SequenceEvent {
  package var name: String
  package var span: EventSpan
  package var kind: SequenceEventKind { .headlights }
  /// The lamps when the span starts.
  package var startX: Int
  package var y: Int
  /// Below 0 to the left; the light falls ahead.
  package var speedPixelsPerSecond: Int

  package init(_ name: String, _ span: EventSpan, startX: Int, y: Int, speedPixelsPerSecond: Int) {
    (self.name, self.span, self.startX, self.y) = (name, span, startX, y)
    self.speedPixelsPerSecond = speedPixelsPerSecond
  }

  /// Half the way across of the light on the ground.
  private static let reach = (x: 72, y: 32)

  package func draw(on drawing: inout SceneDrawing, at moment: SequenceMoment) {
    let x = lampX(at: moment)
    let white = SceneColor(luma: 250, chromaBlue: 130, chromaRed: 126)
    drawing.emitters.append(
      SceneDrawing.Shape([
        SceneDrawing.Stroke(PictureRect(x: x - 3, y: y - 8, width: 6, height: 6), white),
        SceneDrawing.Stroke(PictureRect(x: x - 3, y: y + 3, width: 6, height: 6), white),
      ]))
    drawing.lights.append(
      SceneDrawing.Glow(
        centerX: lightX(at: moment), centerY: y, radiusX: Self.reach.x, radiusY: Self.reach.y, peak: 320))
  }

  package func places(at moment: SequenceMoment) -> [PictureRect] {
    let x = lightX(at: moment)
    let light = PictureRect(
      left: x - Self.reach.x, top: y - Self.reach.y, right: x + Self.reach.x, bottom: y + Self.reach.y)
    return [light.union(PictureRect(x: lampX(at: moment) - 3, y: y - 8, width: 6, height: 17))]
  }

  private func lampX(at moment: SequenceMoment) -> Int {
    startX + speedPixelsPerSecond * (moment.milliseconds - span.startMilliseconds) / 1000
  }

  private func lightX(at moment: SequenceMoment) -> Int {
    lampX(at: moment) + (speedPixelsPerSecond < 0 ? -64 : 64)
  }
}
