import Foundation
import InspectionModel
import InspectionStore
import WorkOrders

/// The step from incidents to cases: every incident that changed is looked at once, in the order in which they became
/// known. A new one becomes a case or a documented "no"; a case that hangs on one hears the news.
struct DecisionStage {
  let life: CaseLife
  let dispatcher: Dispatcher
  /// When incidents count as known that do not say so themselves.
  let now: @Sendable () -> Timestamp

  /// Decides about up to `limit` incidents.
  ///
  /// - Returns: what changed, and whether nothing is left.
  func run(_ effects: FlowTransaction, limit: Int) throws -> (changes: Settlement.Changes, isDone: Bool) {
    let transaction = effects.domain
    var changes = Settlement.Changes()
    let incidents = try transaction.undecidedIncidents(limit: limit)
    guard !incidents.isEmpty else { return (changes, true) }
    var desk = try AlarmDesk(effects: effects, governance: life.governance)
    for incident in incidents {
      try transaction.removeUndecided(id: incident.id)
      if let order = try transaction.workOrder(ofIncident: incident.id) {
        if try hear(incident, order, transaction, &desk) { changes.workOrdersUpdated += 1 }
      } else if try establish(incident, transaction, &desk) {
        changes.workOrdersAdded += 1
      }
    }
    try desk.save()
    return (changes, incidents.count < limit)
  }

  /// A case hears of new sightings, of looks that found nothing, and of what follows.
  private func hear(
    _ incident: Incident, _ order: WorkOrder, _ transaction: SettlementTransaction, _ desk: inout AlarmDesk
  ) throws -> Bool {
    let records = CaseRecords(transaction: transaction, life: life)
    var file = try records.file(of: order)
    var sighting = CaseSighting(incident)
    sighting.observationCount = try transaction.memberCount(of: incident.id)
    guard isNews(sighting, for: file) else { return false }
    let registers = file.status == .collected ? incident.confirmedSince : nil
    let time = max(file.lastEventTime, incident.goneSince ?? registers ?? incident.lastSeen)
    let events: [CaseEvent]
    do throws(CaseRefusal) {
      events = try life.events(for: .see(sighting), on: file, at: time, by: CaseRecords.rules)
    } catch {
      // Merged and void cases hear nothing more: a person decided that for good.
      return false
    }
    try write(events, to: &file, records, &desk)
    return !events.isEmpty
  }

  /// Small changes are no news: a hazard that is seen for days would fill its case with them.
  private func isNews(_ sighting: CaseSighting, for file: CaseFile) -> Bool {
    let old = file.sighting
    if sighting.state != old.state || sighting.incidentID != old.incidentID { return true }
    if let closedAt = file.closedAt, sighting.lastSeen > closedAt { return true }
    if Set(sighting.witnesses.map(\.kind)) != Set(old.witnesses.map(\.kind)) { return true }
    return abs(sighting.confidence.millionths - old.confidence.millionths) >= 50_000
  }

  private func establish(
    _ incident: Incident, _ transaction: SettlementTransaction, _ desk: inout AlarmDesk
  ) throws -> Bool {
    // Whether it is there now is for the case to hear; whether it was there is what is decided here.
    var known = incident
    known.observationKeys = try transaction.observationKeys(of: incident.id)
    known.state = incident.confirmedSince == nil ? .suspected : .confirmed
    switch dispatcher.decide(known) {
    case .decline(let reason):
      try transaction.putDeclined(reason, incidentID: incident.id)
      return false
    case .establish(let route):
      let time = incident.knownSince ?? now()
      let series = dispatcher.series(of: incident, establishedAt: time)
      let serial = try transaction.nextSerial(day: series.day.compactText, sourceLetter: series.letter)
      let order = dispatcher.workOrder(for: known, on: route, establishedAt: time, serial: serial)
      let best = try transaction.observation(key: incident.bestObservationKey)
      let event = life.establishment(
        of: order, for: known, evidence: best.map { [CaseEvidence(.before, of: $0)] } ?? [],
        by: CaseActor(role: .rule, tier: nil, name: order.reason.rule))
      try transaction.removeDeclined(incidentID: incident.id)
      _ = try transaction.put(order)
      try transaction.appendCaseEvents([StoredCaseEvent(event)])
      let file = try CaseFile(events: [event])
      try desk.offer(life.notices(of: event, on: file))
      if incident.state == .resolved {
        _ = try hear(incident, order, transaction, &desk)
      }
      return true
    }
  }

  /// Writes events and tells the tiers that have to know.
  private func write(
    _ events: [CaseEvent], to file: inout CaseFile, _ records: CaseRecords, _ desk: inout AlarmDesk
  ) throws {
    try records.append(events, to: &file)
    for event in events { try desk.offer(life.notices(of: event, on: file)) }
  }
}
