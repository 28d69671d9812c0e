package import InspectionModel

/// Rows of one way to group cases.
package struct StatisticsGroup: Sendable, Hashable {
  /// What cases are grouped by.
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    case hazardClass = "class"
    case town, department, tier

    /// Name for people, in the given language.
    package func name(in language: Language) -> String {
      switch (self, language) {
      case (.hazardClass, .zh): "隐患类别"
      case (.hazardClass, .en): "Hazard class"
      case (.town, .zh): "镇街"
      case (.town, .en): "Town or street"
      case (.department, .zh): "主责部门"
      case (.department, .en): "Lead department"
      case (.tier, .zh): "层级"
      case (.tier, .en): "Tier"
      }
    }
  }

  package var kind: Kind
  package var rows: [StatisticsRow]
}
