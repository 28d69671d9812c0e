/// Which nodes there are and what goes wrong when: all of it follows from the seed.
package struct SimulationPlan: Sendable, Hashable {
  /// How many nodes misbehave.
  package enum Faults: String, Sendable, Hashable, CaseIterable {
    case none
    case oneInFour = "one-in-four"
  }

  package let nodes: [SimulatedNode]
  /// By node, in order of time, apart from each other.
  package let faults: [[ScheduledFault]]

  /// - Parameters:
  ///   - transports: given to the nodes in turn; see `mixed`.
  ///   - durationSeconds: faults are planned for so long, at most a day.
  package init(
    seed: UInt64, count: Int, framesPerSecond: Double, transports: [NodeTransport], reelCount: Int,
    faults: Faults, durationSeconds: Double
  ) {
    precondition(count > 0 && framesPerSecond > 0 && reelCount > 0 && !transports.isEmpty)
    var random = PlanRandom(seed: seed)
    let nodes = (0..<count).map { index in
      let transport = transports[index % transports.count]
      // Files are whole after two polls: a folder is a slow way.
      let period = transport == .directory ? max(0.5, 1 / framesPerSecond) : 1 / framesPerSecond
      let number = index + 1
      return SimulatedNode(
        id: "SIM-N\(number < 10 ? "0" : "")\(number)", transport: transport, periodSeconds: period,
        phaseSeconds: random.unit() * period, reel: index % reelCount,
        firstPicture: Int(random.next() % 1024))
    }
    self.nodes = nodes
    var used: [NodeTransport: Int] = [:]
    self.faults = nodes.enumerated().map { index, node in
      guard faults == .oneInFour, index % 4 == 3 else { return [] }
      defer { used[node.transport, default: 0] += 1 }
      return Self.faults(
        of: node, firstKind: used[node.transport, default: 0], until: min(durationSeconds, 86_400), &random)
    }
  }

  /// Mostly streams; some snapshots and uploads; a few folders.
  package static let mixed: [NodeTransport] = [
    .mjpeg, .mjpeg, .snapshot, .mjpeg, .mjpeg, .push, .mjpeg, .mjpeg, .mjpeg, .mjpeg, .directory, .snapshot,
    .mjpeg, .mjpeg, .mjpeg, .push, .mjpeg,
  ]

  /// Healthy for 12 to 20 seconds, faulty for 20 to 30, and so on through the kinds.
  private static func faults(
    of node: SimulatedNode, firstKind: Int, until end: Double, _ random: inout PlanRandom
  ) -> [ScheduledFault] {
    let kinds = NodeFaultKind.kinds(of: node.transport)
    var faults: [ScheduledFault] = []
    var time = 12 + 8 * random.unit()
    while time < end {
      let length = 20 + 10 * random.unit()
      faults.append(
        ScheduledFault(
          nodeID: node.id, kind: kinds[(firstKind + faults.count) % kinds.count], fromSeconds: time,
          toSeconds: time + length))
      time += length + 12 + 8 * random.unit()
    }
    return faults
  }
}
