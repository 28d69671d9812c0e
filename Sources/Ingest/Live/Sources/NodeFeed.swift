internal import InspectionModel
internal import Synchronization

/// What a source of one node does with whole pictures: numbers them, offers them and tells of them.
final class NodeFeed: Sendable {
  let node: LiveNode
  private let inlet: FrameInlet
  private let clock: LiveClock
  private let events: @Sendable (NodeEvent) -> Void
  private let sequence = Atomic<Int>(0)

  init(
    node: LiveNode, inlet: FrameInlet, clock: LiveClock, events: @escaping @Sendable (NodeEvent) -> Void
  ) {
    self.node = node
    self.inlet = inlet
    self.clock = clock
    self.events = events
  }

  /// Whole pictures so far.
  var pictureCount: Int { sequence.load(ordering: .relaxed) }

  /// A whole picture came.
  @discardableResult
  func picture(_ bytes: [UInt8], sourceTime: Timestamp?) -> FrameAdmission {
    let number = sequence.wrappingAdd(1, ordering: .relaxed).oldValue
    let admission = inlet.offer(
      LiveFrame(
        nodeID: node.id, bytes: bytes, arrival: clock.wall(), sourceTime: sourceTime, sequence: number))
    tell(.frame(byteCount: bytes.count, admission: admission))
    return admission
  }

  /// A picture came that is of no use.
  func damaged(_ failure: NodeFailure) {
    inlet.noteDamaged(node: node.id)
    tell(.damaged(failure))
  }

  /// Something else happened.
  func tell(_ kind: NodeEvent.Kind) {
    events(NodeEvent(nodeID: node.id, time: clock.steady(), kind: kind))
  }
}
