internal import NIOCore

/// Every node of the simulation and who reads it. Lives on one event loop, which does all of the work.
final class NodeBoard {
  private let desks: [String: NodeDesk]
  private var viewers: [String: [ViewerConnection]] = [:]
  /// What else happens when a node's picture is due: uploads, files.
  private var deliveries: [String: (NodeFaultKind?) -> Void] = [:]
  private let loop: any EventLoop
  /// 32 KB of noise.
  let garbage: ByteBuffer

  init(desks: [NodeDesk], loop: any EventLoop) {
    self.desks = Dictionary(uniqueKeysWithValues: desks.map { ($0.node.id, $0) })
    self.loop = loop
    var random = PlanRandom(seed: 0xBAD)
    garbage = ByteBuffer(bytes: (0..<32_768).map { _ in UInt8(truncatingIfNeeded: random.next() >> 17) })
  }

  func desk(_ id: String) -> NodeDesk? { desks[id] }

  var allDesks: [NodeDesk] { desks.values.sorted { $0.node.id < $1.node.id } }

  func add(_ viewer: ViewerConnection, to id: String?) {
    guard let id else { return }
    viewers[id, default: []].append(viewer)
  }

  func remove(_ viewer: ViewerConnection, from id: String?) {
    guard let id else { return }
    viewers[id]?.removeAll { $0 === viewer }
  }

  func whenDue(_ desk: NodeDesk, _ deliver: @escaping (NodeFaultKind?) -> Void) {
    deliveries[desk.node.id] = deliver
  }

  /// Starts the clock of every node.
  func begin() {
    for desk in desks.values { schedule(desk, tick: 0) }
  }

  private func schedule(_ desk: NodeDesk, tick: Int) {
    loop.assumeIsolated().scheduleTask(deadline: desk.deadline(ofTick: tick)) { [self] in
      let fault = desk.fault
      desk.advance(fault: fault)
      for viewer in viewers[desk.node.id] ?? [] { viewer.tick(fault: fault) }
      deliveries[desk.node.id]?(fault)
      schedule(desk, tick: desk.nextTick(after: tick))
    }
  }
}
