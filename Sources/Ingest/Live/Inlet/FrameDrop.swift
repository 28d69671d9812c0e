/// Why a picture of a node was not handed on. Pictures are dropped here only, at the entrance.
package enum FrameDrop: String, Sendable, Hashable, CaseIterable, Comparable {
  /// A newer picture of the same node came before anybody took this one.
  case superseded
  /// Larger than one frame may be.
  case tooLarge = "too_large"
  /// Larger than the node's fair share while the shelf was full.
  case noRoom = "no_room"
  /// No node of the definition.
  case unknownNode = "unknown_node"
  /// Neither JPEG nor PNG, or cut off before its end.
  case damaged
  /// The run ends.
  case closed

  package static func < (left: FrameDrop, right: FrameDrop) -> Bool { left.rawValue < right.rawValue }
}
