/// Frames that wait for the analysis, by node and lane, with a count of everything that did not come to wait: a pure
/// state. `FrameInlet` puts it behind a lock.
package struct FrameShelf: Sendable {
  /// What came of the frames of one node.
  package struct NodeCounts: Sendable, Hashable {
    /// Complete pictures that arrived.
    package var offered = 0
    /// Handed to the analysis.
    package var taken = 0
    package var dropped: [FrameDrop: Int] = [:]

    package init() {}

    /// Dropped for any reason.
    package var droppedInTotal: Int { dropped.values.reduce(0, +) }
  }

  package private(set) var limits: InletLimits
  private var laneOf: [String: LiveNode.Lane] = [:]
  private var normal: FrameLane
  private var emergency: FrameLane
  private var emergencyTurnsTaken = 0
  private var leased: Set<String> = []
  package private(set) var isClosed = false
  /// By node, of this run; frames of unknown nodes are counted under the empty id.
  package private(set) var counts: [String: NodeCounts] = [:]

  /// - Parameter nodes: every node whose frames are taken, with its lane.
  package init(limits: InletLimits, nodes: [String: LiveNode.Lane]) {
    self.limits = limits
    laneOf = nodes
    normal = FrameLane(maximumBytes: 0, waitingPerNode: limits.waitingPerNode, nodeCount: 0)
    emergency = normal
    (normal, emergency) = makeLanes()
  }

  /// Frames that wait.
  package var waitingFrames: Int { normal.waitingFrames + emergency.waitingFrames }
  /// Encoded bytes that wait.
  package var waitingBytes: Int { normal.waitingBytes + emergency.waitingBytes }
  /// The largest frame that is never refused for want of room, by lane.
  package func fairShareBytes(_ lane: LiveNode.Lane) -> Int {
    lane == .normal ? normal.fairShareBytes : emergency.fairShareBytes
  }

  /// Takes a frame in, or says why not.
  package mutating func offer(_ frame: LiveFrame) -> FrameAdmission {
    let lane = laneOf[frame.nodeID]
    let key = lane == nil ? "" : frame.nodeID
    counts[key, default: NodeCounts()].offered += 1
    let refusal: FrameDrop? =
      isClosed
      ? .closed
      : lane == nil ? .unknownNode : frame.bytes.count > limits.maximumFrameBytes ? .tooLarge : nil
    guard refusal == nil, let lane else {
      count(refusal ?? .unknownNode, node: key)
      return .dropped(refusal ?? .unknownNode)
    }
    var dropped: [(String, FrameDrop)] = []
    let admission =
      lane == .normal
      ? normal.offer(frame) { dropped.append(($0.nodeID, $1)) }
      : emergency.offer(frame) { dropped.append(($0.nodeID, $1)) }
    for (node, reason) in dropped { count(reason, node: node) }
    return admission
  }

  /// Counts a picture that arrived and was not worth offering.
  package mutating func noteDamaged(node: String) {
    let key = laneOf[node] == nil ? "" : node
    counts[key, default: NodeCounts()].offered += 1
    count(.damaged, node: key)
  }

  /// The next frames, at most one of each node and none of a leased one; their nodes are leased until `finish`.
  package mutating func lease(upTo count: Int) -> [LiveFrame] {
    var frames: [LiveFrame] = []
    while frames.count < count, let frame = takeNext() {
      leased.insert(frame.nodeID)
      counts[frame.nodeID, default: NodeCounts()].taken += 1
      frames.append(frame)
    }
    return frames
  }

  /// Ends the lease of nodes, so that their next frames may be handed out.
  package mutating func finish(_ nodes: some Sequence<String>) {
    for node in nodes { leased.remove(node) }
  }

  /// No frame comes in any more; those that wait can still be taken.
  package mutating func close() { isClosed = true }

  /// Gives up what waits, counted as `closed`.
  package mutating func discardWaiting() {
    discard { _ in true }
  }

  /// Changes bounds and nodes; what waits of nodes that are gone or change their lane is dropped, counts stay.
  package mutating func change(limits: InletLimits, nodes: [String: LiveNode.Lane]) {
    let old = laneOf
    discard { old[$0] != nodes[$0] }
    laneOf = nodes
    // Another bound means another shelf: what waits moves over, oldest first, and what does not fit is dropped.
    var waiting: [LiveFrame] = []
    while let frame = normal.take(unless: { _ in false }) { waiting.append(frame) }
    while let frame = emergency.take(unless: { _ in false }) { waiting.append(frame) }
    self.limits = limits
    (normal, emergency) = makeLanes()
    for frame in waiting {
      counts[frame.nodeID, default: NodeCounts()].offered -= 1
      _ = offer(frame)
    }
  }

  private func makeLanes() -> (normal: FrameLane, emergency: FrameLane) {
    let emergencyCount = laneOf.values.count { $0 == .emergency }
    let reserved = emergencyCount == 0 ? 0 : limits.emergencyBytes
    return (
      FrameLane(
        maximumBytes: limits.maximumBytes - reserved, waitingPerNode: limits.waitingPerNode,
        nodeCount: laneOf.count - emergencyCount),
      FrameLane(
        maximumBytes: reserved, waitingPerNode: limits.waitingPerNode, nodeCount: emergencyCount)
    )
  }

  /// Emergencies first; after `emergencyTurns` of them in a row a normal node that waits has its turn.
  private mutating func takeNext() -> LiveFrame? {
    let leased = leased
    if emergencyTurnsTaken < limits.emergencyTurns,
      let frame = emergency.take(unless: { leased.contains($0) })
    {
      emergencyTurnsTaken += 1
      return frame
    }
    emergencyTurnsTaken = 0
    if let frame = normal.take(unless: { leased.contains($0) }) { return frame }
    guard let frame = emergency.take(unless: { leased.contains($0) }) else { return nil }
    emergencyTurnsTaken = 1
    return frame
  }

  private mutating func discard(where isGone: (String) -> Bool) {
    var dropped: [String] = []
    normal.removeAll(where: isGone) { dropped.append($0.nodeID) }
    emergency.removeAll(where: isGone) { dropped.append($0.nodeID) }
    for node in dropped { count(.closed, node: node) }
  }

  private mutating func count(_ reason: FrameDrop, node: String) {
    counts[node, default: NodeCounts()].dropped[reason, default: 0] += 1
  }
}
