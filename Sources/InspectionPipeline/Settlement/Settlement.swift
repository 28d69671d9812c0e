import IncidentFusion
import InspectionModel
import InspectionStore
import WorkOrders

/// The step from observations to incidents to cases, over everything that a store holds.
///
/// Incidents are a pure function of the stored observations; what was decided about them before stands: an incident
/// keeps the identifier under which its case was established, and no case is established twice.
struct Settlement {
  let fusionRules: FusionRules
  let dispatcher: Dispatcher
  /// When cases are established.
  let now: Timestamp

  /// What a settlement changed.
  struct Changes: Sendable, Hashable {
    var incidentsAdded = 0
    var incidentsUpdated = 0
    var workOrdersAdded = 0
  }

  /// Settles a store; a second call without new observations changes nothing.
  func run(_ transaction: SettlementTransaction) throws -> Changes {
    var book = IncidentBook(rules: fusionRules)
    _ = book.record(try transaction.observations())
    let stored = try transaction.incidents()
    var orders = try transaction.workOrderOfIncident()
    let incidents = Self.keepingIdentifiers(
      book.incidents, stored: stored, incidentOfObservation: try transaction.incidentOfObservation(),
      caseNumbers: orders.mapValues(\.caseNumber))
    var changes = Changes()
    for incident in incidents where stored[incident.id] != incident {
      if try transaction.put(incident) == 1 {
        changes.incidentsAdded += 1
      } else {
        changes.incidentsUpdated += 1
      }
    }
    for incident in incidents {
      if let order = orders[incident.id] {
        try promote(order, incident, transaction)
      } else if let order = try establish(incident, transaction) {
        orders[incident.id] = order
        changes.workOrdersAdded += 1
      }
    }
    try retire(stored, successors: incidents, orders: orders, transaction)
    return changes
  }

  /// Gives incidents the identifiers that they are stored under: first the same one, then, since an earlier sighting
  /// may have come in late, that of a case that an observation of theirs belongs to, then that of an incident.
  static func keepingIdentifiers(
    _ incidents: [Incident], stored: [String: Incident], incidentOfObservation: [String: String],
    caseNumbers: [String: String]
  ) -> [Incident] {
    var taken = Set(incidents.map(\.id)).intersection(stored.keys)
    return incidents.map { incident in
      guard stored[incident.id] == nil else { return incident }
      var candidates: [String] = []
      for key in incident.observationKeys {
        guard let id = incidentOfObservation[key], !taken.contains(id), !candidates.contains(id) else {
          continue
        }
        candidates.append(id)
      }
      let withCase = candidates.filter { caseNumbers[$0] != nil }
        .min { caseNumbers[$0]! < caseNumbers[$1]! }
      guard let id = withCase ?? candidates.first else { return incident }
      taken.insert(id)
      var renamed = incident
      renamed.id = id
      return renamed
    }
  }

  /// A case that waited for a person's check moves on when the incident is confirmed by further sightings.
  private func promote(
    _ order: WorkOrder, _ incident: Incident, _ transaction: SettlementTransaction
  ) throws {
    guard order.status == .collected, incident.state == .confirmed else { return }
    var order = order
    order.status = .registered
    _ = try transaction.put(order)
  }

  private func establish(_ incident: Incident, _ transaction: SettlementTransaction) throws -> WorkOrder? {
    switch dispatcher.decide(incident) {
    case .decline(let reason):
      try transaction.putDeclined(reason, incidentID: incident.id)
      return nil
    case .establish(let route):
      let series = dispatcher.series(of: incident, establishedAt: now)
      let serial = try transaction.nextSerial(day: series.day.compactText, sourceLetter: series.letter)
      let order = dispatcher.workOrder(for: incident, on: route, establishedAt: now, serial: serial)
      try transaction.removeDeclined(incidentID: incident.id)
      _ = try transaction.put(order)
      return order
    }
  }

  /// Incidents that no observation belongs to any more: their sightings joined others. A case of theirs is merged
  /// into the one that stands, never lost.
  private func retire(
    _ stored: [String: Incident], successors: [Incident], orders: [String: WorkOrder],
    _ transaction: SettlementTransaction
  ) throws {
    let present = Set(successors.map(\.id))
    let lost = stored.keys.filter { !present.contains($0) }.sorted()
    guard !lost.isEmpty else { return }
    var successorOfKey: [String: Incident] = [:]
    for incident in successors { for key in incident.observationKeys { successorOfKey[key] = incident } }
    for id in lost {
      guard var order = orders[id] else {
        try transaction.removeIncident(id: id)
        continue
      }
      guard order.status.isOpen else { continue }
      let successor = stored[id]?.observationKeys.lazy.compactMap { successorOfKey[$0] }.first
      let target = successor.flatMap { orders[$0.id]?.caseNumber ?? $0.id } ?? "-"
      order.status = .merged
      order.reason.zh += "后续发现表明与 \(target) 为同一事件，并案。"
      order.reason.en += " Later sightings show the same incident as \(target): merged."
      _ = try transaction.put(order)
    }
  }
}
