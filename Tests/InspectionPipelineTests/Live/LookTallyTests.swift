import InspectionModel
import InspectionPipeline
import Testing

@Suite struct LookTallyTests {
  static let start = Timestamp(milliseconds: 1_795_492_800_000)

  private func looks(_ found: [(seconds: Double, found: [HazardKind])]) -> [Look] {
    var tally = LookTally(witness: Witness(kind: .ground, source: "a"), intervalSeconds: 600)
    return found.compactMap { seconds, found in
      tally.note([.water, .garbage], found: found, at: Self.start.advanced(bySeconds: seconds))
    }
  }

  @Test func anIntervalTellsWhatWasNeverSeenInIt() {
    let told = looks([(0, []), (300, [.water]), (590, []), (600, []), (900, []), (1300, [])])
    #expect(told.map(\.hazards) == [[.garbage], [.garbage, .water]])
    #expect(told.map { $0.time.seconds(since: Self.start) } == [590, 900])
    #expect(Set(told.map(\.key)).count == 2 && told.allSatisfy { $0.area == nil })
  }

  @Test func oneLookAloneTellsNothing() {
    #expect(looks([(0, []), (700, []), (1400, [])]).isEmpty)
  }
}
