import IncidentFusion
import InspectionModel
import TestSupport
import Testing

@Suite struct IncidentBookTests {
  @Test func sightingsInsideTheGateAreOneIncident() {
    // One variance is 4² + 10² = 116 m²; reach: sqrt(4.5² × (116 + 116) + 2.5² × 116) = 73.6 m.
    let near = Sighting.incidents([Sighting.make("a"), Sighting.make("b", seconds: 5, east: 73)])
    #expect(near.map(\.observationKeys) == [["a", "b"]])
    let far = Sighting.incidents([Sighting.make("a"), Sighting.make("b", seconds: 5, east: 74)])
    #expect(far.map(\.observationKeys) == [["a"], ["b"]])
  }

  @Test func aLargeErrorOpensTheGateOfThatSightingOnly() {
    let wide = Sighting.incidents([Sighting.make("a"), Sighting.make("b", seconds: 5, north: 90, sigma: 30)])
    #expect(wide.count == 1)
    let narrow = Sighting.incidents([Sighting.make("a"), Sighting.make("b", seconds: 5, north: 90, sigma: 4)])
    #expect(narrow.count == 2)
  }

  @Test func aSightingGoesToTheNearerIncident() {
    let incidents = Sighting.incidents([
      Sighting.make("a"), Sighting.make("b", seconds: 1, east: 120), Sighting.make("c", seconds: 2, east: 70),
    ])
    #expect(incidents.map(\.observationKeys) == [["a"], ["b", "c"]])
  }

  @Test func theGapLimitIsInclusive() {
    #expect(Sighting.incidents([Sighting.make("a"), Sighting.make("b", seconds: 600)]).count == 1)
    #expect(Sighting.incidents([Sighting.make("a"), Sighting.make("b", seconds: 600.000001)]).count == 2)
    // The gap counts from the last sighting, not from the first.
    let chain = (0..<5).map { Sighting.make("k\($0)", seconds: Double($0) * 500) }
    #expect(Sighting.incidents(chain).count == 1)
  }

  @Test func kindsOfHazardNeverJoin() {
    let incidents = Sighting.incidents([Sighting.make("a"), Sighting.make("b", hazard: .garbage)])
    #expect(Set(incidents.map(\.hazard)) == [.water, .garbage])
  }

  @Test func sightingsWithoutPlaceJoinBySource() {
    let incidents = Sighting.incidents([
      Sighting.make("a", kind: .ground, source: "n1", sigma: nil),
      Sighting.make("b", kind: .ground, source: "n2", seconds: 1, sigma: nil),
      Sighting.make("c", kind: .ground, source: "n1", seconds: 2, sigma: nil),
      Sighting.make("d", kind: .ground, source: "n1", seconds: 3, sigma: 4),
      Sighting.make("e", kind: .ground, source: "n2", seconds: 4, sigma: .nan),
      Sighting.make("f", kind: .ground, source: "n2", seconds: 5, sigma: -1),
    ])
    #expect(incidents.map(\.observationKeys) == [["a", "c"], ["b", "e", "f"], ["d"]])
    #expect(incidents.map { $0.place == nil } == [true, true, false])
  }

  @Test func aScoreBelowItsThresholdIsNoSighting() {
    #expect(Sighting.incidents([Sighting.make("a", score: 0.499, threshold: 0.5)]).isEmpty)
    #expect(Sighting.incidents([Sighting.make("a", score: 0.5, threshold: 0.5)]).count == 1)
  }

