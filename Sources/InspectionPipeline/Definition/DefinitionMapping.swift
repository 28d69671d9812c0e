/// The entries of a mapping whose keys are all known.
struct DefinitionMapping {
  let node: DefinitionNode
  private let values: [String: DefinitionNode]

  init(node: DefinitionNode, values: [String: DefinitionNode]) {
    self.node = node
    self.values = values
  }

  /// The value of a key that has to be there.
  func required(_ key: String) throws(DefinitionError) -> DefinitionNode {
    guard let value = values[key] else { throw node.error("the key '\(key)' is missing") }
    return value
  }

  /// The value of a key, or `nil`.
  func optional(_ key: String) -> DefinitionNode? { values[key] }
}
