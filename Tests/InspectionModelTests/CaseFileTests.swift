import Foundation
import InspectionModel
import Testing

@Suite struct CaseFileTests {
  private static let start = Timestamp(iso8601: "2026-11-24T10:00:00", assuming: .shanghai)!
  private static let deadline = WorkOrder.Deadline(
    step: "handle", nameZh: "清理", nameEn: "clear", due: start.advanced(bySeconds: 3600), limitZh: "1 小时",
    limitEn: "1 hour", limit: "1 h")
  private static let sighting = CaseSighting(
    Incident(
      id: "I-1", hazard: .garbage, state: .confirmed, peakScore: HazardScore(fraction: 0.9),
      confidence: HazardScore(fraction: 0.9), firstSeen: start, lastSeen: start, place: nil, witnesses: [],
      observationKeys: ["k"], bestObservationKey: "k", vehicleCount: nil))
  private static let order = WorkOrder(
    caseNumber: "C-1", incidentID: "I-1", hazard: .garbage, hazardClass: "garbage", nameZh: "垃圾",
    nameEn: "garbage",
    code: WorkOrder.CaseCode(code: "06010", matterCode: "50011606010", isLocalExtension: false),
    severity: .minor, status: .registered, tiers: [.townStreet], department: "D", departmentID: nil,
    supportingDepartments: [], town: nil, establishedAt: start, deadlines: [deadline],
    reason: WorkOrder.DecisionReason(rule: "r", zh: "因", en: "why"))
  private static let picture = CaseEvidence(kind: .after, sha256: "ab", time: start)
  private static let witness = Witness(kind: .person, source: "p")

  private static func event(
    _ sequence: Int, _ step: CaseStep, number: String = "C-1", at seconds: Double = 0
  ) -> CaseEvent {
    CaseEvent(
      caseNumber: number, sequence: sequence, time: start.advanced(bySeconds: seconds),
      actor: CaseActor(role: .rule, tier: nil, name: "r"), step: step,
      reason: WorkOrder.DecisionReason(rule: "r", zh: "因", en: "why"))
  }

  private static let first = event(1, .established(order: order, sighting: sighting, evidence: []))

