import Foundation
import InspectionModel
import Testing
import WorkOrders

/// Steps of 0.02, at most 0.1, never beyond 0.95, from three lessons on, bands of four hours.
@Suite struct ThresholdTuningTests {
  private let camera = Witness(kind: .ground, source: "ground-1")
  private let base = HazardScore(fraction: 0.5)
  private let morning = CaseDesk.time("2026-12-01T11:59:59")

  private func tuning() -> ThresholdTuning {
    ThresholdTuning(rules: District.caseRules.tuning, zone: .shanghai)
  }

  /// A case at 10:00 in which somebody saw that there was nothing.
  private func mistake(_ serial: Int, _ hazard: HazardKind = .garbage, witness: String = "ground-1") throws
    -> CaseFile
  {
    var desk = try CaseDesk(hazard, serial: serial, witness: witness)
    try desk.give(.notAHazard(reason: "a shadow"), by: CaseDesk.acceptor)
    #expect(desk.file.status == .void)
    return desk.file
  }

  private func threshold(_ tuning: ThresholdTuning, _ base: Double = 0.5) -> Int {
    tuning.threshold(for: camera, .garbage, at: morning, base: HazardScore(fraction: base)).millionths
  }

  @Test func lessonsRaiseTheThresholdWithinBounds() throws {
    var tuning = tuning()
    var thresholds: [Int] = []
    for serial in 1...8 {
      #expect(tuning.learn(from: try mistake(serial)).count == 1)
      thresholds.append(threshold(tuning))
    }
    #expect(thresholds == [500_000, 500_000, 560_000, 580_000, 600_000, 600_000, 600_000, 600_000])
    #expect(threshold(tuning, 0.9) == 950_000)
    // A base beyond the ceiling stays.
    #expect(threshold(tuning, 0.97) == 970_000)
  }

  @Test func onlyThatCameraHazardAndBandLearn() throws {
    var tuning = tuning()
    for serial in 1...3 { _ = tuning.learn(from: try mistake(serial)) }
    func same(_ witness: Witness, _ hazard: HazardKind, _ time: String) -> Bool {
      tuning.threshold(for: witness, hazard, at: CaseDesk.time(time), base: base) == base
    }
    #expect(!same(camera, .garbage, "2026-12-01T08:00:00"))
    #expect(same(camera, .garbage, "2026-12-01T07:59:59") && same(camera, .garbage, "2026-12-01T12:00:00"))
    #expect(same(camera, .water, "2026-12-01T10:00:00"))
    #expect(same(Witness(kind: .ground, source: "ground-2"), .garbage, "2026-12-01T10:00:00"))
    #expect(same(Witness(kind: .air, source: "ground-1"), .garbage, "2026-12-01T10:00:00"))
  }

  @Test func theSameCaseTeachesOnceAndOtherEndsTeachNothing() throws {
    var tuning = tuning()
    let file = try mistake(1)
    #expect(tuning.learn(from: file).count == 1)
    #expect(tuning.learn(from: file).isEmpty)
    var desk = try CaseDesk(serial: 2)
    #expect(tuning.learn(from: desk.file).isEmpty)
    try desk.give(.void(reason: "doubled by mistake"), by: CaseDesk.acceptor)
    #expect(tuning.learn(from: desk.file).isEmpty)
  }

  @Test func lessonsAreVisibleAndCanBeTakenBack() throws {
    var tuning = tuning()
    for serial in [3, 1, 2] { _ = tuning.learn(from: try mistake(serial)) }
    _ = tuning.learn(from: try mistake(4, witness: "ground-0"))
    let numbers = (1...3).map { "500116-20261124-N-00000\($0)" }
    #expect(tuning.adjustments.map(\.caseNumbers) == [["500116-20261124-N-000004"], numbers])
    #expect(tuning.adjustments.map(\.raise.millionths) == [0, 60_000])
    #expect(tuning.decisions[0].reason.zh == "经查看，不是隐患：a shadow")
    let now = CaseDesk.time("2026-12-02T00:00:00")
    let revoked = tuning.revoke(
      caseNumber: numbers[1], at: now, by: CaseDesk.supervisor, reason: "it was one")
    #expect(revoked.map(\.caseNumber) == [numbers[1]])
    #expect(tuning.revoke(caseNumber: numbers[1], at: now, by: CaseDesk.supervisor, reason: "x").isEmpty)
    #expect(threshold(tuning) == 500_000)
    #expect(tuning.adjustments[1].caseNumbers == [numbers[0], numbers[2]])
    #expect(tuning.decisions.count == 4 && tuning.decisions[1].revoked?.reason == "it was one")
    // A case that was taken back does not teach again.
    #expect(tuning.learn(from: try mistake(2)).isEmpty)
  }

  @Test func theStateIsStoredAndRead() throws {
    var tuning = tuning()
    for serial in 1...3 { _ = tuning.learn(from: try mistake(serial)) }
    let bytes = try JSONEncoder().encode(tuning.decisions)
    let read = try JSONDecoder().decode([ThresholdTuning.Decision].self, from: bytes)
    #expect(ThresholdTuning(rules: tuning.rules, zone: .shanghai, decisions: read.reversed()) == tuning)
  }
}
