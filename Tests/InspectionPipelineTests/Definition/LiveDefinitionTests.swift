import Foundation
import Ingest
import InspectionModel
import InspectionPipeline
import NodeSimulator
import TestSupport
import Testing
import WorkOrders

/// The live pipeline and node files.
@Suite struct LiveDefinitionTests {
  static let folder = ProjectFiles.root.appending(path: "Pipelines", directoryHint: .isDirectory)

  static func text(_ path: String) throws -> String {
    try String(contentsOf: folder.appending(path: path), encoding: .utf8)
  }

  /// Reads a pipeline text with a node text.
  static func read(_ pipeline: String, nodes: String) throws(DefinitionError) -> LiveDefinition {
    try LiveDefinition(DefinitionSource(name: "live.yaml", text: pipeline)) { _ in
      DefinitionSource(name: "folder/nodes.yaml", text: nodes)
    }
  }

  static func message(_ pipeline: String, nodes: String) -> String? {
    do throws(DefinitionError) {
      _ = try read(pipeline, nodes: nodes)
      return nil
    } catch {
      return error.description
    }
  }

  @Test func theFilesOfTheProjectLoad() throws {
    let named = Self.folder.appending(path: PipelineLocator.defaultLiveName).path
    let live = try PipelineLocator(named: named, environment: [:], programFolder: nil).loadLive()
    #expect(live.definition.nodes.count == 68)
    #expect(live.definition.nodes.allSatisfy { $0.endpoint == nil && $0.periodSeconds == 0.2 })
    #expect(live.definition.nodes.filter { $0.position != nil }.count == 30)
    #expect(Set(live.definition.nodes.compactMap(\.gbDeviceID)).count == 68)
    let towns = Set(live.governance.towns.map(\.town.code))
    #expect(Set(live.definition.nodes.compactMap(\.townCode)) == towns)
    #expect(live.definition.server?.host == "127.0.0.1")
    #expect(live.sources.count == 3)
    // Also where nobody names a file: built in.
    let builtIn = try PipelineLocator(named: nil, environment: [:], programFolder: nil).loadLive()
    #expect(builtIn.definition.nodes == live.definition.nodes)
  }

  static let nodes = """
    nodes:
      - {id: a, unit: 甲, endpoint: {kind: http-mjpeg, address: "http://10.116.0.1/s", credentials: {environment: CAM_A}}, periodSeconds: 0.2}
      - {id: b, unit: 乙, endpoint: {kind: http-snapshot, address: "http://10.116.0.2:8080/p?x=1"}, periodSeconds: 5, lane: emergency}
      - {id: c, unit: 丙, endpoint: {kind: push, token: {file: secrets/c}}, periodSeconds: 1, view: {heading: 90, fieldOfView: 70, range: 80}}
      - {id: d, unit: 丁, endpoint: {kind: directory, path: inbox/d}, periodSeconds: 1, position: {latitude: 29.3, longitude: 106.2}}
      - {id: e, unit: 戊, endpoint: {kind: rtsp, address: "rtsp://10.116.0.5/s1"}, periodSeconds: 1}
      - {id: f, unit: 己, endpoint: none, periodSeconds: 1}

    """

