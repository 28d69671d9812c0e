/// Cars that come one after the other and stand behind each other on a lane: congestion. When the way is free they
/// drive on, the first one first.
package struct StandingQueue: SequenceEvent {
  package var name: String
  package var span: EventSpan
  package var kind: SequenceEventKind { .standingQueue }
  /// The lane; cars come from the left.
  package var lane: PictureRect
  /// Front of the first car.
  package var stopX: Int
  package var carCount: Int
  package var speedPixelsPerSecond: Int
  package var headwayMilliseconds: Int
  /// When the way is free; `nil` where they stand to the end.
  package var releaseMilliseconds: Int?

  package init(
    _ name: String, _ span: EventSpan, lane: PictureRect, stopX: Int, carCount: Int,
    speedPixelsPerSecond: Int = 120, headwayMilliseconds: Int = 1500, releaseMilliseconds: Int? = nil
  ) {
    precondition(speedPixelsPerSecond > 0 && headwayMilliseconds > 0 && carCount > 0, "cars that come")
    (self.name, self.span, self.lane, self.stopX) = (name, span, lane, stopX)
    (self.carCount, self.speedPixelsPerSecond) = (carCount, speedPixelsPerSecond)
    (self.headwayMilliseconds, self.releaseMilliseconds) = (headwayMilliseconds, releaseMilliseconds)
  }

  /// From a car that starts to the one behind it.
  private static let reactionMilliseconds = 800

  package func draw(on drawing: inout SceneDrawing, at moment: SequenceMoment) {
    for car in cars(at: moment) {
      ObjectLook.cars[(car.number * 3 + Int(moment.seed & 7)) % ObjectLook.cars.count].draw(
        car.rect, on: &drawing)
    }
  }

  /// Around the cars that stand.
  package func places(at moment: SequenceMoment) -> [PictureRect] {
    let standing = cars(at: moment).filter(\.stands).map(\.rect)
    guard let first = standing.first else { return [] }
    return [standing.reduce(first) { $0.union($1) }]
  }

  private func cars(at moment: SequenceMoment) -> [(number: Int, rect: PictureRect, stands: Bool)] {
    let length = lane.height * 9 / 5
    return (0..<carCount).compactMap { number in
      let entered = span.startMilliseconds + number * headwayMilliseconds
      guard moment.milliseconds >= entered else { return nil }
      let stop = stopX - length - number * (length + length / 4)
      let driven = -length + (moment.milliseconds - entered) * speedPixelsPerSecond / 1000
      let freed = releaseMilliseconds.map {
        moment.milliseconds - $0 - number * Self.reactionMilliseconds
      }
      var left = min(stop, driven)
      if let freed, freed > 0 { left += freed * speedPixelsPerSecond / 1000 }
      let rect = PictureRect(
        x: left, y: lane.top + lane.height / 8, width: length, height: lane.height * 3 / 4)
      return (number, rect, driven >= stop && freed.map { $0 <= 0 } ?? true)
    }
  }
}
