import InspectionModel
import Testing
import WorkOrders

/// A case in a test: takes commands, keeps its file, and folds its events anew after each.
struct CaseDesk {
  static let life = CaseLife(governance: District.governance)
  static let handler = CaseActor(role: .handler, tier: .townStreet, name: "lead")
  static let dispatcher = CaseActor(role: .dispatcher, tier: .townStreet, name: "desk")
  static let districtDesk = CaseActor(role: .dispatcher, tier: .district, name: "district desk")
  static let checker = CaseActor(role: .checker, tier: .district, name: "checker")
  static let acceptor = CaseActor(role: .acceptor, tier: .district, name: "acceptor")
  static let supervisor = CaseActor(role: .supervisor, tier: .district, name: "supervisor")
  static let rule = CaseActor(role: .rule, tier: nil, name: "rule")
  static let procedure = AnalysisProcedure(name: "network", version: "1", parametersHash: "00")
  static let place = District.position(29.5, 106.5)

  var file: CaseFile
  var now: Timestamp

  static func time(_ text: String) -> Timestamp { Timestamp(iso8601: text, assuming: .shanghai)! }

  /// A case of a hazard in town C, seen by one fixed camera.
  init(
    _ hazard: HazardKind = .garbage, at start: String = "2026-11-24T10:00:00",
    state: Incident.State = .confirmed, place: GeodeticPosition<CGCS2000>? = CaseDesk.place,
    serial: Int = 1, witness: String = "ground-1"
  ) throws {
    now = Self.time(start)
    var incident = District.incident(
      hazard, at: place, first: hazard == .darkness ? "2026-11-23T23:00:00" : start, kinds: [.ground],
      state: state)
    incident.witnesses = [Witness(kind: .ground, source: witness)]
    let dispatcher = Dispatcher(governance: District.governance)
    guard case .establish(let route) = dispatcher.decide(incident) else {
      throw CaseFileFault.empty
    }
    let order = dispatcher.workOrder(for: incident, on: route, establishedAt: now, serial: serial)
    let picture = CaseEvidence(
      kind: .before, sha256: "aa", time: incident.firstSeen, score: HazardScore(fraction: 0.8),
      threshold: HazardScore(fraction: 0.5), procedure: Self.procedure, place: incident.place,
      witness: incident.witnesses[0])
    file = try CaseFile(events: [
      Self.life.establishment(of: order, for: incident, evidence: [picture], by: Self.rule)
    ])
  }

  /// Gives a command; the file folded from all its events has to be the one that grew event by event.
  @discardableResult
  mutating func give(_ command: CaseCommand, by actor: CaseActor, after minutes: Int = 1) throws
    -> [CaseEvent]
  {
    now = now.advanced(bySeconds: Double(minutes * 60))
    let events = try Self.life.events(for: command, on: file, at: now, by: actor)
    for event in events { try file.apply(event) }
    #expect(try CaseFile(events: file.events) == file)
    return events
  }

  /// Tells of the shares of limits that have passed.
  @discardableResult
  mutating func escalate(at instant: Timestamp) throws -> [CaseEvent] {
    now = instant
    let events = Self.life.dueEscalations(on: file, at: instant)
    for event in events { try file.apply(event) }
    return events
  }

  /// The refusal of a command; a test fails where there is none.
  func refusal(of command: CaseCommand, by actor: CaseActor) -> CaseRefusal? {
    do throws(CaseRefusal) {
      let events = try Self.life.events(
        for: command, on: file, at: now.advanced(bySeconds: 60), by: actor)
      Issue.record("not refused: \(events.map(\.step))")
      return nil
    } catch { return error }
  }

  /// To the state of handling.
  mutating func beginHandling() throws {
    if file.status == .collected { try give(.register, by: Self.acceptor) }
    try give(.dispatch(departmentID: nil), by: Self.dispatcher)
    try give(.accept, by: Self.handler)
  }

  /// To the end of a passed check.
  mutating func close() throws {
    if file.status != .handling, file.status != .returned { try beginHandling() }
    try give(.feedback(evidence: [], note: "done"), by: Self.handler)
    try give(.check(after: after(score: 0.1)), by: Self.checker)
  }

  /// A picture of the place a second before the next command.
  func after(
    score: Double, metersEast: Double = 0, sha256: String = "bb",
    procedure: AnalysisProcedure? = Self.procedure,
    kind: CaseEvidence.Kind = .after, time: Timestamp? = nil
  ) -> CaseEvidence {
    let position = LocalPlane(origin: Self.place).position(eastMeters: metersEast, northMeters: 0)
    return CaseEvidence(
      kind: kind, sha256: sha256, time: time ?? now.advanced(bySeconds: 59),
      score: HazardScore(fraction: score), threshold: HazardScore(fraction: 0.5), procedure: procedure,
      place: ObservedPlace(position: position, sigmaMeters: 5, method: .projected))
  }
}
