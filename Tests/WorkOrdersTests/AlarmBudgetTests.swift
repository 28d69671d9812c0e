import Foundation
import InspectionModel
import TestSupport
import Testing
import WorkOrders

/// Three notices an hour for towns, two for the district, any number for the city.
@Suite struct AlarmBudgetTests {
  private func notice(
    _ number: Int, _ tier: GovernanceTier = .district, at time: String = "2026-11-24T10:00:00",
    hazardClass: String = "ponding", town: Int? = 1, emergency: Bool = false, sequence: Int = 1
  ) -> AlarmNotice {
    AlarmNotice(
      caseNumber: "C-\(padded(number, 4))", sequence: sequence, tier: tier, time: CaseDesk.time(time),
      hazardClass: hazardClass, nameZh: "中", nameEn: "en", severity: emergency ? .severe : .minor,
      town: town.map { WorkOrder.Town(code: "50011600\($0)", nameZh: "镇\($0)", nameEn: "T\($0)") },
      isEmergency: emergency, reason: WorkOrder.DecisionReason(rule: "r", zh: "因", en: "why"))
  }

  private func budget() -> AlarmBudget {
    AlarmBudget(rules: District.caseRules.alarms, zone: .shanghai)
  }

  @Test func whatExceedsTheNumberOfAnHourWaitsAndEmergenciesPass() {
    var budget = budget()
    var outcomes = (1...3).map { budget.offer(notice($0)) }
    #expect(outcomes == [.delivered, .delivered, .digested])
    #expect(budget.offer(notice(4, emergency: true)) == .delivered)
    // The next hour, another tier and a tier without a number have room.
    #expect(budget.offer(notice(5, at: "2026-11-24T11:00:00")) == .delivered)
    #expect(budget.offer(notice(5, .townStreet)) == .delivered)
    outcomes = (0..<50).map { budget.offer(notice($0, .city)) }
    #expect(outcomes.allSatisfy { $0 == .delivered })
    #expect(budget.hours.map(\.deliveredCount) == [1, 3, 50, 1])
    #expect(budget.hours.map(\.emergencyCount) == [0, 1, 0, 0])
  }

  @Test func emergenciesUseTheBudgetUp() {
    var budget = budget()
    #expect((1...2).map { budget.offer(notice($0, emergency: true)) } == [.delivered, .delivered])
    #expect(budget.offer(notice(3)) == .digested)
    #expect(budget.offer(notice(4, emergency: true)) == .delivered)
  }

  @Test func theSameEventCountsOnce() {
    var budget = budget()
    #expect(budget.offer(notice(1)) == .delivered)
    #expect(budget.offer(notice(1)) == .alreadyOffered)
    #expect(budget.offer(notice(1, sequence: 2)) == .delivered)
    #expect(budget.offer(notice(2)) == .digested)
    #expect(budget.offer(notice(2)) == .alreadyOffered)
    #expect(budget.offer(notice(1, .townStreet)) == .delivered)
    // Also after its digest was taken.
    #expect(budget.takeDigests(at: CaseDesk.time("2026-11-24T11:00:00")).count == 1)
    #expect(budget.offer(notice(2)) == .alreadyOffered)
  }

  @Test func digestsAreGroupedByClassAndTown() throws {
    var budget = budget()
    for number in 1...2 { _ = budget.offer(notice(number)) }
    for (number, minute, hazardClass, town) in [
      (9, "10", "ponding", 2), (8, "20", "ponding", 2), (7, "05", "lamp", 1), (6, "59", "ponding", nil),
    ] as [(Int, String, String, Int?)] {
      let time = "2026-11-24T10:\(minute):00"
      #expect(budget.offer(notice(number, at: time, hazardClass: hazardClass, town: town)) == .digested)
    }
    _ = budget.offer(notice(8, at: "2026-11-24T10:30:00", town: 2, sequence: 2))
    #expect(budget.takeDigests(at: CaseDesk.time("2026-11-24T10:59:59")).isEmpty)
    let digests = budget.takeDigests(at: CaseDesk.time("2026-11-24T11:00:00"))
    #expect(digests.count == 1)
    let digest = try #require(digests.first)
    #expect(digest.tier == .district && digest.hourStart == CaseDesk.time("2026-11-24T10:00:00"))
    #expect(digest.groups.map(\.hazardClass) == ["lamp", "ponding", "ponding"])
    #expect(digest.groups.map(\.town?.nameEn) == ["T1", nil, "T2"])
    #expect(digest.groups.map(\.caseNumbers) == [["C-0007"], ["C-0006"], ["C-0008", "C-0009"]])
    #expect(digest.groups.map(\.noticeCount) == [1, 1, 3] && digest.noticeCount == 5)
    #expect(digest.groups[2].firstTime == CaseDesk.time("2026-11-24T10:10:00"))
    #expect(digest.groups[2].lastTime == CaseDesk.time("2026-11-24T10:30:00"))
    #expect(budget.takeDigests(at: CaseDesk.time("2026-11-24T12:00:00")).isEmpty)
    // A late notice of that hour gets a digest of its own.
    _ = budget.offer(notice(5))
    #expect(budget.takeDigests(at: CaseDesk.time("2026-11-24T12:00:00")).map(\.noticeCount) == [1])
  }

