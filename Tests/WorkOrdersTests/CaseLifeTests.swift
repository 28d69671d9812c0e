import InspectionModel
import TestSupport
import Testing
import WorkOrders

@Suite struct CaseLifeTests {
  @Test func aCaseGoesThroughTheSevenLinks() throws {
    var desk = try CaseDesk(state: .suspected)
    #expect(desk.file.status == .collected)
    try desk.give(.register, by: CaseDesk.acceptor)
    try desk.give(.dispatch(departmentID: nil), by: CaseDesk.dispatcher)
    try desk.give(.accept, by: CaseDesk.handler)
    try desk.give(.feedback(evidence: [desk.after(score: 0.2)], note: "cleared"), by: CaseDesk.handler)
    try desk.give(.check(after: desk.after(score: 0.49)), by: CaseDesk.checker)
    try desk.give(.evaluate(grade: 5, note: "on time"), by: CaseDesk.supervisor)
    #expect(
      desk.file.arrivals.map(\.status) == [
        .collected, .registered, .dispatched, .handling, .feedback, .checked, .evaluated,
      ])
    #expect(desk.file.closedAt == CaseDesk.time("2026-11-24T10:05:00"))
    #expect(desk.file.grade == 5 && desk.file.evidence.count == 3)
    #expect(desk.file.events.map(\.sequence) == Array(1...7))
    #expect(desk.file.events[4].reason.en == "the unit says that it is done: cleared")
  }

  /// Every pair of state and command: what the table allows goes through and leads where it says; the rest is refused
  /// with the right words and changes nothing.
  @Test(arguments: CaseCommand.Kind.allCases) func theTableIsTheLaw(kind: CaseCommand.Kind) throws {
    let row = CaseLife.transition(kind)
    for status in WorkOrder.Status.allCases {
      var desk = try Self.desk(in: status)
      #expect(desk.file.status == status)
      let command = Self.example(of: kind, on: desk)
      #expect(command.kind == kind)
      for role in CaseActor.Role.allCases {
        let actor = CaseActor(role: role, tier: .district, name: "x")
        let isAllowed = row.from.contains(status) && row.roles.contains(role)
        #expect(CaseLife.allowed(in: status, for: role).contains(kind) == isAllowed)
        if isAllowed { continue }
        let refusal = try #require(desk.refusal(of: command, by: actor), "\(kind) in \(status) by \(role)")
        #expect(refusal.cause == (row.from.contains(status) ? .wrongRole : .wrongState))
        #expect(refusal.status == status && refusal.command == kind)
        #expect(refusal.allowed == CaseLife.allowed(in: status, for: role).filter { $0 != kind })
      }
      guard row.from.contains(status), let role = row.roles.first else { continue }
      try desk.give(command, by: CaseActor(role: role, tier: desk.file.order.tiers[0], name: "x"))
      let expected = row.to.isEmpty ? [status] : row.to + (Self.mayStay.contains(kind) ? [status] : [])
      #expect(expected.contains(desk.file.status), "\(kind) in \(status) led to \(desk.file.status)")
    }
  }

  /// New sightings and confirmations register a case that waits for them, and leave others where they are.
  private static let mayStay: [CaseCommand.Kind] = [.see, .confirm]

  private static func desk(in status: WorkOrder.Status) throws -> CaseDesk {
    var desk = try CaseDesk(state: status == .collected ? .suspected : .confirmed)
    // The district holds it, so that tiers above and below exist.
    if status != .collected { try desk.give(.handUp(reason: "r"), by: CaseDesk.dispatcher) }
    switch status {
    case .collected, .registered: break
    case .dispatched: try desk.give(.dispatch(departmentID: nil), by: CaseDesk.dispatcher)
    case .handling: try desk.beginHandling()
    case .feedback:
      try desk.beginHandling()
      try desk.give(.feedback(evidence: [], note: ""), by: CaseDesk.handler)
    case .checked: try desk.close()
    case .evaluated:
      try desk.close()
      try desk.give(.evaluate(grade: 3, note: ""), by: CaseDesk.supervisor)
    case .returned:
      try desk.beginHandling()
      try desk.give(.feedback(evidence: [], note: ""), by: CaseDesk.handler)
      try desk.give(.sendBack(reason: "r"), by: CaseDesk.checker)
    case .paused: try desk.give(.pause(reason: "r"), by: CaseDesk.dispatcher)
    case .merged: try desk.give(.merge(into: "other", reason: "r"), by: CaseDesk.acceptor)
    case .void: try desk.give(.void(reason: "r"), by: CaseDesk.acceptor)
    }
    return desk
  }

  private static func example(of kind: CaseCommand.Kind, on desk: CaseDesk) -> CaseCommand {
    let witness = Witness(kind: .person, source: "p")
    var sighting = desk.file.sighting
    sighting.observationCount += 1
    return switch kind {
    case .register: .register
    case .dispatch: .dispatch(departmentID: "D02")
    case .accept: .accept
    case .reach: .reach(step: "handle")
    case .feedback: .feedback(evidence: [], note: "")
    case .check: .check(after: desk.after(score: 0.1))
    case .evaluate: .evaluate(grade: 1, note: "")
    case .decline: .decline(reason: "r")
    case .sendBack: .sendBack(reason: "r")
    case .handUp: .handUp(reason: "r")
    case .handSideways: .handSideways(departmentID: "D02", reason: "r")
    case .pushDown: .pushDown(reason: "r")
    case .reopen: .reopen(reason: "r")
    case .pause: .pause(reason: "r")
    case .resume: .resume
    case .extend: .extend(step: "handle", by: .workingDays(1), reason: "r")
    case .merge: .merge(into: "other", reason: "r")
    case .void: .void(reason: "r")
    case .notAHazard: .notAHazard(reason: "r")
    case .linkDuplicate: .linkDuplicate(of: "other")
    case .see: .see(sighting)
    case .miss: .miss(by: witness, at: desk.now)
    case .confirm: .confirm(by: witness)
    case .add: .add(evidence: [desk.after(score: 0.5, sha256: "cc", kind: .before)])
    case .note: .note("n")
    }
  }

  @Test func theTableHasOneRowPerCommandAndPrints() {
    #expect(CaseLife.table.map(\.command).count == CaseCommand.Kind.allCases.count)
    #expect(Set(CaseLife.table.map(\.command)) == Set(CaseCommand.Kind.allCases))
    #expect(CaseLife.transition(.decline).text(in: .zh) == "退单: 任务派遣 → 案卷建立 (处置单位；须说明理由)")
    #expect(CaseLife.transition(.note).text(in: .en).contains("→ stays"))
    // The handler changes only state, words and pictures.
    let handler = CaseLife.table.filter { $0.roles.contains(.handler) }.map(\.command)
    #expect(handler == [.accept, .reach, .feedback, .decline, .add, .note])
    // Closing comes only from checking.
    #expect(CaseLife.table.filter { $0.to.contains(.checked) }.map(\.command) == [.check])
  }

  @Test func reasonsAreDemanded() throws {
    let desk = try CaseDesk()
    for words in ["", "  \n"] {
      for command in [
        CaseCommand.void(reason: words), .pause(reason: words), .notAHazard(reason: words),
        .extend(step: "handle", by: .workingDays(1), reason: words), .handUp(reason: words),
      ] {
        let actor = command.kind == .notAHazard ? CaseDesk.acceptor : CaseDesk.dispatcher
        #expect(desk.refusal(of: command, by: actor)?.cause == .missingReason)
      }
    }
  }

  @Test func aRefusalSaysWhatWouldDo() throws {
    let desk = try CaseDesk()
    let refusal = try #require(desk.refusal(of: .feedback(evidence: [], note: ""), by: CaseDesk.handler))
    #expect(
      refusal.text(in: .zh)
        == "500116-20261124-N-000001：案件处于“案卷建立”，不能“处理反馈”：须先到达“任务处理”或“退回整改”。可以：补充证据、备注。")
    #expect(
      refusal.text(in: .en)
        == "500116-20261124-N-000001: cannot report back in state registered: it takes the state handling "
        + "or returned. Allowed here: add evidence, note.")
  }

  @Test func aLittleTimeBackwardsIsTheSameTimeAndMoreIsRefused() throws {
    let desk = try CaseDesk()
    let life = CaseDesk.life
    let early = desk.now.advanced(bySeconds: -299)
    let events = try life.events(for: .note("n"), on: desk.file, at: early, by: CaseDesk.rule)
    #expect(events[0].time == desk.now)
    #expect(throws: CaseRefusal.self) {
      try life.events(
        for: .note("n"), on: desk.file, at: desk.now.advanced(bySeconds: -300), by: CaseDesk.rule)
    }
  }

  @Test func aClosedCaseIsReopenedWithANewClock() throws {
    var desk = try CaseDesk()
    try desk.close()
    let first = desk.file.order.deadlines[0].due
    try desk.give(.reopen(reason: "again"), by: CaseDesk.checker, after: 1440)
    #expect(desk.file.status == .registered && desk.file.reopenCount == 1 && desk.file.closedAt == nil)
    #expect(desk.file.clockStartedAt == desk.now)
    #expect(
      desk.file.order.deadlines[0].due == District.calendar.due(.officeHours(minutes: 240), from: desk.now))
    #expect(desk.file.order.deadlines[0].due > first)
    try desk.close()
    try desk.give(.reopen(reason: "and again"), by: CaseDesk.checker)
    #expect(desk.file.reopenCount == 2)
  }

  @Test func sightingsRegisterConfirmAndReopen() throws {
    var desk = try CaseDesk(state: .suspected)
    var sighting = desk.file.sighting
    #expect(try desk.give(.see(sighting), by: CaseDesk.rule).isEmpty)
    sighting.observationCount += 1
    #expect(try desk.give(.see(sighting), by: CaseDesk.rule).map(\.step) == [.seenAgain(sighting: sighting)])
    #expect(desk.file.status == .collected)
    sighting.state = .confirmed
    sighting.incidentID = "I-2"
    try desk.give(.see(sighting), by: CaseDesk.rule)
    #expect(desk.file.status == .registered && desk.file.order.incidentID == "I-2")
    try desk.close()
    // A late sighting of before the end changes nothing; a later one opens the case again.
    sighting.observationCount += 1
    try desk.give(.see(sighting), by: CaseDesk.rule)
    #expect(desk.file.status == .checked)
    sighting.lastSeen = desk.now
    try desk.give(.see(sighting), by: CaseDesk.rule)
    #expect(desk.file.status == .registered && desk.file.reopenCount == 1)
    #expect(desk.file.events.last?.reason.en.contains("seen after the case was closed") == true)
  }

  @Test func aPersonConfirmsACase() throws {
    var desk = try CaseDesk(state: .suspected)
    let person = Witness(kind: .person, source: "grid-7")
    try desk.give(.confirm(by: person), by: CaseDesk.acceptor)
    #expect(desk.file.status == .registered && desk.file.sighting.state == .confirmed)
    #expect(desk.file.sighting.witnesses.contains(person))
    #expect(try desk.give(.confirm(by: person), by: CaseDesk.acceptor).isEmpty)
  }

  @Test func mergingLinksBothCases() throws {
    let (one, other) = (try CaseDesk(serial: 1), try CaseDesk(serial: 2))
    let (merged, linked) = try CaseDesk.life.merge(
      other.file, into: one.file, reason: "one heap", at: one.now, by: CaseDesk.rule)
    var (loser, survivor) = (other.file, one.file)
    for event in merged { try loser.apply(event) }
    for event in linked { try survivor.apply(event) }
    #expect(loser.status == .merged && loser.mergedInto == survivor.caseNumber)
    #expect(survivor.duplicates == [loser.caseNumber] && survivor.status == .registered)
    #expect(
      one.refusal(of: .merge(into: one.file.caseNumber, reason: "r"), by: CaseDesk.rule)?.cause == .wrongCase)
    // Final: nothing goes on.
    #expect(throws: CaseRefusal.self) {
      try CaseDesk.life.merge(loser, into: survivor, reason: "r", at: one.now, by: CaseDesk.rule)
    }
  }

  /// Random commands by random people: the file that grows event by event is the fold of its events, numbers have no
  /// gaps, time never goes back, and final states stay.
  @Test(arguments: 0..<60 as Range<UInt64>) func randomLivesKeepTheInvariants(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var desk = try CaseDesk([.garbage, .fireSmoke, .darkness][Int(seed % 3)], state: .suspected)
    var accepted = 0
    for turn in 0..<150 {
      let kind = CaseCommand.Kind.allCases.randomElement(using: &generator) ?? .note
      // Ends come late, so that lives are long.
      if turn < 100, [.merge, .void, .notAHazard].contains(kind) { continue }
      let actor = CaseActor(
        role: CaseLife.transition(kind).roles.randomElement(using: &generator) ?? .rule,
        tier: GovernanceTier.allCases.randomElement(using: &generator), name: "x")
      let before = desk
      do {
        let events = try desk.give(
          Self.example(of: kind, on: desk), by: actor, after: Int.random(in: 0..<600, using: &generator))
        accepted += events.isEmpty ? 0 : 1
        try desk.escalate(at: desk.now)
      } catch is CaseRefusal {
        desk.file = before.file
        continue
      }
      if before.file.status == .void || before.file.status == .merged {
        #expect(desk.file == before.file, "seed \(seed)")
      }
      if desk.file.status == .checked, before.file.status != .checked { #expect(kind == .check) }
    }
    #expect(accepted > 5, "seed \(seed)")
    #expect(desk.file.events.map(\.sequence) == Array(1...desk.file.events.count))
    #expect(zip(desk.file.events, desk.file.events.dropFirst()).allSatisfy { $0.time <= $1.time })
    let pauses = desk.file.pauses
    #expect(zip(pauses, pauses.dropFirst()).allSatisfy { ($0.to ?? $0.from) <= $1.from })
    #expect(CaseDesk.life.explain(desk.file).count == desk.file.events.count)
  }
}
