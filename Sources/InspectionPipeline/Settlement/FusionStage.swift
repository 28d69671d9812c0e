import Foundation
import IncidentFusion
import InspectionModel
import InspectionStore
import WorkOrders

/// The step from observations to incidents: takes what is new in a store, and writes what changes.
///
/// The book of open incidents is kept in memory from one call to the next; where another process went on meanwhile,
/// or after a crash, it is read anew. All that a call reads and writes is one transaction.
struct FusionStage {
  private static let stepsBetweenWrites: Int64 = 6

  let rules: FusionRules
  let life: CaseLife

  /// The book as the store had it after the last call.
  struct Kept: Sendable {
    var book: IncidentBook
    var version: Int
    /// The first step that was not final then: the steps from there on are folded again when the book is read anew.
    var storedStep: Int64?
  }

  /// What one call did.
  struct Outcome: Sendable {
    var changes = Settlement.Changes()
    /// Nothing was left to do.
    var isDone = false
  }

  /// Fuses up to `limit` observations, and the looks of the same time.
  ///
  /// - Parameter kept: the book after the last call; `nil` where there was none, or where this call throws.
  func run(_ transaction: SettlementTransaction, kept: inout Kept?, limit: Int) throws -> Outcome {
    let progress = try transaction.fusionProgress()
    if kept?.version != progress.version { kept = nil }
    // Taken out, so that the book is changed in place and not copied.
    var state = try kept.take() ?? load(transaction, progress)
    let taken = try transaction.takePendingObservations(limit: limit)
    let isLast = taken.count < limit
    let looks = try transaction.takePendingLooks(upTo: isLast ? nil : taken.last?.phenomenonTime)
    guard !taken.isEmpty || !looks.isEmpty else {
      try retireLegacy(transaction)
      kept = state
      return Outcome(isDone: true)
    }
    let observations = try aboveTunedThreshold(taken, transaction)
    let late = observations.filter { state.book.isBeforeWindow($0.phenomenonTime) }
    if !late.isEmpty {
      try keep(transaction, &state)
      try reopen(late, transaction, &state)
    }
    let changes = state.book.record(observations, looks: looks)
    let filings = state.book.takeFilings()
    var outcome = Outcome()
    // Incidents first, then what moves from one to another, and at last those that nothing is left of.
    for change in changes.sorted(by: { $0.order < $1.order }) {
      try write(change, transaction, &outcome.changes)
    }
    try file(filings, transaction)
    // What became final is written now and then: an incident that is seen all day would be written for every step.
    if state.storedStep.map({ state.book.firstLiveStep - $0 >= Self.stepsBetweenWrites }) ?? true {
      try keep(transaction, &state)
    }
    state.version = progress.version + 1
    try transaction.putFusionProgress(
      FusionProgress(
        firstLiveStep: state.storedStep, newest: state.book.newest,
        lateCount: progress.lateCount + late.count, version: state.version))
    outcome.changes.lateObservations = late.count
    kept = state
    return outcome
  }

  /// What "not a hazard" taught about a fixed camera holds for what it tells from then on: sightings below the raised
  /// threshold are kept, but make no incident.
  private func aboveTunedThreshold(
    _ observations: [Observation], _ transaction: SettlementTransaction
  ) throws -> [Observation] {
    let tuning = try ThresholdLessons(transaction: transaction, governance: life.governance).tuning
    guard !tuning.decisions.isEmpty else { return observations }
    return observations.filter { observation in
      observation.score
        >= tuning.threshold(
          for: observation.witness, observation.hazard, at: observation.phenomenonTime,
          base: observation.threshold)
    }
  }

  private func load(_ transaction: SettlementTransaction, _ progress: FusionProgress) throws -> Kept {
    let clusters = try transaction.openClusters().map(Self.cluster)
    var book = IncidentBook(
      rules: rules, settled: clusters, firstLiveStep: progress.firstLiveStep ?? .min, newest: progress.newest,
      filesKeys: true)
    let begin = progress.firstLiveStep.map(rules.stepStart) ?? Timestamp(nanoseconds: .min)
    let live = try transaction.fused(from: begin)
    let late = try progress.firstLiveStep.map(transaction.lateObservations) ?? []
    _ = book.record(live.observations + late, looks: live.looks)
    // Steps that became final since the incidents were written may be named otherwise when they do so all at once.
    try file(book.takeFilings(), transaction)
    return Kept(book: book, version: progress.version, storedStep: progress.firstLiveStep)
  }

  private func file(_ filings: [Filing], _ transaction: SettlementTransaction) throws {
    for filing in filings {
      try transaction.fileObservations(filing.keys, under: filing.name, formerNames: filing.formerNames)
    }
  }

