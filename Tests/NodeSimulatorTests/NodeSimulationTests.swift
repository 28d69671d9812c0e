import Foundation
import FrameMemory
import ImageCodecs
import Ingest
import Logging
import NodeSimulator
import Synchronization
import TestSupport
import Testing

/// Simulated nodes, read by the real sources over loopback.
@Suite struct NodeSimulationTests {
  /// Small grey pictures with a moving edge.
  static func reel() throws -> ([[UInt8]], PictureReel) {
    let format = FrameFormat(widthPixels: 64, heightPixels: 48, chroma: .grey)
    let pool = FramePool(slabCount: 1, slabBytes: format.byteCount)
    let jpegs = try (0..<6).map { number in
      guard var writer = pool.makeWriter(format) else {
        throw ImageError(.poolExhausted, "one slab is enough")
      }
      writer.fill(.luma) { x, y in UInt8((x * 3 + y + number * 9) & 0xFF) }
      return try ImageEncoder(quality: 90).jpeg(writer.seal())
    }
    return (jpegs, try PictureReel(jpegs: jpegs))
  }

  @Test func streamsAndSnapshotsOfHealthyNodesArriveAsTheyWereLoaded() async throws {
    let (jpegs, reel) = try Self.reel()
    let plan = SimulationPlan(
      seed: 3, count: 4, framesPerSecond: 50, transports: [.mjpeg, .snapshot], reelCount: 1, faults: .none,
      durationSeconds: 60)
    let simulation = NodeSimulation(plan: plan, reels: [reel], files: nil, template: "", seed: 3)
    let (ports, tellPort) = AsyncStream.makeStream(of: Int.self)
    try await withThrowingTaskGroup(of: SimulationReport?.self) { group in
      group.addTask { try await simulation.run(port: 0, inletPort: 1) { tellPort.yield($0) } }
      var iterator = ports.makeAsyncIterator()
      let port = try #require(await iterator.next())
      let nodes = try plan.nodes.map { node in
        let address = "http://127.0.0.1:\(port)/nodes/\(node.id)"
        return LiveNode(
          id: node.id, unitName: node.id,
          endpoint: node.transport == .mjpeg
            ? .httpMJPEG(try NodeAddress(address + "/stream"))
            : .httpSnapshot(try NodeAddress(address + "/picture")),
          periodSeconds: node.periodSeconds)
      }
      let inlet = FrameInlet(limits: InletLimits(waitingPerNode: 64), nodes: nodes)
      let sources = LiveSources(
        nodes: nodes,
        policy: AddressPolicy(
          schemes: ["http"], ports: [port], networks: ["127.0.0.1/32"].compactMap { AddressNetwork($0) }),
        limits: SourceLimits(), environment: [:], seed: 1,
        logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
      group.addTask {
        await sources.run(inlet: inlet) { _ in }
        return nil
      }
      var counts: [String: Int] = [:]
      while counts.count < 4 || counts.values.contains(where: { $0 < 8 }), let frame = await inlet.next() {
        #expect(jpegs.contains(frame.bytes))
        counts[frame.nodeID, default: 0] += 1
      }
      group.cancelAll()
      var report: SimulationReport?
      while let result = try await group.next() { report = report ?? result }
      #expect(report?.total.sent ?? 0 >= 32)
    }
  }

  @Test func thePipelineTextHasTheSimulatedAddressesOnly() throws {
    let folder = try TemporaryFolder()
    let files = SimulationFiles(definition: folder.url.appending(path: "live.yaml"))
    let plan = SimulationPlan(
      seed: 1, count: 20, framesPerSecond: 5, transports: SimulationPlan.mixed, reelCount: 1,
      faults: .oneInFour,
      durationSeconds: 60)
    let template = try String(
      contentsOf: ProjectFiles.root.appending(path: "Pipelines/live-network.yaml"), encoding: .utf8)
    try files.prepare(plan, token: "0123456789abcdef")
    try files.write(plan, port: 8601, inletPort: 8602, template: template)
    let text = try String(contentsOf: files.definition, encoding: .utf8)
    #expect(text.contains("\nnodes: live-nodes.yaml\n"))
    #expect(text.contains("    ports: [8601]\n    networks: [127.0.0.1/32]\n"))
    #expect(text.contains("\n  port: 8602\n"))
    let token = folder.url.appending(path: "live-nodes/push-token")
    let attributes = try FileManager.default.attributesOfItem(atPath: token.path)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    #expect(!text.contains("0123456789abcdef"))
  }
}
