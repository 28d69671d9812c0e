/// What is seen in a picture. Which case class it becomes depends on place and time (`HazardClass` of the
/// governance file).
package enum HazardKind: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
  case fireSmoke = "fire_smoke"
  case water
  case roadDamage = "road_damage"
  case garbage
  case congestion
  case darkness
  case obstruction

  /// Name for people, in the given language.
  package func name(in language: Language) -> String {
    switch (self, language) {
    case (.fireSmoke, .zh): "烟火"
    case (.fireSmoke, .en): "fire or smoke"
    case (.water, .zh): "积水"
    case (.water, .en): "standing water"
    case (.roadDamage, .zh): "道路破损"
    case (.roadDamage, .en): "road damage"
    case (.garbage, .zh): "暴露垃圾"
    case (.garbage, .en): "exposed garbage"
    case (.congestion, .zh): "交通拥堵"
    case (.congestion, .en): "congestion"
    case (.darkness, .zh): "照明缺失"
    case (.darkness, .en): "darkness"
    case (.obstruction, .zh): "占道堵塞"
    case (.obstruction, .en): "obstruction"
    }
  }

  package static func < (left: HazardKind, right: HazardKind) -> Bool { left.rawValue < right.rawValue }
}

/// A language of user-facing text.
package enum Language: String, Sendable, CaseIterable, Codable {
  case zh
  case en
}
