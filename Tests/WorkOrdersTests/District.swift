import InspectionModel
import WorkOrders

/// A small district with known distances, and incidents in it.
enum District {
  static let calendar = WorkingCalendarTests.calendar

  static func position(_ latitude: Double, _ longitude: Double) -> GeodeticPosition<CGCS2000> {
    GeodeticPosition(latitudeDegrees: latitude, longitudeDegrees: longitude)
  }

  static func text(_ word: String) -> BilingualText { BilingualText(zh: "\(word)中", en: word) }

  static func hazardClass(
    _ key: String, tiers: [GovernanceTier], limit: String, steps: [HazardClass.SeverityStep] = [],
    code: String = "06010", neverPauses: Bool = false
  ) -> HazardClass {
    HazardClass(
      key: key, name: text(key), code: code, isLocalExtension: code.hasPrefix("21"), relatedCodes: [],
      leadDepartmentID: "D01", leadName: nil, supporting: [.department(id: "D02"), .localTown],
      tiers: tiers, steps: [HazardClass.Step(key: "handle", name: text("handle"), limit: WorkLimit(limit)!)],
      severity: .moderate, severitySteps: steps,
      alert: HazardClass.AlertFields(category: "Fire", urgency: "Immediate"), neverPauses: neverPauses)
  }

  static func rule(
    _ id: String, _ hazard: HazardKind, _ outcome: ClassificationRule.Outcome,
    time: ClassificationRule.TimeOfDay? = nil, area: String? = nil, steps: [HazardClass.Step]? = nil
  ) -> ClassificationRule {
    ClassificationRule(
      id: id, hazard: hazard, timeOfDay: time, areaKind: area, outcome: outcome, steps: steps,
      reason: text(id))
  }

  /// Box 29…30 N, 106…107 E; seats A (29.2, 106.2), B (29.8, 106.8) and C with a border around (29.5, 106.5).
  static let governance: Governance = {
    func seat(_ code: String, _ name: String, _ latitude: Double, _ longitude: Double, _ area: GroundArea?)
      -> Governance.TownSeat
    {
      Governance.TownSeat(
        town: WorkOrder.Town(code: code, nameZh: "\(name)镇", nameEn: name),
        position: position(latitude, longitude), errorMeters: 300, area: area)
    }
    func square(_ latitude: Double, _ longitude: Double) -> GroundArea {
      GroundArea(
        corners: [(-0.05, -0.05), (-0.05, 0.05), (0.05, 0.05), (0.05, -0.05)].map {
          position(latitude + $0.0, longitude + $0.1)
        })
    }
    let extreme = HazardClass.SeverityStep(
      severity: .extreme, peakScore: HazardScore(fraction: 0.95), confidence: HazardScore(fraction: 0.9),
      vehicleCount: nil, tiers: [.townStreet, .city])
    let busy = HazardClass.SeverityStep(
      severity: .severe, peakScore: .zero, confidence: .zero, vehicleCount: 50, tiers: nil)
    let row = HazardClass.Step(key: "row", name: text("row"), limit: WorkLimit("4 h")!)
    return Governance(
      divisionCode: "500116", name: text("district"),
      area: GroundArea(southDegrees: 29, westDegrees: 106, northDegrees: 30, eastDegrees: 107),
      towns: [
        seat("500116001", "A", 29.2, 106.2, nil), seat("500116002", "B", 29.8, 106.8, nil),
        seat("500116003", "C", 29.5, 106.5, square(29.5, 106.5)),
      ],
      departments: [
        Governance.Department(id: "D01", name: text("lead")),
        Governance.Department(id: "D02", name: text("support")),
      ],
      knownAreas: [
        Governance.KnownArea(kind: "watercourse", name: text("river"), area: square(29.3, 106.3))
      ],
      classes: [
        hazardClass(
          "fire", tiers: [.townStreet, .district], limit: "5 min", steps: [extreme], code: "21001",
          neverPauses: true),
        hazardClass("ponding", tiers: [.townStreet], limit: "4 working h"),
        hazardClass("lamp", tiers: [.townStreet], limit: "1 working d"),
        hazardClass("jam", tiers: [.district], limit: "15 min", steps: [busy]),
      ],
      rules: [
        rule("fire-any", .fireSmoke, .hazardClass("fire")),
        rule("water-river", .water, .noCase, area: "watercourse"),
        rule("water-any", .water, .hazardClass("ponding")),
        rule("dark-day", .darkness, .noCase, time: .day),
        rule("dark-night", .darkness, .hazardClass("lamp"), steps: [row]),
        rule("jam-any", .congestion, .hazardClass("jam")),
        rule("road-any", .roadDamage, .hazardClass("ponding")),
        rule("garbage-any", .garbage, .hazardClass("ponding")),
        rule("obstruction-any", .obstruction, .hazardClass("ponding")),
      ],
      night: ClockSpan("19:00-07:00")!, calendar: calendar,
      escalation: [
        Governance.EscalationStep(percent: 50, action: text("p50")),
        Governance.EscalationStep(percent: 80, action: text("p80")),
        Governance.EscalationStep(percent: 100, action: text("p100"), effect: .supervise(.district)),
        Governance.EscalationStep(percent: 150, action: text("p150"), effect: .takeOver(.district)),
      ],
      attributions: [], caseRules: caseRules, campaigns: [])
  }()

  /// The district may push down ponding; three lessons raise a threshold by 0.06, at most by 0.1.
  static let caseRules = CaseRules(
    pushDown: [.district: ["ponding"]],
    closing: CaseRules.Closing(gateSigmas: 3, spreadMeters: 10),
    tuning: CaseRules.Tuning(
      step: HazardScore(fraction: 0.02), maximum: HazardScore(fraction: 0.1),
      ceiling: HazardScore(fraction: 0.95), minimumDecisions: 3, bandHours: 4),
    alarms: CaseRules.Alarms(perHour: [.townStreet: 3, .district: 2], alwaysFrom: .severe))

  static func incident(
    _ hazard: HazardKind, at place: GeodeticPosition<CGCS2000>?, score: Double = 0.8,
    confidence: Double = 0.8,
    first: String = "2026-11-24T10:00:00", last: String? = nil, kinds: [WitnessKind] = [.air],
    state: Incident.State = .confirmed, vehicles: Int? = nil, sigma: Double = 5
  ) -> Incident {
    let start = Timestamp(iso8601: first, assuming: .shanghai)!
    return Incident(
      id: "I-1", hazard: hazard, state: state, peakScore: HazardScore(fraction: score),
      confidence: HazardScore(fraction: confidence), firstSeen: start,
      lastSeen: last.map { Timestamp(iso8601: $0, assuming: .shanghai)! } ?? start,
      place: place.map { ObservedPlace(position: $0, sigmaMeters: sigma, method: .projected) },
      witnesses: kinds.map { Witness(kind: $0, source: "\($0.rawValue)-1") }, observationKeys: ["k"],
      bestObservationKey: "k", vehicleCount: vehicles)
  }
}
