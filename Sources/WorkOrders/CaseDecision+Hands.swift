import InspectionModel

/// Who holds a case: departments, and tiers in their order.
extension CaseDecision {
  func dispatch(to id: String?) throws(CaseRefusal) -> CaseStep {
    guard let id, id != order.departmentID else {
      return .dispatched(department: order.department, departmentID: order.departmentID)
    }
    return .dispatched(department: try department(id).name.zh, departmentID: id)
  }

  func handSideways(to id: String) throws(CaseRefusal) -> CaseStep {
    _ = try holdingTier()
    guard id != order.departmentID else {
      throw refusal(
        .unknownDepartment, zh: "案件已在\(order.department)", en: "\(order.department) holds it already")
    }
    return .handedSideways(department: try department(id).name.zh, departmentID: id)
  }

  func handUp() throws(CaseRefusal) -> CaseStep {
    let from = try holdingTier()
    guard let to = GovernanceTier.allCases.sorted().first(where: { $0 > from }) else {
      throw refusal(.wrongTier, zh: "市级之上没有上一级", en: "there is no tier above the city")
    }
    return .handedUp(from: from, to: to, tiers: tiers(without: from, with: to))
  }

  func pushDown() throws(CaseRefusal) -> CaseStep {
    let from = try holdingTier()
    guard let to = GovernanceTier.allCases.sorted().last(where: { $0 < from }) else {
      throw refusal(.wrongTier, zh: "镇街之下没有下一级", en: "there is no tier below the town")
    }
    guard governance.caseRules.pushDown[from]?.contains(order.hazardClass) == true else {
      throw refusal(
        .notOnPushDownList,
        zh: "“\(order.nameZh)”不在\(from.name(in: .zh))的分级分类库下派清单内",
        en: "class \(order.hazardClass) is not on the list of what the \(from.rawValue) may push down")
    }
    guard to != .townStreet || order.town != nil else {
      throw refusal(.wrongTier, zh: "案件没有所属镇街", en: "the case lies in no town")
    }
    return .pushedDown(from: from, to: to, tiers: tiers(without: from, with: to))
  }

  /// The actor's tier, which has to be one of those that hold the case.
  private func holdingTier() throws(CaseRefusal) -> GovernanceTier {
    guard let tier = actor.tier, order.tiers.contains(tier) else {
      throw refusal(
        .wrongTier,
        zh: "案件由\(order.tiers.map { $0.name(in: .zh) }.joined(separator: "、"))持有，"
          + "不是\(actor.tier?.name(in: .zh) ?? "无层级")",
        en: "held by \(order.tiers.map(\.rawValue).joined(separator: " and ")), "
          + "not by \(actor.tier?.rawValue ?? "no tier")")
    }
    return tier
  }

  private func tiers(without old: GovernanceTier, with new: GovernanceTier) -> [GovernanceTier] {
    Set(order.tiers).subtracting([old]).union([new]).sorted()
  }

  private func department(_ id: String) throws(CaseRefusal) -> Governance.Department {
    guard let department = governance.department(id) else {
      throw refusal(.unknownDepartment, zh: "没有部门 \(id)", en: "no department \(id) is on file")
    }
    return department
  }
}
