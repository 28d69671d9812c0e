import IncidentFusion
import InspectionModel
import TestSupport
import Testing

/// Days of hazards with known truth, seen by witnesses whose errors are as they say.
@Suite struct FusionDayTests {
  /// Two hazards `apart` metres from each other, each seen `count` times by drones of sigma 5 m over a day.
  private func pair(apart: Double, count: Int, seed: UInt64) -> [Observation] {
    var generator = SeededGenerator(seed: seed)
    return (0..<2 * count).map { index in
      let hazard = index % 2
      let (east, north) = (Sighting.normal(&generator), Sighting.normal(&generator))
      return Sighting.make(
        "\(hazard)-\(index)", source: "flight-\(index / 2 % 5)", seconds: Double(index / 2) * 500,
        east: Double(hazard) * apart + 5 * east, north: 5 * north, sigma: 5)
    }
  }

  private func hazards(of incident: Incident) -> Set<Substring> {
    Set(incident.observationKeys.map { $0.split(separator: "-")[0] })
  }

  @Test(arguments: 0..<10 as Range<UInt64>)
  func oneHazardSeenOftenStaysOne(seed: UInt64) {
    let rules = Sighting.rules(spread: 3, gapSeconds: 3600)
    let incidents = Sighting.incidents(pair(apart: 0, count: 40, seed: seed), rules: rules)
    #expect(incidents.count == 1, "seed \(seed)")
  }

  /// Sightings come one by one, so each might join the other hazard: only together they show that there are two.
  @Test(arguments: 0..<10 as Range<UInt64>)
  func neighboursAreToldApart(seed: UInt64) {
    let rules = Sighting.rules(spread: 3, gapSeconds: 3600)
    // One sighting scatters by sqrt(5² + 3²) = 5.8 m; five times that apart.
    let incidents = Sighting.incidents(pair(apart: 29, count: 20, seed: seed), rules: rules)
    #expect(incidents.count == 2, "seed \(seed)")
    for incident in incidents {
      let keys = incident.observationKeys
      let most = Dictionary(grouping: keys) { $0.first }.values.map(\.count).max() ?? 0
      #expect(most * 10 >= keys.count * 9, "seed \(seed)")
    }
  }

  /// Two hazards that the first sightings did not show apart are split, and the new one says from what.
  @Test func aSplitIsRecorded() throws {
    var book = IncidentBook(rules: Sighting.rules(spread: 3, gapSeconds: 3600, windowSeconds: 600))
    var splits: [Incident] = []
    for observation in pair(apart: 29, count: 20, seed: 3) {
      for case .opened(let incident) in book.record([observation]) where incident.splitFrom != nil {
        splits.append(incident)
      }
    }
    #expect(book.incidents.count == 2)
    let split = try #require(splits.first)
    #expect(book.incidents.contains { $0.id == split.splitFrom })
  }

  @Test func looksThatFindNothingTakeConfidenceAndEndIt() throws {
    let rules = Sighting.rules(gapSeconds: 86_400)
    var book = IncidentBook(rules: rules)
    _ = book.record([Sighting.make("a"), Sighting.make("b", kind: .person, source: "p", seconds: 60)])
    let before = try #require(book.incidents.first)
    let area = Look.Area(center: Sighting.origin.origin, radiusMeters: 50)
    func look(_ key: String, seconds: Double, area: Look.Area?) -> Look {
      Look(
        key: key, witness: Witness(kind: .air, source: "flight-\(key)"),
        time: Sighting.start.advanced(bySeconds: seconds), hazards: [.water], area: area)
    }
    // Too early, elsewhere, and of a source that never saw it: nothing changes.
    let far = Look.Area(center: Sighting.origin.position(eastMeters: 500, northMeters: 0), radiusMeters: 50)
    #expect(
      book.record([], looks: [look("e", seconds: 30, area: area), look("f", seconds: 900, area: far)]).isEmpty
    )
    #expect(book.record([], looks: [look("g", seconds: 900, area: nil)]).isEmpty)
    _ = book.record([], looks: [look("h", seconds: 1000, area: area)])
    let doubted = try #require(book.incidents.first)
    #expect(doubted.confidence < before.confidence && doubted.state == .confirmed)
    // The same look again counts once, and so does another one right after it.
    #expect(book.record([], looks: [look("h", seconds: 1000, area: area)]).isEmpty)
    _ = book.record([], looks: [look("i", seconds: 2000, area: area), look("j", seconds: 3000, area: area)])
    #expect(book.incidents.map(\.state) == [.resolved])
    // Seen again within the gap: the same incident, its second episode.
    _ = book.record([Sighting.make("k", seconds: 5000)])
    let again = try #require(book.incidents.first)
    #expect(again.id == before.id && again.episode == 2 && again.state == .confirmed)
    #expect(book.incidents.count == 1)
  }

  /// A book that goes on from what was kept gives what a book gives that saw everything.
  @Test(arguments: 0..<10 as Range<UInt64>)
  func aRestoredBookGoesOn(seed: UInt64) {
    let rules = Sighting.rules(windowSeconds: 1200)
    let observations = Sighting.day(count: 300, seed: seed).sorted {
      ($0.phenomenonTime, $0.key) < ($1.phenomenonTime, $1.key)
    }
    var whole = IncidentBook(rules: rules)
    var kept = IncidentBook(rules: rules)
    var closed: [Incident] = []
    for start in stride(from: 0, to: observations.count, by: 25) {
      let batch = observations[start..<min(start + 25, observations.count)]
      _ = whole.record(batch)
      kept = IncidentBook(
        rules: rules, settled: kept.settled, firstLiveStep: kept.firstLiveStep, newest: kept.newest)
      let live = observations[..<start].filter { !kept.isBeforeWindow($0.phenomenonTime) }
      _ = kept.record(live)
      _ = kept.record(batch)
      closed += kept.takeSettled().closed.map { $0.incident(rules: rules) }
    }
    let all = (kept.incidents + closed).sorted {
      ($0.firstSeen, $0.hazard, $0.id) < ($1.firstSeen, $1.hazard, $1.id)
    }
    #expect(all == whole.incidents, "seed \(seed)")
  }

  /// Within the window the order of arrival does not matter, although old steps become final on the way.
  @Test(arguments: 0..<10 as Range<UInt64>)
  func delaysWithinTheWindowDoNotMatter(seed: UInt64) {
    let rules = Sighting.rules(windowSeconds: 1800)
    let observations = Sighting.day(count: 400, seed: seed)
    let expected = Sighting.incidents(observations, rules: rules)
    var generator = SeededGenerator(seed: seed ^ 0x77)
    let arrivals = observations.map {
      ($0.phenomenonTime.advanced(bySeconds: Double.random(in: 0..<1200, using: &generator)), $0)
    }
    var book = IncidentBook(rules: rules)
    for (_, observation) in arrivals.sorted(by: { $0.0 < $1.0 }) { _ = book.record([observation]) }
    #expect(book.incidents == expected, "seed \(seed)")
    #expect(book.lateCount == 0)
  }
}
