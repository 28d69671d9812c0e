/// Somebody or something turns the camera: the scene lies elsewhere in the picture from then on.
package struct CameraMoved: SequenceEvent {
  package var name: String
  package var span: EventSpan
  package var kind: SequenceEventKind { .moved }
  /// How far the scene goes in the picture, at most 96 pixels each way.
  package var shift: SceneDrawing.Shift
  /// How long the turn takes; 0 for at once.
  package var turnMilliseconds: Int

  package init(_ name: String, _ span: EventSpan, by shift: SceneDrawing.Shift, turnMilliseconds: Int = 0) {
    precondition(abs(shift.x) <= 96 && abs(shift.y) <= 96, "the street goes on for 96 pixels")
    (self.name, self.span, self.shift, self.turnMilliseconds) = (name, span, shift, turnMilliseconds)
  }

  package func draw(on drawing: inout SceneDrawing, at moment: SequenceMoment) {
    let passed = moment.milliseconds - span.startMilliseconds
    let (part, whole) = passed >= turnMilliseconds ? (1, 1) : (passed, turnMilliseconds)
    drawing.shift.x += shift.x * part / whole
    drawing.shift.y += shift.y * part / whole
  }

  package func places(at moment: SequenceMoment) -> [PictureRect] { [] }
}

/// The pole sways in the wind: the scene goes to and fro by a pixel or a few, and comes back.
package struct CameraShake: SequenceEvent {
  package var name: String
  package var span: EventSpan
  package var kind: SequenceEventKind { .shake }
  package var reachPixels: Int

  package init(_ name: String, _ span: EventSpan, reachPixels: Int = 1) {
    (self.name, self.span, self.reachPixels) = (name, span, reachPixels)
  }

  package func draw(on drawing: inout SceneDrawing, at moment: SequenceMoment) {
    func sway(_ salt: UInt64, _ step: Int) -> Int {
      Wander(salt: moment.seed &+ salt, stepMilliseconds: step)
        .value(atMilliseconds: moment.milliseconds, reach: reachPixels)
    }
    drawing.shift.x += sway(0x5AE0, 480)
    drawing.shift.y += sway(0x5AE1, 640)
  }

  package func places(at moment: SequenceMoment) -> [PictureRect] { [] }
}