  @Test func eventsThatMakeNoCaseAreRefusedAndChangeNothing() throws {
    func fault(_ events: [CaseEvent]) -> CaseFileFault? {
      do throws(CaseFileFault) {
        _ = try CaseFile(events: events)
        return nil
      } catch { return error }
    }
    #expect(fault([]) == .empty)
    #expect(fault([Self.event(1, .registered)]) == .notEstablished(caseNumber: "C-1"))
    #expect(
      fault([Self.event(2, Self.first.step)]) == .outOfSequence(caseNumber: "C-1", expected: 1, found: 2))
    #expect(fault([Self.event(1, Self.first.step, number: "C-2")]) == .notEstablished(caseNumber: "C-2"))
    #expect(
      fault([Self.first, Self.event(3, .noted)]) == .outOfSequence(caseNumber: "C-1", expected: 2, found: 3))
    #expect(
      fault([Self.first, Self.event(2, .noted, number: "C-2")]) == .otherCase(expected: "C-1", found: "C-2"))
    #expect(
      fault([Self.first, Self.event(2, .noted, at: -1)]) == .backwards(caseNumber: "C-1", sequence: 2))
    for step in [Self.first.step, .resumed(deadlines: [])] {
      #expect(fault([Self.first, Self.event(2, step)]) == .impossible(caseNumber: "C-1", sequence: 2))
    }
    var file = try CaseFile(events: [Self.first])
    let before = file
    #expect(throws: CaseFileFault.self) { try file.apply(Self.event(7, .voided)) }
    #expect(file == before)
    #expect(
      CaseFileFault.outOfSequence(caseNumber: "C-1", expected: 2, found: 3).message
        == "C-1: expected event 2, found event 3")
  }

  /// A case that ends while it is paused ends its pause, too.
  @Test func anEndEndsThePause() throws {
    let file = try CaseFile(events: [
      Self.first, Self.event(2, .paused, at: 10), Self.event(3, .voided, at: 20),
    ])
    #expect(file.status == .void && !file.isPaused)
    #expect(
      file.pauses == [
        CaseFile.Pause(from: Self.start.advanced(bySeconds: 10), to: Self.start.advanced(bySeconds: 20))
      ])
    #expect(file.lastArrival(at: .paused) == Self.start.advanced(bySeconds: 10))
    #expect(file.lastArrival(at: .handling) == nil)
  }

  /// Stored texts: these never change, or old stores are no longer read.
  static let stored: [(CaseStep, String)] = [
    (.registered, #"{"registered":{}}"#),
    (
      .dispatched(department: "D", departmentID: "D04"),
      #"{"dispatched":{"department":"D","departmentID":"D04"}}"#
    ),
    (.dispatched(department: "D", departmentID: nil), #"{"dispatched":{"department":"D"}}"#),
    (.accepted, #"{"accepted":{}}"#),
    (.reached(step: "barrier"), #"{"reached":{"step":"barrier"}}"#),
    (.feedback(evidence: []), #"{"feedback":{"evidence":[]}}"#),
    (
      .checkPassed(evidence: picture),
      #"{"checkPassed":{"evidence":{"kind":"after","sha256":"ab","time":{"nanoseconds":1795485600000000000}}}}"#
    ),
    (.evaluated(grade: 4), #"{"evaluated":{"grade":4}}"#),
    (.declined, #"{"declined":{}}"#),
    (.sentBack(evidence: nil), #"{"sentBack":{}}"#),
    (
      .handedUp(from: .townStreet, to: .district, tiers: [.district]),
      #"{"handedUp":{"from":"town_street","tiers":["district"],"to":"district"}}"#
    ),
    (
      .handedSideways(department: "D", departmentID: "D04"),
      #"{"handedSideways":{"department":"D","departmentID":"D04"}}"#
    ),
    (
      .pushedDown(from: .district, to: .townStreet, tiers: [.townStreet]),
      #"{"pushedDown":{"from":"district","tiers":["town_street"],"to":"town_street"}}"#
    ),
    (.reopened(deadlines: []), #"{"reopened":{"deadlines":[]}}"#),
    (.paused, #"{"paused":{}}"#),
    (.resumed(deadlines: []), #"{"resumed":{"deadlines":[]}}"#),
    (
      .extended(step: "handle", by: "1 h", deadlines: []),
      #"{"extended":{"by":"1 h","deadlines":[],"step":"handle"}}"#
    ),
    (
      .escalated(
        step: "handle", percent: 100, since: start, tiers: [.townStreet], supervisedBy: .district,
        isTakenOver: false),
      #"{"escalated":{"isTakenOver":false,"percent":100,"since":{"nanoseconds":1795485600000000000},"#
        + #""step":"handle","supervisedBy":"district","tiers":["town_street"]}}"#
    ),
    (.merged(into: "C-2"), #"{"merged":{"into":"C-2"}}"#),
    (.voided, #"{"voided":{}}"#),
    (.notAHazard, #"{"notAHazard":{}}"#),
    (.linkedDuplicate(of: "C-2"), #"{"linkedDuplicate":{"of":"C-2"}}"#),
    (
      .noLongerSeen(by: witness, at: start),
      #"{"noLongerSeen":{"at":{"nanoseconds":1795485600000000000},"by":{"kind":"person","source":"p"}}}"#
    ),
    (.confirmedByWitness(by: witness), #"{"confirmedByWitness":{"by":{"kind":"person","source":"p"}}}"#),
    (.evidenceAdded(evidence: []), #"{"evidenceAdded":{"evidence":[]}}"#),
    (.noted, #"{"noted":{}}"#),
  ]

  @Test(arguments: stored.indices) func stepsKeepTheirStoredText(index: Int) throws {
    let (step, text) = Self.stored[index]
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    #expect(String(decoding: try encoder.encode(step), as: UTF8.self) == text)
    #expect(try JSONDecoder().decode(CaseStep.self, from: Data(text.utf8)) == step)
  }

  @Test func wholeEventsAreReadBack() throws {
    for event in [Self.first, Self.event(2, .seenAgain(sighting: Self.sighting))] {
      let bytes = try JSONEncoder().encode(event)
      #expect(try JSONDecoder().decode(CaseEvent.self, from: bytes) == event)
    }
  }

  /// Cases of before limits and supervision were kept.
  @Test func olderWorkOrdersAreStillRead() throws {
    let bytes = try JSONEncoder().encode(Self.order)
    var object = try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
    var deadlines = try #require(object["deadlines"] as? [[String: Any]])
    #expect(deadlines[0].removeValue(forKey: "limit") as? String == "1 h")
    object["deadlines"] = deadlines
    let old = try JSONSerialization.data(withJSONObject: object)
    let read = try JSONDecoder().decode(WorkOrder.self, from: old)
    #expect(read.deadlines[0].limit == nil && read.supervisedBy == nil)
    #expect(read.caseNumber == "C-1" && read.deadlines[0].due == Self.deadline.due)
  }
}
