/// The kind of source that saw something. Witnesses of different kinds are independent.
package enum WitnessKind: String, Sendable, Hashable, Codable, CaseIterable {
  /// A drone's camera.
  case air
  /// A fixed camera of a node.
  case ground
  /// A grid worker or a resident.
  case person

  /// The source letter of a case number (`U` drone, `N` node, `P` person).
  package var caseLetter: Character {
    switch self {
    case .air: "U"
    case .ground: "N"
    case .person: "P"
    }
  }

  /// Name for people, in the given language.
  package func name(in language: Language) -> String {
    switch (self, language) {
    case (.air, .zh): "无人机"
    case (.air, .en): "drone"
    case (.ground, .zh): "固定摄像机"
    case (.ground, .en): "fixed camera"
    case (.person, .zh): "人员上报"
    case (.person, .en): "person"
    }
  }
}

/// Who saw it: the kind and the identifier of a flight, a node or a reporter.
package struct Witness: Sendable, Hashable, Codable {
  package var kind: WitnessKind
  /// Stable identifier of the source, unique within its kind.
  package var source: String

  package init(kind: WitnessKind, source: String) {
    self.kind = kind
    self.source = source
  }
}
