import InspectionModel
import Testing
import WorkOrders

@Suite struct CaseEscalationTests {
  private func told(_ events: [CaseEvent]) -> [Int] {
    events.compactMap { if case .escalated(_, let percent, _, _, _, _) = $0.step { percent } else { nil } }
  }

  @Test func sharesRunOnTheLimitsOwnClock() throws {
    func points(_ desk: CaseDesk) -> [String] {
      CaseDesk.life.escalationPoints(of: desk.file)
        .map { "\($0.percent) \($0.instant.iso8601(in: .shanghai).prefix(16))" }
    }
    #expect(
      points(try CaseDesk(.fireSmoke, at: "2026-11-24T23:58:00")) == [
        "50 2026-11-25T00:00", "80 2026-11-25T00:02", "100 2026-11-25T00:03", "150 2026-11-25T00:05",
      ])
    // 4 working hours from 17:00 on Friday: 1 h on Friday, 3 h on Monday.
    #expect(
      points(try CaseDesk(at: "2026-11-27T17:00:00")) == [
        "50 2026-11-30T10:00", "80 2026-11-30T11:12", "100 2026-11-30T12:00", "150 2026-11-30T15:30",
      ])
  }

  /// 4 working hours from 10:00: 50 % at 12:00, 80 % at 14:42, 100 % at 15:30, 150 % at 17:30.
  @Test func eachShareIsToldOnceAndTheTiersMove() throws {
    var desk = try CaseDesk()
    try desk.give(.dispatch(departmentID: nil), by: CaseDesk.dispatcher)
    #expect(told(try desk.escalate(at: CaseDesk.time("2026-11-24T11:59:59"))).isEmpty)
    #expect(told(try desk.escalate(at: CaseDesk.time("2026-11-24T12:00:00"))) == [50])
    #expect(told(try desk.escalate(at: CaseDesk.time("2026-11-24T12:00:00"))).isEmpty)
    #expect(told(try desk.escalate(at: CaseDesk.time("2026-11-24T15:30:00"))) == [80, 100])
    #expect(desk.file.order.supervisedBy == .district && desk.file.order.tiers == [.townStreet])
    #expect(
      desk.file.events.last?.reason.zh
        == "“handle中”时限（4 工作时）于 2026-11-24T15:30:00.000+08:00 已过 100%：p100中")
    try desk.give(.accept, by: CaseDesk.handler)
    let last = try desk.escalate(at: CaseDesk.time("2026-11-25T09:00:00"))
    #expect(told(last) == [150] && last[0].actor.role == .rule)
    #expect(desk.file.order.tiers == [.district] && desk.file.order.supervisedBy == nil)
    #expect(desk.file.status == .dispatched)
    #expect(told(try desk.escalate(at: CaseDesk.time("2026-12-25T09:00:00"))).isEmpty)
    #expect(try CaseFile(events: desk.file.events) == desk.file)
  }

  @Test func aLongSilenceIsToldAtOnceInOrder() throws {
    var desk = try CaseDesk()
    #expect(told(try desk.escalate(at: CaseDesk.time("2026-11-26T09:00:00"))) == [50, 80, 100, 150])
    // Nobody had dispatched it: no link is skipped, the case waits at the district.
    #expect(desk.file.order.tiers == [.district] && desk.file.status == .registered)
  }

  @Test func aTierThatHoldsTheCaseIsNotPutOverItself() throws {
    var desk = try CaseDesk(.congestion)
    try desk.give(.dispatch(departmentID: nil), by: CaseDesk.districtDesk)
    #expect(told(try desk.escalate(at: CaseDesk.time("2026-11-24T11:00:00"))) == [50, 80, 100, 150])
    #expect(desk.file.order.supervisedBy == nil && desk.file.order.tiers == [.district])
    #expect(desk.file.status == .dispatched)
  }

  @Test func pausedTimeDoesNotCount() throws {
    var desk = try CaseDesk()
    try desk.give(.pause(reason: "parts on order"), by: CaseDesk.dispatcher, after: 60)
    #expect(told(try desk.escalate(at: CaseDesk.time("2026-11-25T11:00:00"))).isEmpty)
    // 7.5 office hours later.
    try desk.give(.resume, by: CaseDesk.dispatcher, after: 0)
    #expect(desk.file.status == .registered)
    #expect(desk.file.order.deadlines[0].due == CaseDesk.time("2026-11-25T15:30:00"))
    #expect(told(try desk.escalate(at: CaseDesk.time("2026-11-25T11:59:59"))).isEmpty)
    #expect(told(try desk.escalate(at: CaseDesk.time("2026-11-25T12:00:00"))) == [50])
  }

  @Test func lifeSafetyIsNeitherPausedNorExtended() throws {
    let desk = try CaseDesk(.fireSmoke)
    let minutes = WorkLimit.clock(minutes: 5)
    for command in [CaseCommand.pause(reason: "r"), .extend(step: "handle", by: minutes, reason: "r")] {
      let refusal = desk.refusal(of: command, by: CaseDesk.dispatcher)
      #expect(refusal?.cause == .clockNeverPauses)
      #expect(refusal?.explanation.zh == "“fire中”涉及生命安全，不停表、不延期")
    }
  }

  @Test func moreTimeMovesTheSharesThatHadNotPassedForTheNewLimit() throws {
    var desk = try CaseDesk()
    try desk.escalate(at: CaseDesk.time("2026-11-24T12:00:00"))
    try desk.give(
      .extend(step: "handle", by: .officeHours(minutes: 240), reason: "rain"), by: CaseDesk.dispatcher,
      after: 0)
    #expect(desk.file.order.deadlines[0].due == CaseDesk.time("2026-11-25T10:30:00"))
    // Half of 8 working hours from 10:00.
    #expect(told(try desk.escalate(at: CaseDesk.time("2026-11-24T15:29:59"))).isEmpty)
    #expect(told(try desk.escalate(at: CaseDesk.time("2026-11-24T15:30:00"))) == [50])
    #expect(
      desk.refusal(of: .extend(step: "paint", by: .workingDays(1), reason: "r"), by: CaseDesk.dispatcher)?
        .cause
        == .unknownStep)
  }

  @Test func aStepThatIsDoneIsNotToldOfUntilItIsSentBack() throws {
    var desk = try CaseDesk()
    try desk.beginHandling()
    try desk.give(.feedback(evidence: [], note: ""), by: CaseDesk.handler)
    let late = CaseDesk.time("2026-11-24T18:00:00")
    #expect(told(try desk.escalate(at: late)).isEmpty)
    try desk.give(.sendBack(reason: "no"), by: CaseDesk.checker)
    #expect(told(try desk.escalate(at: desk.now)) == [50, 80, 100, 150])
    try desk.give(.reach(step: "handle"), by: CaseDesk.handler)
    #expect(CaseDesk.life.escalationPoints(of: desk.file).isEmpty)
    #expect(try desk.give(.reach(step: "handle"), by: CaseDesk.handler).isEmpty)
    #expect(desk.refusal(of: .reach(step: "paint"), by: CaseDesk.handler)?.cause == .unknownStep)
  }

  @Test func aReopenedCaseIsToldOfAnew() throws {
    var desk = try CaseDesk()
    try desk.escalate(at: CaseDesk.time("2026-11-24T18:00:00"))
    #expect(desk.file.order.tiers == [.district])
    try desk.close()
    #expect(CaseDesk.life.escalationPoints(of: desk.file).isEmpty)
    try desk.give(.reopen(reason: "again"), by: CaseDesk.checker)
    #expect(CaseDesk.life.escalationPoints(of: desk.file).map(\.percent) == [50, 80, 100, 150])
    #expect(told(try desk.escalate(at: desk.now)).isEmpty)
  }

  /// A case from before limits were kept with the deadlines has those of the file.
  @Test func oldDeadlinesTakeTheLimitOfTheFile() throws {
    let new = try CaseDesk(.darkness)
    guard case .established(var order, let sighting, let evidence) = new.file.events[0].step else { return }
    order.deadlines[0].limit = nil
    var event = new.file.events[0]
    event.step = .established(order: order, sighting: sighting, evidence: evidence)
    let old = try CaseFile(events: [event])
    #expect(CaseDesk.life.escalationPoints(of: old) == CaseDesk.life.escalationPoints(of: new.file))
    #expect(order.deadlines[0].step == "row")
  }
}
