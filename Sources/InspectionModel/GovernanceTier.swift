/// A level of the governance centre.
package enum GovernanceTier: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
  case townStreet = "town_street"
  case district
  case city

  /// Name for people, in the given language.
  package func name(in language: Language) -> String {
    switch (self, language) {
    case (.townStreet, .zh): "镇街"
    case (.townStreet, .en): "town/street"
    case (.district, .zh): "区级"
    case (.district, .en): "district"
    case (.city, .zh): "市级"
    case (.city, .en): "city"
    }
  }

  private var rank: Int {
    switch self {
    case .townStreet: 0
    case .district: 1
    case .city: 2
    }
  }

  package static func < (left: GovernanceTier, right: GovernanceTier) -> Bool { left.rank < right.rank }
}
