/// Something that crosses the picture at an even speed: a car, a lorry, a person.
package struct MovingObject: SequenceEvent {
  package var name: String
  package var span: EventSpan
  package var kind: SequenceEventKind { .movingObject }
  /// Where it is when the span starts.
  package var start: PictureRect
  package var speedXPixelsPerSecond: Int
  package var speedYPixelsPerSecond: Int
  package var look: ObjectLook

  package init(
    _ name: String, _ span: EventSpan, start: PictureRect, speedXPixelsPerSecond: Int,
    speedYPixelsPerSecond: Int = 0, look: ObjectLook = .greyCar
  ) {
    (self.name, self.span, self.start, self.look) = (name, span, start, look)
    (self.speedXPixelsPerSecond, self.speedYPixelsPerSecond) = (speedXPixelsPerSecond, speedYPixelsPerSecond)
  }

  package func draw(on drawing: inout SceneDrawing, at moment: SequenceMoment) {
    for place in places(at: moment) { look.draw(place, on: &drawing) }
  }

  package func places(at moment: SequenceMoment) -> [PictureRect] {
    let passed = moment.milliseconds - span.startMilliseconds
    return [
      start.moved(x: speedXPixelsPerSecond * passed / 1000, y: speedYPixelsPerSecond * passed / 1000)
    ]
  }
}

/// What a thing looks like: a body with a darker or lighter band, as the windows of a car, and a dark foot.
package struct ObjectLook: Sendable, Hashable {
  package var body: SceneColor
  package var band: SceneColor
  package var detailSixteenths: Int

  package init(body: SceneColor, band: SceneColor, detailSixteenths: Int = 48) {
    (self.body, self.band, self.detailSixteenths) = (body, band, detailSixteenths)
  }

  private static let glass = SceneColor(luma: 45, chromaBlue: 132, chromaRed: 126)

  package static let greyCar = ObjectLook(body: SceneColor(luma: 165), band: glass)
  package static let whiteCar = ObjectLook(body: SceneColor(luma: 225), band: glass)
  package static let darkCar = ObjectLook(body: SceneColor(luma: 40), band: glass)
  package static let blueCar = ObjectLook(body: SceneColor(red: 40, green: 70, blue: 150), band: glass)
  package static let redCar = ObjectLook(body: SceneColor(red: 190, green: 30, blue: 25), band: glass)
  package static let cars = [greyCar, whiteCar, darkCar, blueCar, redCar]

  func draw(_ rect: PictureRect, on drawing: inout SceneDrawing) {
    let (top, bottom) = (rect.top + rect.height / 5, rect.top + rect.height / 2)
    let foot = rect.bottom - max(1, rect.height / 8)
    let inset = rect.width / 6
    func part(_ left: Int, _ top: Int, _ right: Int, _ bottom: Int, _ color: SceneColor)
      -> SceneDrawing.Stroke
    {
      SceneDrawing.Stroke(
        PictureRect(left: left, top: top, right: right, bottom: bottom), color,
        detailSixteenths: detailSixteenths)
    }
    drawing.surfaces.append(
      SceneDrawing.Shape([
        part(rect.left, rect.top, rect.right, top, body),
        part(rect.left, top, rect.left + inset, bottom, body),
        part(rect.left + inset, top, rect.right - inset, bottom, band),
        part(rect.right - inset, top, rect.right, bottom, body),
        part(rect.left, bottom, rect.right, foot, body),
        part(rect.left, foot, rect.right, rect.bottom, SceneColor(luma: 30)),
      ]))
  }
}
