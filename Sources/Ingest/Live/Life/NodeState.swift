/// How a node is.
package enum NodeState: String, Sendable, Hashable, Codable, CaseIterable {
  /// No picture yet, and not long enough for `offline`.
  case connecting
  /// New, sound pictures come.
  case live
  /// No new picture for max(5 s, 2.5 periods).
  case stale
  /// The same picture again and again.
  case frozen
  /// Pictures that show too little: dark, covered, blurred, moved.
  case poor
  /// No new picture for max(10 s, 5 periods).
  case offline
  /// Switched off in the definition.
  case disabled
}