  /// Closed incidents that late observations may belong to take part again.
  private func reopen(
    _ late: [Observation], _ transaction: SettlementTransaction, _ state: inout Kept
  ) throws {
    try transaction.putLate(late.map(\.key), step: state.book.firstLiveStep)
    var found: [String: Cluster] = [:]
    for kind in Set(late.map(\.hazard)).sorted() {
      let times = late.filter { $0.hazard == kind }.map(\.phenomenonTime)
      guard let first = times.min(), let last = times.max() else { continue }
      let gap = Double(rules[kind].gapSeconds)
      let bodies = try transaction.closedClusters(
        hazard: kind, from: first.advanced(bySeconds: -gap), to: last.advanced(bySeconds: gap))
      for cluster in try bodies.map(Self.cluster) { found[cluster.id] = cluster }
    }
    let clusters = found.values.sorted { $0.id < $1.id }
    state.book.reopen(clusters)
    // Written as open at once: a book that is read anew has to begin with them, too.
    for cluster in clusters { try put(cluster, isOpen: true, transaction) }
  }

  private func write(
    _ change: IncidentChange, _ transaction: SettlementTransaction, _ changes: inout Settlement.Changes
  ) throws {
    switch change {
    case .opened(let incident):
      changes.incidentsAdded += try transaction.put(incident, joined: incident.observationKeys)
      try transaction.putUndecided(incident)
      if let origin = incident.splitFrom {
        try transaction.putLink(of: incident.id, "split_from", to: origin, at: incident.lastSeen)
      }
    case .updated(let incident, let joined):
      _ = try transaction.put(incident, joined: joined)
      try transaction.putUndecided(incident)
      changes.incidentsUpdated += 1
    case .moved(let name, let incident):
      try transaction.moveSpot(name, toIncident: incident.id)
    case .superseded(let id, let successor):
      try transaction.putLink(of: id, "merged_into", to: successor.id, at: successor.lastSeen)
      try supersede(id, by: successor, transaction)
      changes.incidentsMerged += 1
    }
  }

  /// The case of an incident that is one with another now moves there, or is merged into the case that is there.
  private func supersede(
    _ id: String, by successor: Incident, _ transaction: SettlementTransaction
  ) throws {
    guard let order = try transaction.workOrder(ofIncident: id) else {
      try transaction.removeIncident(id: id)
      return
    }
    guard let standing = try transaction.workOrder(ofIncident: successor.id) else {
      try transaction.moveCase(fromIncident: id, to: successor.id)
      try transaction.removeIncident(id: id)
      return
    }
    try transaction.removeUndecided(id: id)
    try CaseRecords(transaction: transaction, life: life).merge(order, into: standing)
  }

  /// Incidents of a store of an earlier version whose sightings joined others when they were fused again.
  private func retireLegacy(_ transaction: SettlementTransaction) throws {
    for incident in try transaction.takeLegacyIncidents() {
      let key = incident.bestObservationKey
      guard let id = try transaction.incidentID(ofObservation: key), id != incident.id,
        let successor = try transaction.incident(id: id)
      else { continue }
      try transaction.putLink(of: incident.id, "merged_into", to: id, at: successor.lastSeen)
      try supersede(incident.id, by: successor, transaction)
    }
  }

  /// Writes what final steps made of incidents.
  private func keep(_ transaction: SettlementTransaction, _ kept: inout Kept) throws {
    let settled = kept.book.takeSettled()
    for cluster in settled.open { try put(cluster, isOpen: true, transaction) }
    for cluster in settled.closed { try put(cluster, isOpen: false, transaction) }
    for id in settled.removed { try transaction.removeCluster(id: id) }
    kept.storedStep = kept.book.firstLiveStep
  }

  /// Reads an incident as the store keeps it: as JSON where the fourth schema wrote it.
  private static func cluster(_ body: [UInt8]) throws -> Cluster {
    if body.first == UInt8(ascii: "{") {
      return try JSONDecoder().decode(Cluster.self, from: Data(body))
    }
    return try Cluster(bytes: body)
  }

  private func put(_ cluster: Cluster, isOpen: Bool, _ transaction: SettlementTransaction) throws {
    try transaction.putCluster(
      cluster.bytes, id: cluster.id, hazard: cluster.hazard, firstSeen: cluster.firstSeen,
      lastSeen: cluster.lastSeen, isOpen: isOpen)
  }
}

extension IncidentChange {
  /// In which order changes of one batch are written.
  fileprivate var order: Int {
    switch self {
    case .opened, .updated: 0
    case .moved: 1
    case .superseded: 2
    }
  }
}
