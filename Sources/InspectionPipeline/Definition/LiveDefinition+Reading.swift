import ImageCodecs
import Ingest
import InspectionModel

extension LiveDefinition {
  /// Reads a live pipeline file and its node file.
  ///
  /// - Parameter findNodes: finds the node file that the pipeline names.
  /// - Throws: at the first value that is missing, unknown, of a wrong type or at odds with another one.
  package init(
    _ source: DefinitionSource, findNodes: (String) throws(DefinitionError) -> DefinitionSource
  ) throws(DefinitionError) {
    let top = try DefinitionNode(source).mapping([
      "governance", "nodes", "analysis", "attention", "decode", "evidence", "health", "sources", "inlet",
      "server", "operations", "store",
    ])
    self.source = source
    governancePath = try top.required("governance").text()
    (analyser, thresholds) = try PipelineDefinition.analysis(top.required("analysis"))
    attention = try Self.attention(top.required("attention"))
    decodeLimits = try PipelineDefinition.decodeLimits(top.required("decode"))
    evidence = try PipelineDefinition.evidence(top.required("evidence"))
    health = try Self.health(top.required("health"))
    let sources = try top.required("sources").mapping(["addresses", "limits", "backoff"])
    addressPolicy = try Self.addressPolicy(sources.required("addresses"))
    sourceLimits = try Self.sourceLimits(sources)
    inletLimits = try Self.inletLimits(
      top.required("inlet"), maximumFrameBytes: sourceLimits.maximumFrameBytes)
    let maximumFrameBytes = sourceLimits.maximumFrameBytes
    server = try top.optional("server").map { node throws(DefinitionError) in
      try Self.server(node, maximumPictureBytes: maximumFrameBytes)
    }
    operations = try top.optional("operations").map { node throws(DefinitionError) in
      let entry = try node.mapping(["listen", "port"])
      return Operations(
        host: try entry.required("listen").text(), port: try entry.required("port").integer(in: 0...65_535))
    }
    let store = try top.required("store").mapping([
      "evidenceDays", "freeFloorMebibytes", "nodeHistoryDays", "maximumQueuedObservations",
    ])
    retention = Retention(
      evidenceDays: try store.required("evidenceDays").integer(in: 1...36_500),
      freeFloorMebibytes: try store.required("freeFloorMebibytes").integer(in: 0...1_000_000_000),
      nodeHistoryDays: try store.required("nodeHistoryDays").integer(in: 1...36_500))
    maximumQueuedObservations = try store.required("maximumQueuedObservations").integer(in: 1...100_000_000)
    let nodesNode = try top.required("nodes")
    nodesSource = try findNodes(nodesNode.text())
    let file = try NodeFile(nodesSource, policy: addressPolicy)
    nodes = file.nodes
    if server == nil, let pushing = nodes.first(where: { $0.endpoint == .push }) {
      throw nodesNode.error("node \(pushing.id) pushes its pictures, and 'server' is missing")
    }
  }

  private static func attention(_ node: DefinitionNode) throws(DefinitionError) -> Attention {
    let entry = try node.mapping([
      "fullLooksPerSecond", "fullLookEverySeconds", "fullLookApartSeconds", "firstLookEverySeconds",
    ])
    return Attention(
      fullLooksPerSecond: try entry.required("fullLooksPerSecond").number(in: 0.001...10_000),
      fullLookEverySeconds: try entry.required("fullLookEverySeconds").number(in: 1...86_400),
      fullLookApartSeconds: try entry.required("fullLookApartSeconds").number(in: 0...86_400),
      firstLookEverySeconds: try entry.required("firstLookEverySeconds").number(in: 0.1...86_400))
  }

  private static func health(_ node: DefinitionNode) throws(DefinitionError) -> Health {
    let entry = try node.mapping(["verdictSeconds", "recoverySeconds", "alarmSeconds"])
    return Health(
      verdictSeconds: try entry.required("verdictSeconds").number(in: 0...3600),
      recoverySeconds: try entry.required("recoverySeconds").number(in: 0...3600),
      alarmSeconds: try entry.required("alarmSeconds").number(in: 0...86_400))
  }

