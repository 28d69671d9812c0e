package import InspectionModel

/// What is true about a simulated sequence: `truth.json` beside its pictures.
package struct SequenceTruth: Sendable, Hashable, Codable {
  package var seed: UInt64
  package var widthPixels: Int
  package var heightPixels: Int
  package var frameIntervalMilliseconds: Int
  package var events: [Event]
  package var frames: [Frame]

  /// One event of the script.
  package struct Event: Sendable, Hashable, Codable {
    package var name: String
    package var kind: SequenceEventKind
    package var startMilliseconds: Int
    package var endMilliseconds: Int?
    /// The first frame in which it is on.
    package var firstFrame: Int
    /// The first frame after it.
    package var endFrame: Int?
  }

  /// One picture: what is on, and where.
  package struct Frame: Sendable, Hashable, Codable {
    /// Of the picture's file in a folder.
    package var name: String
    package var index: Int
    package var milliseconds: Int
    /// The frame whose picture this one shows: another one while the camera is frozen.
    package var shownFrame: Int
    package var sightings: [Sighting]
  }

  /// An event that is on in a picture.
  package struct Sighting: Sendable, Hashable, Codable {
    package var event: String
    package var kind: SequenceEventKind
    package var sinceFrame: Int
    /// What shows of it; empty where it concerns the whole picture or lies outside of it.
    package var places: [Place]
  }

  /// A part of the picture.
  package struct Place: Sendable, Hashable, Codable {
    package var box: NormalizedBox
    /// The luma blocks that it touches: left, top, right, bottom, half open.
    package var blocks: [Int]
  }
}

extension SimulatedSequence {
  /// What is true about one frame.
  ///
  /// A frozen camera's picture shows the events of an old moment, and the freeze.
  package func truth(ofFrame index: Int) -> SequenceTruth.Frame {
    let shift = drawing(ofFrame: index).shift
    let sightings = script.events.compactMap { event -> SequenceTruth.Sighting? in
      let moment = moment(of: event, atFrame: index)
      guard event.span.contains(moment.milliseconds) else { return nil }
      return SequenceTruth.Sighting(
        event: event.name, kind: event.kind,
        sinceFrame: script.firstFrame(from: event.span.startMilliseconds),
        places: event.places(at: moment).compactMap { place($0.moved(x: shift.x, y: shift.y)) })
    }
    return SequenceTruth.Frame(
      name: fileName(ofFrame: index), index: index, milliseconds: script.moment(ofFrame: index).milliseconds,
      shownFrame: shownFrame(index),
      sightings: sightings)
  }

  /// The truth of the script around that of its frames.
  package func truth(frames: [SequenceTruth.Frame]) -> SequenceTruth {
    SequenceTruth(
      seed: script.seed, widthPixels: script.widthPixels, heightPixels: script.heightPixels,
      frameIntervalMilliseconds: script.frameIntervalMilliseconds,
      events: script.events.map { event in
        SequenceTruth.Event(
          name: event.name, kind: event.kind, startMilliseconds: event.span.startMilliseconds,
          endMilliseconds: event.span.endMilliseconds,
          firstFrame: script.firstFrame(from: event.span.startMilliseconds),
          endFrame: event.span.endMilliseconds.map { script.firstFrame(from: $0) })
      }, frames: frames)
  }

  private func place(_ rect: PictureRect) -> SequenceTruth.Place? {
    guard let part = rect.clipped(to: script.street.picture) else { return nil }
    let blocks = part.blocks
    return SequenceTruth.Place(
      box: part.normalized(widthPixels: script.widthPixels, heightPixels: script.heightPixels),
      blocks: [blocks.left, blocks.top, blocks.right, blocks.bottom])
  }
}