  @Test func hoursBeginOnTheClockOfTheZone() {
    var budget = AlarmBudget(rules: District.caseRules.alarms, zone: UTCOffset(seconds: 19_800))
    _ = budget.offer(notice(1, at: "2026-11-24T10:29:59"))
    _ = budget.offer(notice(2, at: "2026-11-24T10:30:00"))
    #expect(
      budget.hours.map { $0.hourStart.iso8601(in: .shanghai).prefix(16) } == [
        "2026-11-24T09:30", "2026-11-24T10:30",
      ])
  }

  /// Random offers, many of them again, taken and stored in between: delivered + digested + waiting is what was offered,
  /// tier by tier; no tier gets more than its number except by emergencies; every case of a digest was offered.
  @Test(arguments: 0..<40 as Range<UInt64>) func nothingIsLost(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var budget = budget()
    var offered: [String: AlarmNotice] = [:]
    var delivered: [GovernanceTier: Int] = [:]
    var digests: [AlarmDigest] = []
    for _ in 0..<400 {
      let notice = notice(
        .random(in: 0..<120, using: &generator), GovernanceTier.allCases.randomElement(using: &generator)!,
        at: "2026-11-24T\(10 + Int.random(in: 0..<5, using: &generator)):30:00",
        hazardClass: ["a", "b"].randomElement(using: &generator)!,
        town: [nil, 1, 2].randomElement(using: &generator)!,
        emergency: Int.random(in: 0..<10, using: &generator) == 0)
      let known = offered.values.contains { $0.key == notice.key && $0.time == notice.time }
      let outcome = budget.offer(notice)
      #expect((outcome == .alreadyOffered) == known, "seed \(seed)")
      if !known {
        offered["\(notice.key) \(notice.time.nanoseconds)"] = notice
        if outcome == .delivered { delivered[notice.tier, default: 0] += 1 }
        #expect(!notice.isEmergency || outcome == .delivered, "seed \(seed)")
      }
      if Int.random(in: 0..<50, using: &generator) == 0 {
        digests += budget.takeDigests(at: CaseDesk.time("2026-11-24T12:00:00"))
        let bytes = try JSONEncoder().encode(budget.hours)
        budget = AlarmBudget(
          rules: budget.rules, zone: budget.zone,
          hours: try JSONDecoder().decode([AlarmBudget.Hour].self, from: bytes))
      }
    }
    digests += budget.takeDigests(at: CaseDesk.time("2026-11-25T00:00:00"))
    for tier in GovernanceTier.allCases {
      let digested = digests.filter { $0.tier == tier }.reduce(0) { $0 + $1.noticeCount }
      #expect(
        delivered[tier, default: 0] + digested == offered.values.count { $0.tier == tier }, "seed \(seed)")
      #expect(budget.hours.filter { $0.tier == tier }.reduce(0) { $0 + $1.digestedCount } == digested)
    }
    for hour in budget.hours {
      let limit = budget.rules.perHour[hour.tier] ?? .max
      #expect(hour.deliveredCount - hour.emergencyCount <= limit, "seed \(seed)")
      #expect(hour.waiting.isEmpty)
    }
    budget.forget(endedBy: CaseDesk.time("2026-11-25T00:00:00"))
    #expect(budget.hours.isEmpty)
  }

  @Test func noticesGoToTheTiersThatTheEventConcerns() throws {
    var desk = try CaseDesk()
    func tiers(_ event: CaseEvent) -> [GovernanceTier] {
      CaseDesk.life.notices(of: event, on: desk.file).map(\.tier)
    }
    #expect(tiers(desk.file.events[0]) == [.townStreet])
    for event in try desk.escalate(at: CaseDesk.time("2026-11-24T16:00:00")) {
      #expect(
        tiers(event) == (event.reason.rule == "escalation.100" ? [.townStreet, .district] : [.townStreet]))
    }
    try desk.give(.handUp(reason: "r"), by: CaseDesk.dispatcher)
    #expect(tiers(desk.file.events[desk.file.events.count - 1]) == [.district])
    try desk.give(.note("n"), by: CaseDesk.dispatcher)
    #expect(tiers(desk.file.events[desk.file.events.count - 1]).isEmpty)
    let fire = try CaseDesk(.fireSmoke)
    let notices = CaseDesk.life.notices(of: fire.file.events[0], on: fire.file)
    #expect(notices.map(\.tier) == [.townStreet, .district] && notices.allSatisfy(\.isEmergency))
    #expect(notices[1].key == "500116-20261124-N-000001#1@district")
    #expect(!CaseDesk.life.notices(of: desk.file.events[0], on: desk.file)[0].isEmergency)
  }
}
