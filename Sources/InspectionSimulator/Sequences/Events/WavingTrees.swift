/// Leaves that go to and fro in the wind: the pattern of an area moves by some pixels, without leaving it.
package struct WavingTrees: SequenceEvent {
  package var name: String
  package var span: EventSpan
  package var kind: SequenceEventKind { .wavingTrees }
  /// Snapped to multiples of 16 pixels.
  package var rects: [PictureRect]
  package var reachPixels: Int

  package init(_ name: String, _ span: EventSpan, rects: [PictureRect], reachPixels: Int = 4) {
    (self.name, self.span, self.rects, self.reachPixels) = (name, span, rects, reachPixels)
  }

  package func draw(on drawing: inout SceneDrawing, at moment: SequenceMoment) {
    for (number, rect) in rects.enumerated() {
      func sway(_ salt: UInt64, _ step: Int) -> Int {
        Wander(salt: moment.seed &+ salt &+ UInt64(number), stepMilliseconds: step)
          .value(atMilliseconds: moment.milliseconds, reach: reachPixels)
      }
      let shift = SceneDrawing.Shift(x: sway(0x7EE0, 420), y: sway(0x7EE8, 560) / 2)
      drawing.displacements.append(SceneDrawing.Displacement(rect, by: shift))
    }
  }

  package func places(at moment: SequenceMoment) -> [PictureRect] { rects.map(\.snappedTo16) }
}
