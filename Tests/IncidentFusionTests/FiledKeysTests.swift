import IncidentFusion
import InspectionModel
import TestSupport
import Testing

/// Who keeps sightings, as a store does: which incident each belongs to, and the spot that it is filed under.
private struct Keeper {
  struct Row: Equatable {
    var incident: String
    var spot: String?
  }

  var rows: [String: Row] = [:]
  var clusters: [String: (body: [UInt8], isOpen: Bool)] = [:]
  var firstLiveStep: Int64 = .min
  var newest: Timestamp?

  mutating func take(_ changes: [IncidentChange], _ filings: [Filing]) {
    for change in changes {
      switch change {
      case .opened(let incident):
        for key in incident.observationKeys { rows[key] = Row(incident: incident.id) }
      case .updated(let incident, let joined):
        for key in joined { rows[key] = Row(incident: incident.id) }
      case .moved(let name, to: let incident):
        for (key, row) in rows where row.spot == name { rows[key]?.incident = incident.id }
      case .superseded: break
      }
    }
    for filing in filings {
      for key in filing.keys { rows[key]?.spot = filing.name }
      for (key, row) in rows {
        if let spot = row.spot, filing.formerNames.contains(spot) { rows[key]?.spot = filing.name }
      }
    }
  }

  mutating func keep(_ book: inout IncidentBook) {
    let settled = book.takeSettled()
    for cluster in settled.open { clusters[cluster.id] = (cluster.bytes, true) }
    for cluster in settled.closed { clusters[cluster.id] = (cluster.bytes, false) }
    for id in settled.removed { clusters[id] = nil }
    (firstLiveStep, newest) = (book.firstLiveStep, book.newest)
  }

  func restored(rules: FusionRules, _ seen: some Sequence<Observation>) throws -> IncidentBook {
    let open = try clusters.values.filter(\.isOpen).map { try Cluster(bytes: $0.body) }
    var book = IncidentBook(
      rules: rules, settled: open, firstLiveStep: firstLiveStep, newest: newest, filesKeys: true)
    _ = book.record(seen.filter { !book.isBeforeWindow($0.phenomenonTime) })
    return book
  }
}

/// A book that hands its keys over knows no less than one that keeps them all.
@Suite struct FiledKeysTests {
  /// Drones over hazards that lie so close that they are joined and told apart again, over more time than the window.
  private func crowd(seed: UInt64) -> [Observation] {
    var generator = SeededGenerator(seed: seed)
    return (0..<500).map { index in
      let hazard = Int.random(in: 0..<12, using: &generator)
      let sigmas: [Double] = [3, 8, 20]
      let sigma = sigmas.randomElement(using: &generator) ?? 3
      func error() -> Double { Sighting.normal(&generator) * sigma }
      return Sighting.make(
        "\(seed)-\(index)", source: "s\(Int.random(in: 0..<4, using: &generator))",
        seconds: Double(index) * 90 + Double.random(in: 0..<1000, using: &generator),
        east: Double(hazard % 4) * 34 + error(), north: Double(hazard / 4) * 34 + error(), sigma: sigma)
    }
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func theSameSightingsBelongToTheSameIncidents(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed ^ 0x51)
    // Odd seeds have gaps so short that incidents close on the way.
    let rules = Sighting.rules(
      spread: 3, gapSeconds: seed % 2 == 0 ? 86_400 : 3000, windowSeconds: 1800)
    let observations = crowd(seed: seed)
    var whole = IncidentBook(rules: rules)
    var filing = IncidentBook(rules: rules, filesKeys: true)
    var keeper = Keeper()
    var moves = 0
    var start = 0
    while start < observations.count {
      let end = min(start + Int.random(in: 1...40, using: &generator), observations.count)
      _ = whole.record(observations[start..<end])
      let changes = filing.record(observations[start..<end])
      moves += changes.count { if case .moved = $0 { true } else { false } }
      keeper.take(changes, filing.takeFilings())
      start = end
      if Int.random(in: 0..<3, using: &generator) == 0 { keeper.keep(&filing) }
      if Int.random(in: 0..<5, using: &generator) == 0 {
        // What is not kept is lost, as by a crash: the live sightings are recorded again.
        filing = try keeper.restored(rules: rules, observations[..<start])
        keeper.take([], filing.takeFilings())
      }
      let owners = Dictionary(
        uniqueKeysWithValues: whole.incidents.flatMap { one in one.observationKeys.map { ($0, one.id) } })
      let wrong = keeper.rows.filter { owners[$0.key] != $0.value.incident }
      #expect(wrong.isEmpty && keeper.rows.count == owners.count, "after \(start) sightings, seed \(seed)")
    }
    #expect(seed % 2 == 1 || moves > 0, "nothing moved, seed \(seed)")
    keeper.keep(&filing)
    let closed = try keeper.clusters.values.filter { !$0.isOpen }.map {
      try Cluster(bytes: $0.body).incident(rules: rules)
    }
    func plain(_ incidents: [Incident]) -> [String: Incident] {
      Dictionary(
        uniqueKeysWithValues: incidents.map { incident in
          var incident = incident
          incident.observationKeys = []
          return (incident.id, incident)
        })
    }
    // A closed incident was read without its place.
    var expected = plain(whole.incidents)
    for incident in closed { expected[incident.id]?.place = nil }
    #expect(plain(filing.incidents + closed) == expected, "seed \(seed)")
  }

  @Test func aBookThatFilesKeysStaysSmall() {
    let rules = Sighting.rules(gapSeconds: 86_400, windowSeconds: 600)
    var book = IncidentBook(rules: rules, filesKeys: true)
    for index in 0..<2000 {
      _ = book.record([Sighting.make("k\(index)", seconds: Double(index) * 30)])
      _ = book.takeFilings()
    }
    #expect(book.incidents.count == 1)
    #expect(book.observationCount <= 41, "two steps of 20 sightings are live")
    #expect(book.incidents[0].observationKeys.count == book.observationCount)
  }
}
