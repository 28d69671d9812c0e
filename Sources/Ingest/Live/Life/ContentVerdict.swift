/// What the analysis says of a node's latest pictures.
package enum ContentVerdict: Sendable, Hashable {
  /// Why pictures show too little.
  package enum Poorness: String, Sendable, Hashable, Codable, CaseIterable {
    case dark
    case covered
    case blurred
    case moved
  }

  case sound
  /// The same picture again and again, also when encoded anew.
  case frozen
  case poor(Poorness)
}
