package import Foundation

/// The files that let a stream find the simulated nodes: pipeline, nodes, tokens, inboxes.
package struct SimulationFiles: Sendable {
  /// The pipeline file.
  package let definition: URL
  /// Beside it: `<name>-nodes.yaml` and the folder `<name>-nodes` for tokens and dropped files.
  let nodes: URL
  let folder: URL

  /// - Parameter definition: where the pipeline file is to be.
  package init(definition: URL) {
    self.definition = definition
    let stem = definition.deletingPathExtension().lastPathComponent
    let parent = definition.deletingLastPathComponent()
    nodes = parent.appending(path: "\(stem)-nodes.yaml")
    folder = parent.appending(path: "\(stem)-nodes", directoryHint: .isDirectory)
  }

  /// Where a node's files are dropped.
  func inbox(_ node: SimulatedNode) -> URL {
    folder.appending(path: node.id, directoryHint: .isDirectory)
  }

  /// Makes the folders and the token, and removes what an earlier simulation dropped.
  package func prepare(_ plan: SimulationPlan, token: String) throws {
    let files = FileManager.default
    try files.createDirectory(at: folder, withIntermediateDirectories: true)
    for node in plan.nodes where node.transport == .directory {
      try? files.removeItem(at: inbox(node))
      try files.createDirectory(at: inbox(node), withIntermediateDirectories: true)
    }
    let file = folder.appending(path: "push-token")
    try? files.removeItem(at: file)
    guard
      files.createFile(
        atPath: file.path, contents: Data("\(token)\n".utf8), attributes: [.posixPermissions: 0o600])
    else { throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: file.path]) }
  }

  /// Writes the node file and then the pipeline, which is there only when everything is.
  package func write(_ plan: SimulationPlan, port: Int, inletPort: Int, template: String) throws {
    let name = folder.lastPathComponent
    var text = "# Simulated nodes: written by `jinxun simulate nodes`.\nnodes:\n"
    for node in plan.nodes {
      let address = "http://127.0.0.1:\(port)/nodes/\(node.id)"
      let endpoint =
        switch node.transport {
        case .mjpeg: #"{kind: http-mjpeg, address: "\#(address)/stream"}"#
        case .snapshot: #"{kind: http-snapshot, address: "\#(address)/picture"}"#
        case .push: "{kind: push, token: {file: \(name)/push-token}}"
        case .directory: "{kind: directory, path: \(name)/\(node.id)}"
        }
      text +=
        "  - {id: \(node.id), unit: \(node.id), endpoint: \(endpoint), periodSeconds: \(node.periodSeconds)}\n"
    }
    try Data(text.utf8).write(to: nodes, options: .atomic)
    let pipeline = Self.pipeline(
      template: template, nodes: nodes.lastPathComponent, port: port, inletPort: inletPort)
    try Data(pipeline.utf8).write(to: definition, options: .atomic)
  }

  /// The live pipeline with the simulated nodes, their addresses and the inlet's port in place of its own; health and
  /// metrics are on the port after it.
  static func pipeline(template: String, nodes: String, port: Int, inletPort: Int) -> String {
    var section = ""
    return template.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      let words = line.split(separator: ":", maxSplits: 1)
      let key = words.first.map(String.init) ?? ""
      if let first = key.first, first != " ", first != "#" { section = key }
      return switch (section, key) {
      case ("nodes", "nodes"): "nodes: \(nodes)"
      case ("sources", "    schemes"): "    schemes: [http]"
      case ("sources", "    ports"): "    ports: [\(port)]"
      case ("sources", "    networks"): "    networks: [127.0.0.1/32]"
      case ("server", "  port"): "  port: \(inletPort)"
      case ("operations", "  port"): "  port: \(inletPort < 65_535 ? inletPort + 1 : 0)"
      default: String(line)
      }
    }.joined(separator: "\n")
  }
}
