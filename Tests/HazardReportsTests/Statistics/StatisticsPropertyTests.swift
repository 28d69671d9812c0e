import HazardReports
import InspectionModel
import TestSupport
import Testing

/// Random cases against slow, obvious counting.
@Suite struct StatisticsPropertyTests {
  private static func cases(seed: UInt64) -> [CaseRecord] {
    var random = SeededGenerator(seed: seed)
    let towns = [StatisticsExample.jijiang, StatisticsExample.degan, nil]
    let classes = ["fire_smoke", "garbage", "waterlogging", "unlisted"]
    return (1...Int.random(in: 1...80, using: &random)).map { serial in
      func time(after start: Timestamp, hours: Int) -> Timestamp {
        start.advanced(bySeconds: Double(Int.random(in: 0...hours * 60, using: &random)) * 60)
      }
      let established = time(after: StatisticsExample.at(1, 0), hours: 216)
      var (closed, reopened): ([Timestamp], [Timestamp]) = ([], [])
      var last = established
      for index in 0..<Int.random(in: 0...4, using: &random) {
        last = time(after: last.advanced(bySeconds: 60), hours: 30)
        if index.isMultiple(of: 2) { closed.append(last) } else { reopened.append(last) }
      }
      let isEnded = closed.isEmpty && Bool.random(using: &random)
      let reasons: [CaseRecord.Ending.Reason] = [.merged, .notAHazard, .void]
      let reason = reasons.randomElement(using: &random) ?? .void
      let ending =
        isEnded
        ? CaseRecord.Ending(reason: reason, time: time(after: established.advanced(bySeconds: 60), hours: 50))
        : nil
      let seen = WitnessKind.allCases.filter { _ in Bool.random(using: &random) }.map {
        ($0, established.advanced(bySeconds: -Double(Int.random(in: 0...7200, using: &random))))
      }
      let (north, east) = (
        Double.random(in: 0...400, using: &random), Double.random(in: 0...400, using: &random)
      )
      return StatisticsExample.record(
        serial, classes.randomElement(using: &random) ?? "", town: towns.randomElement(using: &random) ?? nil,
        department: ["D02", "D04", "D07"].randomElement(using: &random) ?? "",
        tiers: [GovernanceTier.allCases.randomElement(using: &random) ?? .city], seen: seen,
        established: established,
        due: Bool.random(using: &random) ? time(after: established, hours: 60) : nil, closed: closed,
        reopened: reopened, ending: ending,
        at: Int.random(in: 0...9, using: &random) == 0 ? nil : StatisticsExample.place(north, east))
    }
  }

  private static func counters(_ figures: CaseFigures) -> [Int] {
    [
      figures.established, figures.closed, figures.open, figures.overdue, figures.due, figures.onTime,
      figures.reopened, figures.notAHazard, figures.repeated, figures.secondsToClose.count,
      figures.allSecondsToCase.count,
    ] + WitnessKind.allCases.map { figures.firstBy[$0] ?? 0 }
  }

  /// Every case here has one tier, so tiers add up too.
  @Test(arguments: UInt64(1)...40)
  func rowsOfEveryGroupAddUpToTheTotal(seed: UInt64) {
    let statistics = CaseStatistics(StatisticsExample.input(cases: Self.cases(seed: seed)))
    let total = Self.counters(statistics.total.figures)
    for group in statistics.groups {
      let sum = group.rows.map { Self.counters($0.figures) }.reduce(Array(repeating: 0, count: total.count)) {
        zip($0, $1).map(+)
      }
      #expect(sum == total, "seed \(seed) \(group.kind)")
    }
    let parts = statistics.timeline.parts
    #expect(parts.reduce(0) { $0 + $1.established } == total[0])
    #expect(parts.reduce(0) { $0 + $1.closed } == total[1])
  }

  /// Plays each case's life as a list of changes in order of time.
  @Test(arguments: UInt64(1)...40)
  func openOverdueAndOnTimeAreWhatPlayingTheLifeSays(seed: UInt64) {
    let cases = Self.cases(seed: seed)
    let figures = CaseStatistics(StatisticsExample.input(cases: cases)).total.figures
    let (from, to) = (StatisticsExample.at(2, 0), StatisticsExample.at(9, 0))
    func state(_ record: CaseRecord, _ time: Timestamp) -> String {
      var changes = [(record.establishedAt, "open")] + record.closedAt.map { ($0, "closed") }
      changes += record.reopenedAt.map { ($0, "open") } + (record.ending.map { [($0.time, "ended")] } ?? [])
      return changes.filter { $0.0 <= time }.max { $0.0 < $1.0 }?.1 ?? "none"
    }
    let open = cases.filter { state($0, to) == "open" && $0.establishedAt < to }
    #expect(figures.open == open.count, "seed \(seed)")
    #expect(figures.overdue == open.count { ($0.due ?? to) < to }, "seed \(seed)")
    let due = cases.filter { record in
      record.due.map { from <= $0 && $0 < to } == true && state(record, to) != "ended"
    }
    #expect(figures.due == due.count, "seed \(seed)")
    #expect(figures.onTime == due.count { state($0, $0.due ?? to) == "closed" }, "seed \(seed)")
  }

  @Test(arguments: UInt64(1)...40)
  func repeatPlacesAreChainsOfNeighbours(seed: UInt64) {
    let cases = Self.cases(seed: seed)
    let (from, to) = (StatisticsExample.at(2, 0), StatisticsExample.at(9, 0))
    let fresh = cases.filter { from <= $0.establishedAt && $0.establishedAt < to && $0.position != nil }
    func areNear(_ first: CaseRecord, _ second: CaseRecord) -> Bool {
      guard first.hazardClass == second.hazardClass, let here = first.position, let there = second.position
      else { return false }
      return LocalPlane(origin: here).distanceMeters(to: there) <= 50
    }
    // Every case gets the smallest number that it can reach, until nothing changes.
    var labels = fresh.map(\.caseNumber)
    var isChanging = true
    while isChanging {
      isChanging = false
      for (index, record) in fresh.enumerated() {
        for (other, neighbour) in fresh.enumerated()
        where labels[other] < labels[index] && areNear(record, neighbour) {
          labels[index] = labels[other]
          isChanging = true
        }
      }
    }
    let groups = Dictionary(grouping: zip(labels, fresh.map(\.caseNumber)), by: \.0).values
      .map { $0.map(\.1).sorted() }.filter { $0.count > 1 }
    let found = CaseStatistics(StatisticsExample.input(cases: cases)).repeatPlaces.map(\.caseNumbers)
    #expect(Set(found) == Set(groups) && found.count == groups.count, "seed \(seed)")
    #expect(found.map(\.count) == found.map(\.count).sorted(by: >))
  }

  @Test func theOrderOfTheCasesDoesNotMatter() {
    let cases = Self.cases(seed: 9)
    let straight = CaseStatistics(StatisticsExample.input(cases: cases))
    let turned = CaseStatistics(StatisticsExample.input(cases: cases.reversed()))
    #expect(StatisticsTable(straight).text == StatisticsTable(turned).text)
    #expect(
      StatisticsPage(straight, language: .en).text == StatisticsPage(turned, language: .en).text)
  }
}