  @Test func everyKindOfEndpointIsRead() throws {
    let definition = try Self.read(Self.text("live-network.yaml"), nodes: Self.nodes)
    #expect(
      definition.nodes.map { $0.endpoint?.kind } == [
        "http-mjpeg", "http-snapshot", "push", "directory", "rtsp", nil,
      ])
    #expect(definition.nodes[0].credentials == .environment("CAM_A"))
    #expect(definition.nodes[1].lane == .emergency)
    // Relative to the node file.
    #expect(definition.nodes[2].credentials == .file("folder/secrets/c"))
    #expect(definition.nodes[3].endpoint == .directory(path: "folder/inbox/d"))
    #expect(definition.nodes[2].view?.headingDegrees == 90)
    #expect(definition.lifeRules(definition.nodes[1]).staleSeconds == 12.5)
  }

  static let brokenNodes: [(String, String, String)] = [
    ("id: a,", "id: 'a b',", "nodes.yaml:2: nodes[0].id: expected letters"),
    ("id: b,", "id: a,", "nodes.yaml:3: nodes[1]: a second node 'a'"),
    ("unit: 甲", "unti: 甲", "unknown key 'unti'; nearest known: 'unit'"),
    ("kind: push", "kind: pull", "unknown kind of endpoint 'pull'"),
    ("kind: push, token: {file: secrets/c}", "kind: push", "the key 'token' is missing"),
    ("{file: secrets/c}", "secret-in-plain-text", "expected a mapping of keys"),
    ("{environment: CAM_A}", "{environment: CAM-A}", "expected the name of an environment variable"),
    ("{environment: CAM_A}", "{}", "expected 'environment' or 'file'"),
    ("http://10.116.0.1/s", "http://10.117.0.1/s", "refused (network)"),
    ("http://10.116.0.1/s", "http://user:pw@10.116.0.1/s", "refused (credentials)"),
    ("http://10.116.0.1/s", "file:///etc/passwd", "refused (scheme)"),
    ("http://10.116.0.1/s", "rtsp://10.116.0.1/s", "refused (scheme)"),
    ("http://10.116.0.1/s", "http://127.0.0.1/s", "refused (network)"),
    ("path: inbox/d", "path: inbox/d, token: {file: x}", "an endpoint of kind directory has none"),
    ("endpoint: none", "endpoint: off", "expected 'none', or a mapping"),
    ("lane: emergency", "lane: fast", "unknown lane 'fast'"),
    ("periodSeconds: 5", "periodSeconds: 0", "periodSeconds: expected a number from 0.01"),
    ("latitude: 29.3", "latitude: 129.3", "latitude: expected a number from -90"),
  ]

  @Test func brokenNodeFilesAreRefusedWithTheirPlace() throws {
    let pipeline = try Self.text("live-network.yaml")
    for (original, replacement, expected) in Self.brokenNodes {
      let broken = Self.nodes.replacingOccurrences(of: original, with: replacement)
      #expect(broken != Self.nodes)
      let message = Self.message(pipeline, nodes: broken)
      #expect(message?.contains(expected) == true, "\(replacement): \(message ?? "nothing")")
      #expect(message?.contains("user:pw") != true)
    }
  }

  static let brokenPipelines: [(String, String, String)] = [
    ("attention:", "atention:", "unknown key 'atention'; nearest known: 'attention'"),
    (
      "  fullLooksPerSecond: 20", "  fullLooksPerSecond: 0", "attention.fullLooksPerSecond: expected a number"
    ),
    ("    schemes: [http, https, rtsp]", "    schemes: [http, ftp]", "unknown scheme 'ftp'"),
    ("    ports: [80, ", "    ports: [0, ", "sources.addresses.ports[0]: expected a whole number from 1"),
    ("networks: [10.116.0.0/16]", "networks: [10.116.0.1/16]", "expected a network such as 10.20.0.0/16"),
    ("    capSeconds: 30", "    capSeconds: 0.5", "sources.backoff.capSeconds: expected a number from 1.0"),
    (
      "  emergencyMebibytes: 32", "  emergencyMebibytes: 192",
      "inlet.emergencyMebibytes: expected a whole number from 0 to 191"
    ),
    ("  listen: 127.0.0.1", "  listen: localhost", "server.listen: expected an address of this machine"),
    ("  reporters: []", "  reporters: [{name: g}]", "the key 'token' is missing"),
    (
      "  reporters: []", "  reporters: [{name: g, token: {file: a}}, {name: g, token: {file: b}}]",
      "a second reporter 'g'"
    ),
  ]

  @Test func brokenLivePipelinesAreRefusedWithTheirPlace() throws {
    let pipeline = try Self.text("live-network.yaml")
    for (original, replacement, expected) in Self.brokenPipelines {
      let broken = pipeline.replacingOccurrences(of: original, with: replacement)
      #expect(broken != pipeline, "\(original)")
      let message = Self.message(broken, nodes: Self.nodes)
      #expect(message?.contains(expected) == true, "\(replacement): \(message ?? "nothing")")
      #expect(message?.hasPrefix("live.yaml:") == true)
    }
  }

  @Test func aPushingNodeNeedsAServer() throws {
    let pipeline = try Self.text("live-network.yaml")
    let start = try #require(pipeline.firstRange(of: "\nserver:")).lowerBound
    let end = try #require(pipeline.firstRange(of: "\nstore:")).lowerBound
    let without = String(pipeline[..<start] + pipeline[end...])
    #expect(Self.message(without, nodes: Self.nodes)?.contains("node c pushes its pictures") == true)
    let pulled = Self.nodes.replacingOccurrences(of: "{kind: push, token: {file: secrets/c}}", with: "none")
    #expect(try Self.read(without, nodes: pulled).server == nil)
  }

  @Test func whatTheSimulatorWritesLoads() throws {
    let folder = try TemporaryFolder()
    let files = SimulationFiles(definition: folder.file("live.yaml"))
    let plan = SimulationPlan(
      seed: 1, count: 68, framesPerSecond: 5, transports: SimulationPlan.mixed, reelCount: 1,
      faults: .oneInFour,
      durationSeconds: 60)
    try files.prepare(plan, token: "0123456789abcdef")
    try files.write(plan, port: 8601, inletPort: 8602, template: Self.text("live-network.yaml"))
    let live = try PipelineLocator(named: files.definition.path, environment: [:], programFolder: nil)
      .loadLive()
    #expect(live.definition.nodes.map(\.id) == plan.nodes.map(\.id))
    #expect(live.definition.server?.port == 8602)
    let pushing = try #require(live.definition.nodes.first { $0.endpoint == .push })
    #expect(try pushing.credentials?.read(environment: [:]) == "0123456789abcdef")
  }
}
