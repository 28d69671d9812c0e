/// A row of street lamps that burn for a time; each goes on and off up to two seconds after the one before.
package struct LampRow: SequenceEvent {
  package var name: String
  /// From the lamps' going on to their going off.
  package var span: EventSpan
  package var kind: SequenceEventKind { .lamps }
  /// Heads of the lamps, pixels.
  package var headXs: [Int]
  package var headY: Int
  /// Middle of the light on the ground below the heads.
  package var groundY: Int
  package var radiusX: Int
  package var radiusY: Int

  package init(
    _ name: String, _ span: EventSpan, headXs: [Int], headY: Int, groundY: Int, radiusX: Int, radiusY: Int
  ) {
    (self.name, self.span, self.headXs, self.headY) = (name, span, headXs, headY)
    (self.groundY, self.radiusX, self.radiusY) = (groundY, radiusX, radiusY)
  }

  package func draw(on drawing: inout SceneDrawing, at moment: SequenceMoment) {
    for (index, x) in headXs.enumerated() where isLit(index, at: moment) {
      drawing.lamps.append(
        SceneDrawing.Lamp(
          id: SceneDrawing.Lamp.ID(row: name, index: index),
          head: SceneDrawing.Stroke(
            head(index), SceneColor(luma: 248, chromaBlue: 112, chromaRed: 136)),
          light: SceneDrawing.Glow(
            centerX: x, centerY: groundY, radiusX: radiusX, radiusY: radiusY, peak: 200)))
    }
  }

  package func places(at moment: SequenceMoment) -> [PictureRect] {
    headXs.indices.filter { isLit($0, at: moment) }.map(head)
  }

  private func isLit(_ index: Int, at moment: SequenceMoment) -> Bool {
    let delay = Int(SimulatorRandom.hash(index, headY, salt: moment.seed) % 2000)
    return span.contains(moment.milliseconds)
      && (span.startMilliseconds == 0 || moment.milliseconds >= span.startMilliseconds + delay)
  }

  func head(_ index: Int) -> PictureRect {
    PictureRect(x: headXs[index] - 6, y: headY - 4, width: 12, height: 8)
  }

  /// What a lamp lights visibly: its head and the inner half of its light on the ground.
  func litPlace(_ index: Int) -> PictureRect {
    head(index).union(
      PictureRect(
        left: headXs[index] - radiusX / 2, top: groundY - radiusY / 2, right: headXs[index] + radiusX / 2,
        bottom: groundY + radiusY / 2))
  }
}

/// Some lamps of a row, or all of them, are dark while they should burn.
package struct LampFailure: SequenceEvent {
  package var name: String
  package var span: EventSpan
  package var kind: SequenceEventKind { .lampFailure }
  package var row: LampRow
  package var lamps: [Int]

  /// - Parameter lamps: their numbers in the row; `nil` for all.
  package init(_ name: String, _ span: EventSpan, row: LampRow, lamps: [Int]? = nil) {
    (self.name, self.span, self.row) = (name, span, row)
    self.lamps = lamps ?? Array(row.headXs.indices)
  }

  package func draw(on drawing: inout SceneDrawing, at moment: SequenceMoment) {
    for index in lamps { drawing.failedLamps.insert(SceneDrawing.Lamp.ID(row: row.name, index: index)) }
  }

  /// Where it should be light, while the row burns.
  package func places(at moment: SequenceMoment) -> [PictureRect] {
    row.span.contains(moment.milliseconds) ? lamps.map(row.litPlace) : []
  }
}
