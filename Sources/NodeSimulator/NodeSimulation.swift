internal import Foundation
internal import NIOCore
internal import NIOPosix
internal import Synchronization

/// Serves simulated nodes on 127.0.0.1 until it is cancelled.
package struct NodeSimulation: Sendable {
  package let plan: SimulationPlan
  private let reels: [PictureReel]
  private let files: SimulationFiles?
  private let template: String
  private let token: String

  /// - Parameters:
  ///   - reels: one for each of the plan's.
  ///   - files: `nil` serves streams and snapshots only.
  ///   - template: the live pipeline file that is written with the simulated nodes.
  package init(
    plan: SimulationPlan, reels: [PictureReel], files: SimulationFiles?, template: String, seed: UInt64
  ) {
    self.plan = plan
    self.reels = reels
    self.files = files
    self.template = template
    var random = PlanRandom(seed: seed &+ 0x70C3)
    token = (0..<4).map { _ in String(random.next(), radix: 36) }.joined()
  }

  /// Serves.
  ///
  /// - Parameters:
  ///   - port: 0 for any free one.
  ///   - inletPort: where pushing nodes upload to.
  ///   - onServing: called once with the port, after every file is written.
  /// - Returns: what was done, once cancelled.
  /// - Throws: where the port cannot be bound or a file cannot be written.
  package func run(
    port: Int, inletPort: Int, onServing: @escaping @Sendable (Int) async -> Void
  ) async throws -> SimulationReport {
    try files?.prepare(plan, token: token)
    let loops = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    do {
      let report = try await serve(loops.next(), port: port, inletPort: inletPort, onServing)
      try await loops.shutdownGracefully()
      return report
    } catch {
      try? await loops.shutdownGracefully()
      throw error
    }
  }

  private func serve(
    _ loop: any EventLoop, port: Int, inletPort: Int, _ onServing: @escaping @Sendable (Int) async -> Void
  ) async throws -> SimulationReport {
    let (began, processorBegan) = (NIODeadline.now(), Self.processorSeconds)
    // Time for a reader to be started before the first fault's clock runs is part of the plan.
    let board = try await loop.submit { [self] in
      NIOLoopBound(makeBoard(loop, epoch: began), eventLoop: loop)
    }.get()
    let server = try await ServerBootstrap(group: loop)
      .serverChannelOption(.backlog, value: 256)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      // A reader that has not taken a picture gets no further one.
      .childChannelOption(.writeBufferWaterMark, value: .init(low: 1, high: 2))
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(ViewerConnection(board: board.value))
        }
      }
      .bind(host: "127.0.0.1", port: port).get()
    let bound = server.localAddress?.port ?? port
    try files?.write(plan, port: bound, inletPort: inletPort, template: template)
    try await loop.submit { [self] in begin(board.value, loop, inletPort: inletPort) }.get()
    await onServing(bound)
    // Cancellation is how a simulation ends.
    try? await Task.sleep(for: .seconds(86_400 * 365))
    let figures = try await loop.submit {
      Dictionary(uniqueKeysWithValues: board.value.allDesks.map { ($0.node.id, $0.figures) })
    }.get()
    return SimulationReport(
      figures: figures, seconds: Double((NIODeadline.now() - began).nanoseconds) / 1e9,
      processorSeconds: Self.processorSeconds - processorBegan)
  }

  private func makeBoard(_ loop: any EventLoop, epoch: NIODeadline) -> NodeBoard {
    let wall = Date().timeIntervalSince1970
    return NodeBoard(
      desks: zip(plan.nodes, plan.faults).map { node, faults in
        NodeDesk(node: node, reel: reels[node.reel], faults: faults, epoch: epoch, epochSeconds: wall)
      }, loop: loop)
  }

  private func begin(_ board: NodeBoard, _ loop: any EventLoop, inletPort: Int) {
    for desk in board.allDesks {
      switch desk.node.transport {
      case .push:
        let connection = PushConnection(
          desk: desk, board: board, host: "127.0.0.1", port: inletPort, token: token, loop: loop)
        board.whenDue(desk) { connection.tick(fault: $0) }
      case .directory:
        guard let files else { continue }
        let writer = DropWriter(desk: desk, board: board, folder: files.inbox(desk.node).path, loop: loop)
        board.whenDue(desk) { writer.tick(fault: $0) }
      case .mjpeg, .snapshot: break
      }
    }
    board.begin()
  }

  /// User and system time of this process so far.
  private static var processorSeconds: Double { Double(clock()) / Double(CLOCKS_PER_SEC) }
}
