import InspectionModel
import TestSupport
import Testing
import WorkOrders

@Suite struct DispatcherTests {
  let dispatcher = Dispatcher(governance: District.governance)
  let noon = Timestamp(iso8601: "2026-11-24T12:00:00", assuming: .shanghai)!

  private func order(_ incident: Incident, at instant: Timestamp? = nil, serial: Int = 1) throws -> WorkOrder
  {
    guard case .establish(let route) = dispatcher.decide(incident) else {
      throw Declined(reason: dispatcher.decide(incident).reason.en)
    }
    return dispatcher.workOrder(for: incident, on: route, establishedAt: instant ?? noon, serial: serial)
  }

  private struct Declined: Error { let reason: String }

  @Test func theWholeCaseOfAFire() throws {
    let order = try order(District.incident(.fireSmoke, at: District.position(29.21, 106.2)), serial: 42)
    #expect(order.caseNumber == "500116-20261124-U-000042")
    #expect(
      order.code == WorkOrder.CaseCode(code: "21001", matterCode: "50011621001", isLocalExtension: true))
    #expect(order.tiers == [.townStreet, .district])
    #expect(order.department == "lead中" && order.departmentID == "D01")
    #expect(order.supportingDepartments == ["support中", "A镇"])
    #expect(order.town?.code == "500116001")
    #expect(order.severity == .moderate && order.status == .registered)
    #expect(order.deadlines.map { $0.due.iso8601(in: .shanghai) } == ["2026-11-24T12:05:00.000+08:00"])
    #expect(order.reason.rule == "fire-any")
    #expect(
      order.reason.en
        == "Rule fire-any: fire-any. A: no border is on file: nearest seat inside the district, 1.1 km away. "
        + "Goes to town/street and district at once.")
    #expect(
      order.reason.zh == "规则 fire-any：fire-any中。A镇：无边界数据，取区内最近驻地，相距 1.1 公里。同时派至镇街、区级。")
  }

  @Test func aPlaceOutsideTheDistrictNeverHasATown() throws {
    // 1 km beyond the border, nearer to seat A than most of the district.
    let order = try order(District.incident(.fireSmoke, at: District.position(28.99, 106.2)))
    #expect(order.town == nil && order.tiers == [.district])
    #expect(order.reason.en.contains("Outside the district (district): the district holds the case."))
    #expect(order.supportingDepartments == ["support中", "属地镇街"])
  }

  @Test func withoutPositionTheSourceGoesToTheDistrict() throws {
    let order = try order(District.incident(.water, at: nil, kinds: [.air, .ground]))
    #expect(order.town == nil && order.tiers == [.district])
    #expect(
      order.reason.en.contains("No position is known: taken by the district for the source air-1, ground-1."))
    #expect(order.reason.zh.contains("无位置信息，按来源 air-1、ground-1 由区级受理。"))
  }

  @Test func aBorderDecidesBeforeASeat() throws {
    let inside = try order(District.incident(.water, at: District.position(29.46, 106.46)))
    #expect(inside.town?.nameEn == "C")
    #expect(inside.reason.en.contains("C: the place lies within its border."))
    // Nearer to the seat of C than to any other, but outside its border: C is excluded.
    let beside = try order(District.incident(.water, at: District.position(29.57, 106.5)))
    #expect(beside.town?.nameEn == "B")
  }

  @Test func nearlyEqualSeatsAreSaidToBe() throws {
    let between = try order(District.incident(.roadDamage, at: District.position(29.5, 106.57), sigma: 9000))
    #expect(between.reason.en.contains("(A is nearly as near: to be checked)"))
    let clear = try order(District.incident(.roadDamage, at: District.position(29.21, 106.2)))
    #expect(!clear.reason.en.contains("nearly as near"))
  }

  @Test func aDocumentedNo() {
    func decline(_ incident: Incident) -> String? {
      guard case .decline(let reason) = dispatcher.decide(incident) else { return nil }
      return reason.rule
    }
    #expect(decline(District.incident(.water, at: District.position(29.3, 106.3))) == "water-river")
    #expect(decline(District.incident(.water, at: District.position(29.36, 106.3))) == nil)
    #expect(decline(District.incident(.water, at: nil)) == nil)
    #expect(decline(District.incident(.darkness, at: nil, first: "2026-11-24T18:59:59")) == "dark-day")
    #expect(decline(District.incident(.darkness, at: nil, first: "2026-11-24T19:00:00")) == nil)
    #expect(decline(District.incident(.darkness, at: nil, first: "2026-11-24T06:59:00")) == nil)
    #expect(decline(District.incident(.darkness, at: nil, first: "2026-11-24T07:00:00")) == "dark-day")
    #expect(
      decline(
        District.incident(.darkness, at: nil, first: "2026-11-24T18:00:00", last: "2026-11-24T19:30:00"))
        == nil)
  }

  @Test func aRuleMayHaveLimitsOfItsOwn() throws {
    let order = try order(District.incident(.darkness, at: nil, first: "2026-11-24T20:00:00"))
    #expect(order.deadlines.map(\.step) == ["row"])
    #expect(order.deadlines.first?.due == noon.advanced(bySeconds: 4 * 3600))
  }

  @Test func severityRisesWithScoreConfidenceAndVehicles() throws {
    let place = District.position(29.21, 106.2)
    func order(_ score: Double, _ confidence: Double) throws -> WorkOrder {
      try self.order(District.incident(.fireSmoke, at: place, score: score, confidence: confidence))
    }
    #expect(try order(0.949999, 1).severity == .moderate)
    #expect(try order(1, 0.899999).severity == .moderate)
    let extreme = try order(0.95, 0.9)
    #expect(extreme.severity == .extreme && extreme.tiers == [.townStreet, .city])
    #expect(extreme.reason.en.contains("score at least 0.950000, confidence at least 0.900000"))
    func jam(_ vehicles: Int?) throws -> Severity {
      try self.order(District.incident(.congestion, at: place, vehicles: vehicles)).severity
    }
    #expect(try jam(nil) == .moderate && jam(49) == .moderate && jam(50) == .severe)
  }

  @Test func suspectedIncidentsWaitForAPerson() throws {
    let order = try order(District.incident(.garbage, at: nil, state: .suspected))
    #expect(order.status == .collected)
    #expect(order.reason.en.hasSuffix("The incident is suspected and waits for a person's check."))
  }

  @Test func theSeriesFollowsSourceAndLocalDay() {
    func prefix(_ kinds: [WitnessKind], _ instant: String) -> String {
      dispatcher.series(
        of: District.incident(.garbage, at: nil, kinds: kinds),
        establishedAt: Timestamp(iso8601: instant, assuming: .utc)!
      ).prefix
    }
    #expect(prefix([.ground], "2026-11-24T15:59:59Z") == "500116-20261124-N-")
    #expect(prefix([.ground], "2026-11-24T16:00:00Z") == "500116-20261125-N-")
    #expect(prefix([.person, .ground, .air], "2026-12-31T16:00:00Z") == "500116-20270101-U-")
    #expect(prefix([.person], "2026-11-24T00:00:00Z") == "500116-20261124-P-")
  }

  @Test func aLimitThatRunsIntoAnUnknownYearSaysSo() throws {
    let incident = District.incident(.garbage, at: nil)
    let newYear = Timestamp(iso8601: "2026-12-31T17:30:00", assuming: .shanghai)!
    #expect(
      try order(incident, at: newYear).reason.en.hasSuffix(
        "The holidays of 2027 are not on file: only weekends count."))
    #expect(try order(incident, at: newYear).reason.zh.hasSuffix("2027 年节假日安排未录入，时限只按周末推算。"))
    #expect(try !order(incident).reason.en.contains("not on file"))
    // A limit on the clock does not depend on holidays.
    #expect(
      try !order(District.incident(.congestion, at: nil), at: newYear).reason.en.contains("not on file"))
  }

  /// Wherever and however it was seen: a case without town is never a town's, and equal input gives equal output.
  @Test(arguments: 0..<50 as Range<UInt64>)
  func randomIncidentsKeepTheInvariants(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<40 {
      let place = District.position(
        .random(in: 28.9...30.1, using: &generator), .random(in: 105.9...107.1, using: &generator))
      let incident = District.incident(
        HazardKind.allCases.randomElement(using: &generator) ?? .water,
        at: Int.random(in: 0..<5, using: &generator) == 0 ? nil : place,
        score: .random(in: 0...1, using: &generator), confidence: .random(in: 0...1, using: &generator),
        sigma: .random(in: 0.1...5000, using: &generator))
      guard case .establish(let route) = dispatcher.decide(incident) else { continue }
      let order = dispatcher.workOrder(for: incident, on: route, establishedAt: noon, serial: 7)
      let inside = incident.place.map { District.governance.area.contains($0.position) } ?? false
      #expect((order.town != nil) == inside, "seed \(seed)")
      #expect(order.tiers.contains(.townStreet) == false || inside, "seed \(seed)")
      #expect(!order.tiers.isEmpty && order.tiers == order.tiers.sorted(), "seed \(seed)")
      if order.hazardClass == "fire", inside { #expect(order.tiers.count == 2, "seed \(seed)") }
      #expect(order.deadlines.allSatisfy { $0.due > noon }, "seed \(seed)")
      #expect(dispatcher.decide(incident) == .establish(route), "seed \(seed)")
    }
  }
}
