import InspectionModel
import InspectionStore
import WorkOrders

/// Cases as a store keeps them: events, and the case as it stands.
struct CaseRecords {
  let transaction: SettlementTransaction
  let life: CaseLife

  /// Who acts where nobody does: the rules of the governance file.
  static let rules = CaseActor(role: .rule, tier: nil, name: "fusion")

  /// A case with its life.
  ///
  /// A case of a store that kept no events yet begins with its establishment.
  /// - Throws: `StoreError` where its events do not make a case.
  func file(of order: WorkOrder) throws -> CaseFile {
    var stored = try transaction.caseEvents(of: order.caseNumber)
    if stored.isEmpty, let incident = try transaction.incident(id: order.incidentID) {
      let event = life.establishment(
        of: order, for: incident, evidence: [], by: CaseActor(role: .rule, tier: nil, name: order.reason.rule)
      )
      try transaction.appendCaseEvents([StoredCaseEvent(event)])
      stored = [try StoredCaseEvent(event)]
    }
    return try CaseFile(stored: stored)
  }

  /// Writes events of a case and the case as it stands after them.
  func append(_ events: [CaseEvent], to file: inout CaseFile) throws {
    guard !events.isEmpty else { return }
    for event in events { try file.apply(event) }
    try transaction.appendCaseEvents(events.map { try StoredCaseEvent($0) })
    _ = try transaction.put(file.order, due: dueOfOpenSteps(file))
  }

  /// Merges one case into another: both say so.
  func merge(_ order: WorkOrder, into standing: WorkOrder) throws {
    var merged = try file(of: order)
    var survivor = try file(of: standing)
    guard order.status.isOpen, standing.status.isOpen else { return }
    let events: (merged: [CaseEvent], survivor: [CaseEvent])
    do throws(CaseRefusal) {
      events = try life.merge(
        merged, into: survivor, reason: "later sightings show one incident",
        at: max(merged.lastEventTime, survivor.lastEventTime), by: Self.rules)
    } catch {
      // Whoever is right about one of them decided already; both stay as they are.
      return
    }
    try append(events.merged, to: &merged)
    try append(events.survivor, to: &survivor)
  }

  /// The soonest deadline that is not reached; what lists call overdue.
  private func dueOfOpenSteps(_ file: CaseFile) -> Timestamp? {
    file.order.deadlines.filter { file.reachedAt(step: $0.step) == nil }.map(\.due).min()
  }
}

extension StoredCaseEvent {
  init(_ event: CaseEvent) throws {
    self.init(
      caseNumber: event.caseNumber, sequence: event.sequence, time: event.time,
      body: try CaseEventText.text(event))
  }
}