  private static func addressPolicy(_ node: DefinitionNode) throws(DefinitionError) -> AddressPolicy {
    let entry = try node.mapping(["schemes", "ports", "networks"])
    let known = NodeAddress.defaultPorts.keys.sorted()
    let schemes = try entry.required("schemes").items { item throws(DefinitionError) in
      let scheme = try item.text()
      guard known.contains(scheme) else { throw item.error(unknown: "scheme", scheme, known: known) }
      return scheme
    }
    let ports = try entry.required("ports").items { item throws(DefinitionError) in
      try item.integer(in: 1...65_535)
    }
    let networks = try entry.required("networks").items { item throws(DefinitionError) in
      try item.value("a network such as 10.20.0.0/16, with nothing after its prefix") { AddressNetwork($0) }
    }
    return AddressPolicy(schemes: Set(schemes), ports: Set(ports), networks: networks)
  }

  private static func sourceLimits(_ sources: DefinitionMapping) throws(DefinitionError) -> SourceLimits {
    let limits = try sources.required("limits").mapping([
      "connectSeconds", "replySeconds", "stallSeconds", "frameSeconds", "maximumFrameMebibytes",
      "garbageKibibytes",
    ])
    let backoff = try sources.required("backoff").mapping(["firstSeconds", "capSeconds"])
    let first = try backoff.required("firstSeconds").number(in: 0.01...3600)
    let cap = try backoff.required("capSeconds").number(in: first...86_400)
    return SourceLimits(
      connectSeconds: try limits.required("connectSeconds").number(in: 0.1...600),
      replySeconds: try limits.required("replySeconds").number(in: 0.1...600),
      stallSeconds: try limits.required("stallSeconds").number(in: 0.1...86_400),
      frameSeconds: try limits.required("frameSeconds").number(in: 0.1...600),
      maximumFrameBytes: try limits.required("maximumFrameMebibytes").integer(in: 1...64) << 20,
      maximumGarbageBytes: try limits.required("garbageKibibytes").integer(in: 1...65_536) << 10,
      backoff: Backoff(firstSeconds: first, capSeconds: cap))
  }

  private static func inletLimits(
    _ node: DefinitionNode, maximumFrameBytes: Int
  ) throws(DefinitionError) -> InletLimits {
    let entry = try node.mapping([
      "maximumMebibytes", "emergencyMebibytes", "waitingPerNode", "emergencyTurns",
    ])
    let maximum = try entry.required("maximumMebibytes").integer(in: 1...65_536) << 20
    return InletLimits(
      maximumBytes: maximum,
      emergencyBytes: try entry.required("emergencyMebibytes").integer(in: 0...(maximum >> 20) - 1) << 20,
      waitingPerNode: try entry.required("waitingPerNode").integer(in: 1...64),
      maximumFrameBytes: maximumFrameBytes,
      emergencyTurns: try entry.required("emergencyTurns").integer(in: 1...1000))
  }

  private static func server(
    _ node: DefinitionNode, maximumPictureBytes: Int
  ) throws(DefinitionError) -> InletServerSettings {
    let entry = try node.mapping(["listen", "port", "maximumConcurrentRequests", "reporters"])
    let list = try entry.required("reporters")
    var reporters: [String: SecretName] = [:]
    for item in try list.items() {
      let reporter = try item.mapping(["name", "token"])
      let nameNode = try reporter.required("name")
      let name = try nameNode.value("letters, digits, '.', '-', '_'") { LiveNode.isID($0) ? $0 : nil }
      guard reporters.updateValue(try NodeFile.secret(reporter.required("token")), forKey: name) == nil else {
        throw nameNode.error("a second reporter '\(name)'")
      }
    }
    return InletServerSettings(
      host: try entry.required("listen").value("an address of this machine such as 127.0.0.1") { text in
        IPAddress(text) == nil ? nil : text
      },
      port: try entry.required("port").integer(in: 0...65_535), reporters: reporters,
      maximumPictureBytes: maximumPictureBytes,
      maximumConcurrentRequests: try entry.required("maximumConcurrentRequests").integer(in: 1...10_000))
  }
}
