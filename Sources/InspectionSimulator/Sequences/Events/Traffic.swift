/// Cars that drive along lanes at an even speed, one after the other, before the span's start too: flowing traffic.
package struct Traffic: SequenceEvent {
  package var name: String
  package var span: EventSpan
  package var kind: SequenceEventKind { .traffic }
  package var lanes: [Lane]

  /// One lane and its cars.
  package struct Lane: Sendable, Hashable {
    /// All of it; cars keep a quarter of its height free.
    package var rect: PictureRect
    /// Below 0 to the left.
    package var speedPixelsPerSecond: Int
    /// From car to car; each comes up to a quarter of it later.
    package var headwayMilliseconds: Int

    package init(_ rect: PictureRect, speedPixelsPerSecond: Int, headwayMilliseconds: Int) {
      precondition(speedPixelsPerSecond != 0 && headwayMilliseconds > 0, "cars of a lane drive")
      (self.rect, self.speedPixelsPerSecond) = (rect, speedPixelsPerSecond)
      self.headwayMilliseconds = headwayMilliseconds
    }

    /// Length of a car.
    package var carPixels: Int { rect.height * 9 / 5 }
  }

  /// - Precondition: cars of a lane do not overlap.
  package init(_ name: String, _ span: EventSpan = EventSpan(), lanes: [Lane]) {
    precondition(
      lanes.allSatisfy {
        abs($0.speedPixelsPerSecond) * $0.headwayMilliseconds * 3 / 4000 > $0.carPixels
      }, "cars of a lane have room")
    (self.name, self.span, self.lanes) = (name, span, lanes)
  }

  package func draw(on drawing: inout SceneDrawing, at moment: SequenceMoment) {
    for (number, lane) in lanes.enumerated() {
      for car in cars(of: lane, number, at: moment) { car.look.draw(car.rect, on: &drawing) }
    }
  }

  package func places(at moment: SequenceMoment) -> [PictureRect] {
    lanes.enumerated().flatMap { number, lane in cars(of: lane, number, at: moment).map(\.rect) }
  }

  private func cars(
    of lane: Lane, _ number: Int, at moment: SequenceMoment
  ) -> [(rect: PictureRect, look: ObjectLook)] {
    let (speed, length) = (abs(lane.speedPixelsPerSecond), lane.carPixels)
    let crossing = (lane.rect.width + length) * 1000 / speed
    let time = moment.milliseconds - span.startMilliseconds
    // The first car that may still be in the picture; numbers go below 0 before the start.
    let first = (time - crossing) / lane.headwayMilliseconds - 2
    return (first...time / lane.headwayMilliseconds).compactMap { car in
      let bits = SimulatorRandom.hash(car, number, salt: moment.seed &+ 0xCA25)
      let late = (Int(bits & 0xFFFF) * lane.headwayMilliseconds) >> 18
      let passed = time - car * lane.headwayMilliseconds - late
      guard passed >= 0, passed < crossing else { return nil }
      let way = passed * speed / 1000 - length
      let left = lane.speedPixelsPerSecond > 0 ? lane.rect.left + way : lane.rect.right - way - length
      let rect = PictureRect(
        x: left, y: lane.rect.top + lane.rect.height / 8, width: length, height: lane.rect.height * 3 / 4)
      return (rect, ObjectLook.cars[Int(bits >> 20 % UInt64(ObjectLook.cars.count))])
    }
  }
}
