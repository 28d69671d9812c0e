import IncidentFusion
import InspectionModel
import InspectionPipeline
import Testing
import WorkOrders

/// What the district's own file makes of every kind of hazard.
@Suite struct JiangjinRoutingTests {
  enum Place: String, CaseIterable, Sendable {
    case inTown, outside, none

    var position: GeodeticPosition<CGCS2000>? {
      switch self {
      // 500 m from the seat of Baisha.
      case .inTown: GeodeticPosition(latitudeDegrees: 29.0676, longitudeDegrees: 106.1128)
      // Brighton Beach, where a recorded flight comes from.
      case .outside: GeodeticPosition(latitudeDegrees: 46.8, longitudeDegrees: -91.9)
      case .none: nil
      }
    }
  }

  struct Expected: Sendable {
    let hazardClass: String
    let code: String
    let tiersInTown: [GovernanceTier]
    /// Tiers where there is no town.
    var tiersElsewhere: [GovernanceTier] = [.district]
    let department: String
    let deadlines: [String]
  }

  /// Established on Tuesday 2026-11-24 at 20:00, sighted at that hour of the night.
  static let expected: [HazardKind: Expected] = [
    .fireSmoke: Expected(
      hazardClass: "fire_smoke", code: "21001", tiersInTown: [.townStreet, .district], department: "D02",
      deadlines: ["dispatch 2026-11-24T20:05", "onSite 2026-11-24T20:30"]),
    .water: Expected(
      hazardClass: "waterlogging", code: "21002", tiersInTown: [.townStreet], department: "D07",
      deadlines: ["handle 2026-11-25T14:30"]),
    .roadDamage: Expected(
      hazardClass: "road_damage", code: "06013", tiersInTown: [.townStreet], department: "D04",
      deadlines: ["barrier 2026-11-24T22:00", "repair 2026-12-01T18:00"]),
    .garbage: Expected(
      hazardClass: "garbage", code: "06010", tiersInTown: [.townStreet], department: "D04",
      deadlines: ["handle 2026-11-25T14:30"]),
    .congestion: Expected(
      hazardClass: "congestion", code: "21005", tiersInTown: [.district], department: "D05",
      deadlines: ["respond 2026-11-24T20:15"]),
    .darkness: Expected(
      hazardClass: "lighting", code: "01037", tiersInTown: [.townStreet], department: "D04",
      deadlines: ["handle 2026-11-25T00:00"]),
    .obstruction: Expected(
      hazardClass: "obstruction", code: "09006", tiersInTown: [.townStreet], department: "D04",
      deadlines: ["handle 2026-11-25T11:00"]),
  ]

  static let evening = Timestamp(iso8601: "2026-11-24T20:00:00+08:00", assuming: .utc)!

  private func incident(_ kind: HazardKind, at place: Place) -> Incident {
    Incident(
      id: "I-1", hazard: kind, state: .confirmed, peakScore: HazardScore(fraction: 0.85),
      confidence: HazardScore(fraction: 0.85), firstSeen: Self.evening, lastSeen: Self.evening,
      place: place.position.map { ObservedPlace(position: $0, sigmaMeters: 5, method: .projected) },
      witnesses: [Witness(kind: .ground, source: "JJ-T13")], observationKeys: ["k"], bestObservationKey: "k",
      vehicleCount: nil)
  }

  @Test(arguments: HazardKind.allCases, Place.allCases)
  func everyHazardGoesWhereTheFileSays(kind: HazardKind, place: Place) throws {
    let dispatcher = Dispatcher(governance: try PipelineFilesTests.governance().governance)
    let expected = try #require(Self.expected[kind])
    let incident = incident(kind, at: place)
    guard case .establish(let route) = dispatcher.decide(incident) else {
      Issue.record("no case: \(dispatcher.decide(incident).reason.en)")
      return
    }
    let order = dispatcher.workOrder(for: incident, on: route, establishedAt: Self.evening, serial: 3)
    #expect(order.hazardClass == expected.hazardClass)
    #expect(order.code.code == expected.code && order.code.matterCode == "500116" + expected.code)
    #expect(order.code.isLocalExtension == expected.code.hasPrefix("21"))
    #expect(order.departmentID == expected.department)
    #expect(order.tiers == (place == .inTown ? expected.tiersInTown : expected.tiersElsewhere))
    #expect(order.town?.code == (place == .inTown ? "500116108" : nil))
    #expect(
      order.deadlines.map { "\($0.step) \($0.due.iso8601(in: .shanghai).prefix(16))" } == expected.deadlines)
    #expect(order.caseNumber == "500116-20261124-N-000003")
    let words =
      switch place {
      case .inTown: "Baisha: no border is on file: nearest seat inside the district, 0.5 km away"
      case .outside: "Outside the district (Jiangjin District, Chongqing): the district holds the case."
      case .none: "No position is known: taken by the district for the source JJ-T13."
      }
    #expect(order.reason.en.contains(words))
  }

  /// Classes with two tiers go to both wherever there is a town.
  @Test func classesOfTwoTiersGoToBoth() throws {
    let governance = try PipelineFilesTests.governance().governance
    let both = governance.classes.filter { $0.tiers.count > 1 }.map(\.key)
    #expect(both == ["fire_smoke", "fire_lane"])
    for key in both {
      // A class that no camera sees is reached through a rule made for the test.
      var changed = governance
      changed.rules = governance.rules.map { rule in
        var rule = rule
        if rule.hazard == .obstruction { rule.outcome = .hazardClass(key) }
        return rule
      }
      let decision = Dispatcher(governance: changed).decide(incident(.obstruction, at: .inTown))
      guard case .establish(let route) = decision else {
        Issue.record("no case for \(key)")
        continue
      }
      #expect(route.tiers == [.townStreet, .district], "\(key)")
    }
  }

  @Test func darknessByDayIsNoCase() throws {
    let dispatcher = Dispatcher(governance: try PipelineFilesTests.governance().governance)
    var seen = incident(.darkness, at: .none)
    seen.firstSeen = Self.evening.advanced(bySeconds: -8 * 3600)
    seen.lastSeen = seen.firstSeen
    guard case .decline(let reason) = dispatcher.decide(seen) else {
      Issue.record("a case by day")
      return
    }
    #expect(reason.rule == "darkness-day")
  }
}
