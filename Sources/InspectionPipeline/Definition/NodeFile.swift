package import Ingest
import InspectionModel

/// The points of a video network: `Pipelines/nodes/*.yaml`.
package struct NodeFile: Sendable, Hashable {
  package let source: DefinitionSource
  package let nodes: [LiveNode]

  private static let keys = [
    "id", "gbDeviceId", "unit", "unitEnglish", "town", "position", "view", "endpoint", "periodSeconds",
    "lane",
  ]

  /// Reads a node file.
  ///
  /// - Parameter policy: every address has to pass it as far as that can be told without looking names up.
  /// - Throws: at the first value that is missing, unknown, of a wrong type or refused.
  package init(_ source: DefinitionSource, policy: AddressPolicy) throws(DefinitionError) {
    self.source = source
    let top = try DefinitionNode(source).mapping(["note", "nodes"])
    let items = try top.required("nodes").items()
    var nodes: [LiveNode] = []
    var ids: Set<String> = []
    var deviceIDs: Set<String> = []
    for item in items {
      let node = try Self.node(item, policy: policy)
      guard ids.insert(node.id).inserted else { throw item.error("a second node '\(node.id)'") }
      if let deviceID = node.gbDeviceID, !deviceIDs.insert(deviceID).inserted {
        throw item.error("a second node with the GB/T 28181 id \(deviceID)")
      }
      nodes.append(node)
    }
    self.nodes = nodes
  }

  private static func node(
    _ item: DefinitionNode, policy: AddressPolicy
  ) throws(DefinitionError) -> LiveNode {
    let entry = try item.mapping(keys)
    let (endpoint, credentials) = try endpoint(entry.required("endpoint"), policy: policy)
    return LiveNode(
      id: try entry.required("id").value("letters, digits, '.', '-', '_', at most 64") {
        LiveNode.isID($0) ? $0 : nil
      },
      gbDeviceID: try entry.optional("gbDeviceId").map { node throws(DefinitionError) in
        try digits(node, count: 20)
      },
      unitName: try entry.required("unit").text(),
      unitNameEnglish: try entry.optional("unitEnglish").map { node throws(DefinitionError) in
        try node.text()
      },
      townCode: try entry.optional("town").map { node throws(DefinitionError) in
        try digits(node, count: 9)
      },
      position: try entry.optional("position").map { node throws(DefinitionError) in try position(node) },
      view: try entry.optional("view").map { node throws(DefinitionError) in try view(node) },
      endpoint: endpoint, credentials: credentials,
      periodSeconds: try entry.required("periodSeconds").number(in: 0.01...86_400),
      lane: try entry.optional("lane").map { node throws(DefinitionError) in
        try node.word("lane", as: LiveNode.Lane.self)
      } ?? .normal)
  }

  private static func digits(_ node: DefinitionNode, count: Int) throws(DefinitionError) -> String {
    try node.value("\(count) digits") { text in
      text.utf8.count == count && text.utf8.allSatisfy { (48...57).contains($0) } ? text : nil
    }
  }

  private static func position(
    _ node: DefinitionNode
  ) throws(DefinitionError) -> GeodeticPosition<CGCS2000> {
    let entry = try node.mapping(["latitude", "longitude", "heightAboveGround"])
    return GeodeticPosition(
      latitudeDegrees: try entry.required("latitude").number(in: -90...90),
      longitudeDegrees: try entry.required("longitude").number(in: -180...180),
      heightMetersAboveGround: try entry.optional("heightAboveGround").map { node throws(DefinitionError) in
        try node.number(in: 0...1000)
      })
  }

  private static func view(_ node: DefinitionNode) throws(DefinitionError) -> LiveNode.View {
    let entry = try node.mapping(["heading", "fieldOfView", "range"])
    return LiveNode.View(
      headingDegrees: try entry.required("heading").number(in: 0...360),
      fieldOfViewDegrees: try entry.required("fieldOfView").number(in: 1...360),
      rangeMeters: try entry.required("range").number(in: 1...100_000))
  }

  private typealias Endpoint = (NodeEndpoint?, SecretName?)

  /// `none`, or a mapping with `kind` and what that kind needs.
  private static func endpoint(
    _ node: DefinitionNode, policy: AddressPolicy
  ) throws(DefinitionError) -> Endpoint {
    if let word = try? node.text() {
      guard word == "none" else {
        throw node.error(expected: "'none', or a mapping with 'kind' and 'address', 'path' or 'token'")
      }
      return (nil, nil)
    }
    let entry = try node.mapping(["kind", "address", "path", "credentials", "token"])
    let kindNode = try entry.required("kind")
    let kind = try kindNode.text()
    let credentials = try entry.optional("credentials").map { node throws(DefinitionError) in
      try secret(node)
    }
    func only(_ keys: [String]) throws(DefinitionError) {
      for key in ["address", "path", "credentials", "token"] where !keys.contains(key) {
        if let other = entry.optional(key) { throw other.error("an endpoint of kind \(kind) has none") }
      }
    }
    switch kind {
    case "http-mjpeg", "http-snapshot", "rtsp":
      try only(["address", "credentials"])
      let address = try address(entry.required("address"), policy: policy, isRTSP: kind == "rtsp")
      let endpoint: NodeEndpoint =
        kind == "rtsp" ? .rtsp(address) : kind == "http-mjpeg" ? .httpMJPEG(address) : .httpSnapshot(address)
      return (endpoint, credentials)
    case "push":
      try only(["token"])
      return (.push, try secret(entry.required("token")))
    case "directory":
      try only(["path"])
      return (.directory(path: resolved(try entry.required("path").text(), in: node.file)), nil)
    default:
      throw kindNode.error(
        unknown: "kind of endpoint", kind,
        known: ["http-mjpeg", "http-snapshot", "push", "directory", "rtsp"])
    }
  }

  private static func address(
    _ node: DefinitionNode, policy: AddressPolicy, isRTSP: Bool
  ) throws(DefinitionError) -> NodeAddress {
    do throws(AddressRefusal) {
      let address = try NodeAddress(node.looseText)
      guard address.scheme.hasPrefix("rtsp") == isRTSP else {
        throw AddressRefusal(.scheme, "expected \(isRTSP ? "rtsp or rtsps" : "http or https") as scheme")
      }
      try policy.check(address)
      return address
    } catch {
      // Never the address itself: it may carry what it should not.
      throw node.error("refused (\(error.reason.rawValue)): \(error.detail)")
    }
  }

  /// A path, relative ones from the folder of the file that names it; from the working folder for a built-in file.
  private static func resolved(_ path: String, in file: String) -> String {
    guard !path.hasPrefix("/"), !file.hasPrefix("built-in:"), let slash = file.lastIndex(of: "/") else {
      return path
    }
    return String(file[...slash]) + path
  }

  /// `environment: NAME` or `file: PATH`.
  static func secret(_ node: DefinitionNode) throws(DefinitionError) -> SecretName {
    let entry = try node.mapping(["environment", "file"])
    switch (entry.optional("environment"), entry.optional("file")) {
    case (let name?, nil):
      return .environment(
        try name.value("the name of an environment variable") { text in
          let isName = text.utf8.allSatisfy {
            (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 95
          }
          return isName && !text.isEmpty ? text : nil
        })
    case (nil, let path?): return .file(resolved(try path.text(), in: node.file))
    default: throw node.error(expected: "'environment' or 'file', where the secret is kept")
    }
  }
}