  @Test func theIncidentSumsUpItsSightings() throws {
    let incident = try #require(
      Sighting.incidents([
        Sighting.make("b", score: 0.7, seconds: 9, vehicles: 30),
        Sighting.make("a", kind: .person, source: "p", score: 0.9, seconds: 3, vehicles: 12),
        Sighting.make("c", score: 0.9, seconds: 12),
      ]).first)
    #expect(incident.observationKeys == ["a", "b", "c"])
    #expect(incident.bestObservationKey == "a")
    #expect(incident.peakScore == HazardScore(fraction: 0.9))
    #expect(incident.firstSeen == Sighting.start.advanced(bySeconds: 3))
    #expect(incident.lastSeen == Sighting.start.advanced(bySeconds: 12))
    #expect(incident.witnesses.map(\.source) == ["flight-1", "p"])
    #expect(incident.vehicleCount == 30)
  }

  @Test func anEarlierSightingThatComesLateRenamesTheIncident() throws {
    var book = IncidentBook(rules: Sighting.rules())
    let opened = book.record([Sighting.make("b", seconds: 10)])
    let before = try #require(book.incidents.first)
    #expect(opened == [.opened(before)])
    let changes = book.record([Sighting.make("a", seconds: 5)])
    let after = try #require(book.incidents.first)
    #expect(before.id != after.id && after.observationKeys == ["a", "b"])
    #expect(changes == [.opened(after), .superseded(id: before.id, by: after)])
    #expect(book.record([Sighting.make("b", seconds: 10), Sighting.make("a", seconds: 5)]).isEmpty)
    #expect(book.observationCount == 2)
  }

  /// The same set in any order, in any number of calls, with repetitions: the same incidents, bit for bit.
  @Test(arguments: 0..<16 as Range<UInt64>)
  func theOrderOfArrivalDoesNotMatter(seed: UInt64) {
    // The last seed has many sightings in every step.
    let observations = Sighting.day(count: seed < 15 ? 120 : 600, seed: seed)
    let expected = Sighting.incidents(observations)
    var generator = SeededGenerator(seed: seed ^ 0xABCD)
    for _ in 0..<2 {
      let repeated = observations + observations.shuffled(using: &generator).prefix(40)
      let shuffled = repeated.shuffled(using: &generator)
      #expect(Sighting.incidents(shuffled) == expected, "one call, seed \(seed)")
      var book = IncidentBook(rules: Sighting.rules())
      var position = 0
      while position < shuffled.count {
        let size = min(Int.random(in: 20...80, using: &generator), shuffled.count - position)
        _ = book.record(shuffled[position..<position + size])
        position += size
      }
      #expect(book.incidents == expected, "many calls, seed \(seed)")
      #expect("\(book.incidents)" == "\(expected)", "seed \(seed)")
    }
  }

  /// A late sighting at every place around those where a lane may keep a checkpoint.
  @Test func oneLateSightingAnywhereIsTakenInItsPlace() {
    let others = (0..<600).map {
      Sighting.make("k\($0 + 1000)", seconds: Double($0), east: Double($0 % 7) * 9)
    }
    var full = IncidentBook(rules: Sighting.rules())
    _ = full.record(others)
    for place in Array(0..<4) + Array(250..<262) + Array(508..<516) + Array(596..<600) {
      let late = Sighting.make("late", seconds: Double(place) - 0.5, east: 27)
      var book = full
      _ = book.record([late])
      #expect(book.incidents == Sighting.incidents(others + [late]), "before sighting \(place)")
    }
  }

  /// Who follows the changes alone knows every incident as it is.
  @Test(arguments: 0..<10 as Range<UInt64>)
  func theChangesTellTheWholeStory(seed: UInt64) {
    var generator = SeededGenerator(seed: seed ^ 0x1234)
    let observations = Sighting.day(count: 200, seed: seed).shuffled(using: &generator)
    var book = IncidentBook(rules: Sighting.rules())
    var known: [String: Incident] = [:]
    for start in stride(from: 0, to: observations.count, by: 7) {
      let changes = book.record(observations[start..<min(start + 7, observations.count)])
      for case .superseded(let id, by: let successor) in changes {
        let gone = known.removeValue(forKey: id)
        #expect(gone != nil, "superseded an unknown incident, seed \(seed)")
        let moved = Set(gone?.observationKeys ?? []).intersection(successor.observationKeys)
        #expect(!moved.isEmpty, "seed \(seed)")
      }
      for change in changes {
        switch change {
        case .opened(let incident):
          #expect(known.updateValue(incident, forKey: incident.id) == nil, "opened twice, seed \(seed)")
        case .updated(let incident, let joined):
          let old = known.updateValue(incident, forKey: incident.id)
          let had = Set(old?.observationKeys ?? [])
          #expect(old != nil, "updated an unknown incident, seed \(seed)")
          #expect(joined == incident.observationKeys.filter { !had.contains($0) }, "seed \(seed)")
        case .moved(let name, _): Issue.record("\(name) moved, though no key is filed, seed \(seed)")
        case .superseded: break
        }
      }
      #expect(known == Dictionary(uniqueKeysWithValues: book.incidents.map { ($0.id, $0) }), "seed \(seed)")
    }
    #expect(
      book.incidents.flatMap(\.observationKeys).count == book.incidents.flatMap(\.observationKeys).uniqueCount
    )
  }

  /// Hazards that lie far apart are found one by one, however often and by whomever they are seen.
  @Test(arguments: 0..<20 as Range<UInt64>)
  func separateHazardsAreOneIncidentEach(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let rules = Sighting.rules(spread: 1)
    var observations: [Observation] = []
    for hazard in 0..<25 {
      for index in 0..<40 {
        // Errors up to two sigmas; neighbours are twelve sigmas apart.
        let (angle, radius) = (
          Double.random(in: 0..<1, using: &generator), Double.random(in: 0...10, using: &generator)
        )
        let (dx, dy) = (radius * (2 * angle - 1), radius * (1 - 2 * abs(2 * angle - 1)))
        observations.append(
          Sighting.make(
            "\(hazard)-\(index)", source: "s\(index % 4)",
            seconds: Double(Int.random(in: 0..<500, using: &generator)),
            east: Double(hazard % 5) * 60 + dx, north: Double(hazard / 5) * 60 + dy, sigma: 5))
      }
    }
    let incidents = Sighting.incidents(observations, rules: rules)
    #expect(incidents.count == 25, "seed \(seed)")
    for incident in incidents {
      let hazards = Set(incident.observationKeys.map { $0.split(separator: "-")[0] })
      #expect(hazards.count == 1, "seed \(seed)")
    }
  }
}

extension Array where Element: Hashable {
  fileprivate var uniqueCount: Int { Set(self).count }
}
