/// Who takes a step of a case: a role, the tier it acts for and a name.
package struct CaseActor: Sendable, Hashable, Codable {
  /// The posts of a digital city management centre, and the rules of the governance file, which act by themselves.
  package enum Role: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
    case rule, collector, acceptor, dispatcher, handler, checker, supervisor

    /// Name for people, in the given language.
    package func name(in language: Language) -> String {
      switch (self, language) {
      case (.rule, .zh): "系统规则"
      case (.collector, .zh): "监督员"
      case (.acceptor, .zh): "受理员"
      case (.dispatcher, .zh): "派遣员"
      case (.handler, .zh): "处置单位"
      case (.checker, .zh): "核查员"
      case (.supervisor, .zh): "督办领导"
      case (_, .en): rawValue
      }
    }

    package static func < (left: Role, right: Role) -> Bool { left.rawValue < right.rawValue }
  }

  package var role: Role
  /// The tier it acts for; `nil` for the rules, which belong to none.
  package var tier: GovernanceTier?
  /// A person's post or a unit, such as `江津区城市管理局`; for a rule its identifier.
  package var name: String

  package init(role: Role, tier: GovernanceTier?, name: String) {
    self.role = role
    self.tier = tier
    self.name = name
  }
}
