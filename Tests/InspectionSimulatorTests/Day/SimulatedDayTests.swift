import InspectionModel
import InspectionSimulator
import Testing

/// What a made-up day holds, how often, when.
@Suite struct SimulatedDayTests {
  @Test func theSamePlanGivesTheSameBytesAndAnotherSeedOthers() throws {
    let first = try DaySamples.text(of: SimulatedDay(plan: DaySamples.plan()))
    let again = try DaySamples.text(of: SimulatedDay(plan: DaySamples.plan()))
    let other = try DaySamples.text(of: SimulatedDay(plan: DaySamples.plan(seed: 12)))
    #expect(first == again)
    #expect(first.lines != other.lines && first.looks != other.looks && first.truth != other.truth)
  }

  @Test(arguments: [(1, 2), (1, 500), (7, 14), (120, 240), (120, 4001), (600, 20_000)])
  func countsAreWhatWasAskedFor(hazards: Int, observations: Int) throws {
    let day = try SimulatedDay(plan: DaySamples.plan(hazards: hazards, observations: observations))
    #expect(day.hazards.count == hazards && day.observations.count == observations)
    #expect(Set(day.observations.map(\.key)).count == observations)
    var counts = Array(repeating: 0, count: hazards)
    for index in day.hazardIndices { counts[index] += 1 }
    #expect(counts == day.hazards.map(\.observationCount))
    #expect(counts.allSatisfy { $0 >= 2 })
    if observations == 20_000 {
      #expect(counts.count { $0 <= 3 } > 30 && counts.count { $0 > 200 } > 5, "very unequal")
    }
  }

  @Test func aHazardIsSeenWhileItLastsAndWithoutLongGaps() throws {
    let longest: [HazardKind: Double] = [
      .fireSmoke: 100, .water: 600, .roadDamage: 1440, .garbage: 1440, .congestion: 25, .darkness: 600,
      .obstruction: 600,
    ]
    let day = try SimulatedDay(plan: DaySamples.plan(hazards: 300, observations: 6000))
    let byHazard = Dictionary(grouping: day.observations.indices) { day.hazardIndices[$0] }
    for (index, hazard) in day.hazards.enumerated() {
      let seen = byHazard[index, default: []].map { day.observations[$0] }
      let times = seen.map(\.phenomenonTime).sorted()
      #expect(seen.allSatisfy { $0.hazard == hazard.kind })
      #expect(hazard.begins <= times[0] && times[times.count - 1] < hazard.ends)
      let gap = try #require(longest[hazard.kind]) * 60
      for (earlier, later) in zip(times, times.dropFirst()) {
        #expect(later.seconds(since: earlier) <= gap, "\(hazard.id) \(hazard.kind)")
      }
      #expect(Set(seen.map(\.witness)) == Set(hazard.witnesses))
      #expect(hazard.witnesses.count == Set(hazard.witnesses).count)
      #expect(seen.contains { $0.score >= DayPlan.surestScoreAtLeast })
      #expect(seen.allSatisfy { $0.score >= DayPlan.threshold })
    }
    #expect(Set(day.hazards.map(\.kind)) == Set(HazardKind.allCases))
  }

  @Test func lampsAreOutAtNightOnly() throws {
    let day = try SimulatedDay(plan: DaySamples.plan(hazards: 300, observations: 3000))
    let dark = day.hazards.filter { $0.kind == .darkness }
    #expect(dark.count > 10)
    for hazard in dark {
      let hours = [hazard.begins, hazard.ends].map { $0.civil(in: .shanghai).hour }
      #expect(hours.allSatisfy { $0 < 7 } || hours.allSatisfy { $0 >= 19 }, "\(hours)")
    }
  }

  @Test func observationsArriveLateDoubledAndOutOfOrderWithinTheWindow() throws {
    let day = try SimulatedDay(plan: DaySamples.plan())
    let window = Double(DayPlan.latenessSeconds)
    for observation in day.observations {
      let delay = observation.resultTime.seconds(since: observation.phenomenonTime)
      #expect(delay > 0 && delay < window)
    }
    let late = day.observations.count { $0.resultTime.seconds(since: $0.phenomenonTime) > 0.75 * window }
    #expect((1...60).contains(late), "\(late)")
    #expect(Set(day.arrivals) == Set(day.observations.indices), "each arrives")
    let repeated = day.arrivals.count - day.observations.count
    #expect((80...200).contains(repeated), "\(repeated)")
    var seen: Set<Int> = []
    let first = day.arrivals.filter { seen.insert($0).inserted }.map { day.observations[$0] }
    #expect(zip(first, first.dropFirst()).allSatisfy { $0.resultTime <= $1.resultTime })
    let backwards = zip(first, first.dropFirst()).count { $0.phenomenonTime > $1.phenomenonTime }
    #expect(backwards > first.count / 20, "\(backwards)")
  }

  @Test func allThreeKindsOfWitnessSeeManyAndPersonsReportOnce() throws {
    let day = try SimulatedDay(plan: DaySamples.plan(hazards: 600, observations: 20_000))
    let byKind = Dictionary(grouping: day.observations, by: \.witness.kind)
    for kind in WitnessKind.allCases {
      #expect(byKind[kind, default: []].count > 1000, "\(kind)")
    }
    let persons = byKind[.person, default: []]
    #expect(Set(persons.map(\.witness)).count == persons.count)
    let ranges: [WitnessKind: ClosedRange<Double>] = [.air: 3...8, .ground: 8...20, .person: 10...30]
    for (kind, range) in ranges {
      #expect(byKind[kind, default: []].allSatisfy { range.contains($0.place?.sigmaMeters ?? 0) })
    }
    let flights = Dictionary(grouping: byKind[.air, default: []], by: \.witness)
    for (_, seen) in flights {
      let numbers = seen.sorted { $0.phenomenonTime < $1.phenomenonTime }.map(\.frame.sequenceNumber)
      #expect(numbers.sorted() == Array(0..<seen.count))
    }
  }

  @Test func daysThatCannotBeAreRefused() throws {
    let changes: [(inout DayPlan) -> Void] = [
      { $0.hazardCount = 0 }, { $0.observationCount = 239 }, { $0.centers = [] },
      { $0.centers[0].weight = 0 },
      { $0.centers[0].position.latitudeDegrees = 31 }, { $0.neighbourShare = -0.1 },
      { $0.repeatedShare = .nan }, { $0.spreadMeters[.water] = 61 }, { $0.box.north = 20 },
    ]
    for (index, change) in changes.enumerated() {
      let plan = try DaySamples.plan { change(&$0) }
      #expect(throws: DayPlanError.self, "change \(index)") { try SimulatedDay(plan: plan) }
    }
    let tight = try DaySamples.plan {
      $0.box = DayPlan.Box(south: 29.275, west: 106.231, north: 29.277, east: 106.233)
      $0.centers = [$0.centers[0]]
    }
    #expect(throws: DayPlanError.noRoom(hazards: 120)) { try SimulatedDay(plan: tight) }
  }
}
