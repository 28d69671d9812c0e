package import InspectionModel

/// Something that lasts before a camera, or with it: told once when it begins and once when it ends.
package struct CoarseEvent: Sendable, Hashable {
  /// What lasts.
  package enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
    /// Light that flickers as flames do.
    case flames
    /// Something appeared and stayed, or left for good.
    case slowChange = "slow-change"
    /// Traffic stands or crawls.
    case congestion
    /// A street lamp that does not shine at night.
    case lampOut = "lamp-out"
    /// Several lamps that went out together.
    case lampRowOut = "lamp-row-out"
    /// One picture again and again.
    case frozen
    /// No light reaches the sensor.
    case dark
    /// The lens is covered as a whole.
    case covered
    /// The lens is covered in part.
    case partlyCovered = "partly-covered"
    /// Far less fine detail than usual.
    case blurred
    /// The camera looks elsewhere than before.
    case moved
  }

  /// What the frame brought.
  package enum Phase: String, Sendable, Hashable, Codable {
    case began
    case ended
    /// It is no longer followed: the scene is learnt anew, so that nobody knows whether it is over, or what
    /// changed has become how the place usually looks.
    case abandoned
  }

  /// Joins beginning and end; counts up for each source.
  package let identifier: Int
  package let kind: Kind
  package let phase: Phase
  /// When the thing began, which is before the frame that told of it.
  package let since: Timestamp
  /// When the frame was taken that brought beginning or end.
  package let time: Timestamp
  /// Where it was when it began; the whole picture for what concerns the camera.
  package let region: NormalizedBox
}

/// The events of a source that have begun and not ended.
struct EventLedger: Sendable {
  private struct Open: Sendable {
    var identifier: Int
    var kind: CoarseEvent.Kind
    var instance: Int
    var since: Timestamp
    var region: NormalizedBox
  }

  private var open: [Open] = []
  private var nextIdentifier = 1

  /// Whether something of the kind is open.
  func isOpen(_ kind: CoarseEvent.Kind) -> Bool { open.contains { $0.kind == kind } }

  /// Begins or ends the only event of a kind, where its state changed.
  mutating func update(
    _ kind: CoarseEvent.Kind, _ state: SustainedState, region: NormalizedBox = .whole, at time: Timestamp,
    into events: inout [CoarseEvent]
  ) {
    update(kind, isOn: state.isOn, since: state.since ?? time, region: region, at: time, into: &events)
  }

  /// Begins or ends an event where its state changed.
  ///
  /// - Parameter instance: tells things of one kind apart.
  mutating func update(
    _ kind: CoarseEvent.Kind, instance: Int = 0, isOn: Bool, since: Timestamp, region: NormalizedBox = .whole,
    at time: Timestamp, into events: inout [CoarseEvent]
  ) {
    let place = open.firstIndex { $0.kind == kind && $0.instance == instance }
    if isOn, place == nil {
      let item = Open(
        identifier: nextIdentifier, kind: kind, instance: instance, since: since, region: region)
      nextIdentifier += 1
      open.append(item)
      events.append(Self.event(item, .began, time))
    } else if !isOn, let place {
      events.append(Self.event(open.remove(at: place), .ended, time))
    }
  }

  /// Lets go of an event, where it is open.
  mutating func abandon(
    _ kind: CoarseEvent.Kind, instance: Int, at time: Timestamp, into events: inout [CoarseEvent]
  ) {
    guard let place = open.firstIndex(where: { $0.kind == kind && $0.instance == instance }) else { return }
    events.append(Self.event(open.remove(at: place), .abandoned, time))
  }

  /// Lets go of all open events but those of one kind.
  mutating func abandonAll(
    but kept: CoarseEvent.Kind? = nil, at time: Timestamp, into events: inout [CoarseEvent]
  ) {
    for item in open where item.kind != kept { events.append(Self.event(item, .abandoned, time)) }
    open.removeAll { $0.kind != kept }
  }

  private static func event(
    _ item: Open, _ phase: CoarseEvent.Phase, _ time: Timestamp
  ) -> CoarseEvent {
    CoarseEvent(
      identifier: item.identifier, kind: item.kind, phase: phase, since: item.since, time: time,
      region: item.region)
  }
}
