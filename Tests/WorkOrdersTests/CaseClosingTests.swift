import InspectionModel
import Testing
import WorkOrders

@Suite struct CaseClosingTests {
  /// A case whose unit says that it is done.
  private func desk(_ hazard: HazardKind = .garbage) throws -> CaseDesk {
    var desk = try CaseDesk(hazard)
    try desk.beginHandling()
    try desk.give(.feedback(evidence: [], note: "done"), by: CaseDesk.handler)
    return desk
  }

  @Test func aScoreAtTheThresholdSendsBackAndOneBelowCloses() throws {
    var desk = try desk()
    let events = try desk.give(.check(after: desk.after(score: 0.5)), by: CaseDesk.checker)
    #expect(desk.file.status == .returned && desk.file.sentBackCount == 1 && desk.file.closedAt == nil)
    #expect(events[0].reason.zh == "处置后照片评分 0.500000，不低于阈值 0.500000，退回整改")
    #expect(
      events[0].reason.en == "the after-picture scores 0.500000, not below the threshold 0.500000: sent back")
    // The step is not done: its deadline stands and is told of again.
    #expect(desk.file.reachedAt(step: "handle") == nil)
    try desk.give(.feedback(evidence: [], note: "really done"), by: CaseDesk.handler)
    try desk.give(.check(after: desk.after(score: 0.499_999, sha256: "cc")), by: CaseDesk.checker)
    #expect(desk.file.status == .checked && desk.file.closedAt == desk.now)
    #expect(desk.file.evidence.map(\.sha256) == ["aa", "bb", "cc"])
  }

  /// Errors of 5 m each and a spread of 10 m: 3 × √150 = 36.7 m.
  @Test func thePictureShowsThePlaceWithinTheJointErrors() throws {
    var desk = try desk()
    let refusal = desk.refusal(
      of: .check(after: desk.after(score: 0.1, metersEast: 37.2)), by: CaseDesk.checker)
    #expect(refusal?.cause == .wrongPicture)
    #expect(refusal?.explanation.zh == "照片位置相距 37 米，超出允许的 37 米")
    #expect(refusal?.explanation.en == "the picture shows a place 37 m away; at most 37 m are allowed")
    try desk.give(.check(after: desk.after(score: 0.1, metersEast: 36.2)), by: CaseDesk.checker)
    #expect(desk.file.status == .checked)
  }

  @Test func otherPicturesDecideNothing() throws {
    let desk = try desk()
    let began = try #require(desk.file.handlingBeganAt)
    let other = AnalysisProcedure(name: "network", version: "2", parametersHash: "00")
    var unscored = desk.after(score: 0.1)
    unscored.score = nil
    var nowhere = desk.after(score: 0.1)
    nowhere.place = nil
    for picture in [
      desk.after(score: 0.1, kind: .before), unscored, nowhere, desk.after(score: 0.1, time: began),
      desk.after(score: 0.1, time: desk.now.advanced(bySeconds: 61)), desk.after(score: 0.1, sha256: "aa"),
      desk.after(score: 0.1, procedure: other), desk.after(score: 0.1, procedure: nil),
    ] {
      #expect(desk.refusal(of: .check(after: picture), by: CaseDesk.checker)?.cause == .wrongPicture)
    }
    #expect(
      desk.refusal(of: .check(after: desk.after(score: 0.1, procedure: other)), by: CaseDesk.checker)?
        .explanation.en.contains("expected network 1 (00), found network 2 (00)") == true)
  }

  @Test func aNewAnalyserChecksAfterItScoredTheFirstPicture() throws {
    var desk = try desk()
    let other = AnalysisProcedure(name: "network", version: "2", parametersHash: "00")
    try desk.give(
      .add(evidence: [desk.after(score: 0.9, sha256: "aa", procedure: other, kind: .before)]),
      by: CaseDesk.rule)
    try desk.give(.check(after: desk.after(score: 0.1, procedure: other)), by: CaseDesk.checker)
    #expect(desk.file.status == .checked)
  }

  @Test func withoutAPositionTheSameCameraShowsTheSamePlace() throws {
    var desk = try desk()
    var picture = desk.after(score: 0.1)
    picture.place = nil
    picture.witness = Witness(kind: .ground, source: "ground-1")
    try desk.give(.check(after: picture), by: CaseDesk.checker)
    #expect(desk.file.status == .checked)
  }

  /// The picture has to be newer than the last time that the case was sent back.
  @Test func aPictureOfBeforeTheSendingBackIsTooOld() throws {
    var desk = try desk()
    let old = desk.after(score: 0.1)
    try desk.give(.sendBack(reason: "not done"), by: CaseDesk.checker)
    try desk.give(.feedback(evidence: [], note: ""), by: CaseDesk.handler)
    #expect(desk.refusal(of: .check(after: old), by: CaseDesk.checker)?.cause == .wrongPicture)
  }
}
