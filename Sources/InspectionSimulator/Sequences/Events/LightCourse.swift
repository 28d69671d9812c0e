/// How the light of the whole picture goes: points in time, straight lines between them.
package struct LightCourse: SequenceEvent {
  package var name: String
  package var span: EventSpan
  package var kind: SequenceEventKind { .lightChange }
  package var quantity: Quantity
  /// In order of time; before the first and after the last the light stays.
  package var points: [Point]

  /// What changes.
  package enum Quantity: Sendable, Hashable {
    /// Sunlight on the scene: lamps, flames and screens stay as bright as they are.
    case sunlight
    /// The camera's exposure: everything changes.
    case exposure
  }

  /// The light at one time.
  package struct Point: Sendable, Hashable {
    package var milliseconds: Int
    /// 256 leaves the light as the script has it.
    package var gain256ths: Int

    package init(_ milliseconds: Int, gain256ths: Int) {
      (self.milliseconds, self.gain256ths) = (milliseconds, gain256ths)
    }
  }

  /// - Precondition: at least one point, in order of time.
  package init(_ name: String, _ quantity: Quantity, points: [Point]) {
    precondition(
      !points.isEmpty && zip(points, points.dropFirst()).allSatisfy { $0.milliseconds <= $1.milliseconds },
      "light has points in order of time")
    (self.name, self.quantity, self.points) = (name, quantity, points)
    span = EventSpan(from: points[0].milliseconds)
  }

  /// The exposure jumps.
  package static func step(_ name: String, atMilliseconds: Int, gain256ths: Int) -> LightCourse {
    LightCourse(name, .exposure, points: [Point(atMilliseconds, gain256ths: gain256ths)])
  }

  /// A cloud darkens the scene and goes on; a fifth of the time for each edge.
  package static func cloud(_ name: String, _ span: ClosedRange<Int>, gain256ths: Int) -> LightCourse {
    let edge = (span.upperBound - span.lowerBound) / 5
    return LightCourse(
      name, .sunlight,
      points: [
        Point(span.lowerBound, gain256ths: 256), Point(span.lowerBound + edge, gain256ths: gain256ths),
        Point(span.upperBound - edge, gain256ths: gain256ths), Point(span.upperBound, gain256ths: 256),
      ])
  }

  /// The factor at a time.
  package func gain256ths(atMilliseconds milliseconds: Int) -> Int {
    guard let next = points.firstIndex(where: { $0.milliseconds > milliseconds }) else {
      return points[points.count - 1].gain256ths
    }
    guard next > 0 else { return points[0].gain256ths }
    let (from, to) = (points[next - 1], points[next])
    return from.gain256ths
      + (to.gain256ths - from.gain256ths) * (milliseconds - from.milliseconds)
      / (to.milliseconds - from.milliseconds)
  }

  package func draw(on drawing: inout SceneDrawing, at moment: SequenceMoment) {
    let gain = gain256ths(atMilliseconds: moment.milliseconds)
    switch quantity {
    case .sunlight: drawing.ambientLight256ths = drawing.ambientLight256ths * gain / 256
    case .exposure: drawing.exposure256ths = drawing.exposure256ths * gain / 256
    }
  }

  package func places(at moment: SequenceMoment) -> [PictureRect] { [] }
}
