/// Water that gathers on a flat place: an oval that grows from its middle, and may run off again.
package struct Ponding: SequenceEvent {
  package var name: String
  package var span: EventSpan
  package var kind: SequenceEventKind { .ponding }
  package var centerX: Int
  package var centerY: Int
  /// Of the full pond.
  package var radiusX: Int
  package var radiusY: Int
  package var look: Look
  package var growthMilliseconds: Int
  /// When it begins to run off, as slowly as it came; `nil` where it stays.
  package var drainMilliseconds: Int?

  /// What the water shows.
  package enum Look: Sendable, Hashable {
    /// The ground, wet and dark.
    case dark
    /// The sky.
    case bright
  }

  package init(
    _ name: String, _ span: EventSpan, centerX: Int, centerY: Int, radiusX: Int, radiusY: Int,
    look: Look = .dark,
    growthMilliseconds: Int, drainMilliseconds: Int? = nil
  ) {
    precondition(radiusX > 0 && radiusY > 0 && growthMilliseconds > 0, "a pond has a size and takes time")
    (self.name, self.span, self.centerX, self.centerY) = (name, span, centerX, centerY)
    (self.radiusX, self.radiusY, self.look) = (radiusX, radiusY, look)
    (self.growthMilliseconds, self.drainMilliseconds) = (growthMilliseconds, drainMilliseconds)
  }

  private static let rowPixels = 4

  package func draw(on drawing: inout SceneDrawing, at moment: SequenceMoment) {
    let full = fullness256ths(at: moment)
    let (across, down) = radii(at: moment)
    guard across > 0, down > 0 else { return }
    let color =
      look == .dark
      ? SceneColor(luma: 52, chromaBlue: 130, chromaRed: 126)
      : SceneColor(luma: 188, chromaBlue: 134, chromaRed: 124)
    var water = SceneDrawing.Shape([])
    var top = -down
    while top < down {
      let bottom = min(top + Self.rowPixels, down)
      let middle = top + bottom
      let half = across * wholeRoot(max(0, 65_536 - middle * middle * 16_384 / (down * down))) / 256
      let rect = PictureRect(
        left: centerX - half, top: centerY + top, right: centerX + half, bottom: centerY + bottom)
      if !rect.isEmpty {
        water.parts.append(
          SceneDrawing.Stroke(rect, color, detailSixteenths: 8, opacity256ths: 80 + full * 144 / 256))
      }
      top = bottom
    }
    drawing.surfaces.append(water)
  }

  package func places(at moment: SequenceMoment) -> [PictureRect] {
    let (across, down) = radii(at: moment)
    let rect = PictureRect(
      left: centerX - across, top: centerY - down, right: centerX + across, bottom: centerY + down)
    return rect.isEmpty ? [] : [rect]
  }

  /// The area grows evenly.
  private func radii(at moment: SequenceMoment) -> (across: Int, down: Int) {
    let root = wholeRoot(fullness256ths(at: moment) << 8)
    return (radiusX * root / 256, radiusY * root / 256)
  }

  private func fullness256ths(at moment: SequenceMoment) -> Int {
    let grown = min(256, (moment.milliseconds - span.startMilliseconds) * 256 / growthMilliseconds)
    guard let drainMilliseconds, moment.milliseconds > drainMilliseconds else { return grown }
    return max(0, grown - (moment.milliseconds - drainMilliseconds) * 256 / growthMilliseconds)
  }
}
