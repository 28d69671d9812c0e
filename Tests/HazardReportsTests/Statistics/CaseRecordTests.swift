import HazardReports
import InspectionModel
import Testing

/// Lives of cases as statistics see them.
@Suite struct CaseRecordTests {
  private static let order = ExampleRecord.whole.workOrders[0]
  private static let sighting = CaseSighting(ExampleRecord.whole.incidents[0])
  private static let after = CaseEvidence(
    kind: .after, sha256: String(repeating: "a", count: 64), time: hour(3))

  private static func hour(_ hours: Int) -> Timestamp {
    order.establishedAt.advanced(byNanoseconds: Int64(hours) * 3_600_000_000_000)
  }

  private static func file(_ steps: [(Int, CaseStep)]) throws -> CaseFile {
    let all = [(0, CaseStep.established(order: order, sighting: sighting, evidence: []))] + steps
    return try CaseFile(
      events: all.enumerated().map { index, step in
        CaseEvent(
          caseNumber: order.caseNumber, sequence: index + 1, time: hour(step.0),
          actor: CaseActor(role: .rule, tier: nil, name: ""), step: step.1,
          reason: .init(rule: "", zh: "", en: ""))
      })
  }

  @Test func closuresReopeningsAndEndsAreKept() throws {
    let closed = try Self.file([
      (1, .feedback(evidence: [Self.after])), (3, .checkPassed(evidence: Self.after)),
      (5, .reopened(deadlines: Self.order.deadlines)), (6, .feedback(evidence: [Self.after])),
      (8, .checkPassed(evidence: Self.after)),
    ])
    let record = CaseRecord(closed, observations: [], position: nil)
    #expect(record.closedAt == [Self.hour(3), Self.hour(8)] && record.reopenedAt == [Self.hour(5)])
    #expect(record.ending == nil && record.due == Self.order.deadlines.map(\.due).max())
    #expect(!record.isClosed(at: Self.hour(2)) && record.isClosed(at: Self.hour(4)))
    #expect(!record.isClosed(at: Self.hour(7)) && record.isClosed(at: Self.hour(8)))
    for (step, reason) in [
      (CaseStep.merged(into: "x"), CaseRecord.Ending.Reason.merged), (.voided, .void),
      (.notAHazard, .notAHazard),
    ] {
      let ended = CaseRecord(try Self.file([(2, step)]), observations: [], position: nil)
      #expect(ended.ending == CaseRecord.Ending(reason: reason, time: Self.hour(2)))
      #expect(ended.closedAt.isEmpty)
    }
  }

  @Test func theFirstOfEachKindOfWitnessCounts() throws {
    let observations = ExampleRecord.whole.observations
    let record = CaseRecord(Self.order, observations: observations, position: nil)
    for kind in WitnessKind.allCases {
      let times = observations.filter { $0.witness.kind == kind }.map(\.phenomenonTime)
      #expect(record.firstSights.filter { $0.kind == kind }.map(\.time) == (times.min().map { [$0] } ?? []))
    }
    #expect(record.firstSights.count > 1)
    #expect(record.firstSight?.time == observations.map(\.phenomenonTime).min())
  }
}
