import InspectionModel
import Testing
import WorkOrders

@Suite struct CaseExplanationTests {
  @Test func everyEventIsOneSentenceInBothLanguages() throws {
    var desk = try CaseDesk()
    try desk.give(.dispatch(departmentID: "D02"), by: CaseDesk.dispatcher, after: 5)
    try desk.escalate(at: CaseDesk.time("2026-11-24T12:00:00"))
    try desk.give(.accept, by: CaseDesk.handler)
    try desk.give(.pause(reason: "等待配件"), by: CaseDesk.dispatcher)
    try desk.give(.resume, by: CaseDesk.rule, after: 5)
    try desk.give(.feedback(evidence: [], note: "已清理"), by: CaseDesk.handler)
    try desk.give(.check(after: desk.after(score: 0.6)), by: CaseDesk.checker)
    let zh = CaseDesk.life.explain(desk.file).map(\.zh)
    #expect(
      zh[0].hasPrefix("2026-11-24 10:00:00 系统规则（rule）：案卷建立：ponding中，较重，证据 1 份。依据 garbage-any：规则 garbage-any"))
    #expect(zh[0].hasSuffix("。时限：handle中 2026-11-24 15:30:00 前（4 工作时）。"))
    #expect(
      zh[1] == "2026-11-24 10:05:00 派遣员（镇街，desk）：派遣至support中。依据 case.dispatch：派遣至主责部门。")
    #expect(
      zh[2]
        == "2026-11-24 12:00:00 系统规则（escalation）：时限已过 50%。依据 escalation.50："
        + "“handle中”时限（4 工作时）于 2026-11-24T12:00:00.000+08:00 已过 50%：p50中。")
    #expect(zh[4] == "2026-11-24 12:02:00 派遣员（镇街，desk）：挂账，停止计时。依据 case.pause：挂账，停止计时：等待配件。")
    // Five minutes of pause, all of them office hours.
    #expect(zh[5].hasSuffix("依据 case.resume：恢复计时。时限：handle中 2026-11-24 15:35:00 前（4 工作时）。"))
    let en = CaseDesk.life.explain(desk.file).map(\.en)
    #expect(en.count == desk.file.events.count)
    #expect(
      en[6]
        == "2026-11-24 12:08:00 handler (town/street, lead): reported as done, pictures: 0. "
        + "By case.feedback: the unit says that it is done: 已清理.")
    #expect(
      en[7]
        == "2026-11-24 12:09:00 checker (district, checker): sent back. By case.check: the after-picture scores "
        + "0.600000, not below the threshold 0.500000: sent back.")
  }
}
