package import Foundation
package import InspectionModel
package import InspectionStore
import WorkOrders

/// What other rules would have made of the same observations.
///
/// Observations and looks of a store are settled anew, under the other rules, in a store of its own that is thrown
/// away; then each incident is compared with the one that holds most of the same observations.
package struct RuleReplay: Sendable {
  /// What differs for one incident.
  package struct Difference: Sendable, Hashable {
    /// Number of the case in the store; `nil` where there was none.
    package var caseNumber: String?
    package var hazard: HazardKind
    package var firstSeen: Timestamp
    /// What changes, in words: `department: A → B`.
    package var changes: [String]
  }

  /// The comparison as a whole.
  package struct Outcome: Sendable, Hashable {
    package var incidentsBefore = 0
    package var incidentsAfter = 0
    package var casesBefore = 0
    package var casesAfter = 0
    /// Closed cases that were on time, and that would have been.
    package var onTimeBefore = 0
    package var onTimeAfter = 0
    package var closed = 0
    package var differences: [Difference] = []
  }

  private let store: InspectionStore
  private let rules: ValidatedPipeline
  private let now: Timestamp

  /// - Parameter rules: the pipeline whose governance file is tried.
  package init(store: InspectionStore, rules: ValidatedPipeline, now: Timestamp) {
    self.store = store
    self.rules = rules
    self.now = now
  }

  /// Settles anew in `folder`, which has to be empty, and compares.
  package func run(in folder: URL) async throws -> Outcome {
    let before = try await store.snapshot()
    let other = try InspectionStore(path: folder.appending(path: "replay.sqlite").path)
    let witness = Witness(kind: .air, source: "replay")
    for start in stride(from: 0, to: before.observations.count, by: 2000) {
      let part = Array(before.observations[start..<min(start + 2000, before.observations.count)])
      _ = try await other.record(frames: [], observations: part, faults: [], of: witness)
    }
    _ = try await other.record(looks: try await store.looks())
    _ = try await Settlement(store: other, pipeline: rules, now: now).run()
    let after = try await other.snapshot()
    var closedAt: [String: Timestamp] = [:]
    for order in before.workOrders where !order.status.isOpen {
      let events = try await store.caseEvents(of: order.caseNumber)
      if events.isEmpty { continue }
      closedAt[order.caseNumber] = try CaseFile(stored: events).closedAt
    }
    try other.close()
    return compare(before, after, closedAt)
  }

  private func compare(
    _ before: StoreSnapshot, _ after: StoreSnapshot, _ closedAt: [String: Timestamp]
  ) -> Outcome {
    let oldOrders = Dictionary(
      before.workOrders.filter { $0.status != .merged }.map { ($0.incidentID, $0) },
      uniquingKeysWith: { a, _ in a })
    let newOrders = Dictionary(
      after.workOrders.filter { $0.status != .merged }.map { ($0.incidentID, $0) },
      uniquingKeysWith: { a, _ in a })
    var newOfKey: [String: Incident] = [:]
    for incident in after.incidents { for key in incident.observationKeys { newOfKey[key] = incident } }
    var outcome = Outcome(
      incidentsBefore: before.incidents.count, incidentsAfter: after.incidents.count,
      casesBefore: oldOrders.count, casesAfter: newOrders.count)
    var matched: Set<String> = []
    for incident in before.incidents {
      var votes: [String: Int] = [:]
      for key in incident.observationKeys { if let id = newOfKey[key]?.id { votes[id, default: 0] += 1 } }
      let best = votes.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
      let isTaken = best.map { !matched.insert($0).inserted } ?? false
      let old = oldOrders[incident.id]
      let new = best.flatMap { isTaken ? nil : newOrders[$0] }
      var changes = isTaken ? ["one incident with another"] : Self.changes(old, new, rules.governance)
      if let old, let closed = closedAt[old.caseNumber] {
        outcome.closed += 1
        let (wasOnTime, isOnTime) = (
          Self.isOnTime(old, closed), new.map { Self.isOnTime($0, closed) } ?? false
        )
        outcome.onTimeBefore += wasOnTime ? 1 : 0
        outcome.onTimeAfter += isOnTime ? 1 : 0
        if wasOnTime != isOnTime { changes.append("on time: \(wasOnTime) → \(isOnTime)") }
      }
      if !changes.isEmpty {
        outcome.differences.append(
          Difference(
            caseNumber: old?.caseNumber, hazard: incident.hazard, firstSeen: incident.firstSeen,
            changes: changes))
      }
    }
    for incident in after.incidents where !matched.contains(incident.id) {
      guard newOrders[incident.id] != nil else { continue }
      outcome.differences.append(
        Difference(
          caseNumber: nil, hazard: incident.hazard, firstSeen: incident.firstSeen, changes: ["a case more"]))
    }
    return outcome
  }

  private static func isOnTime(_ order: WorkOrder, _ closed: Timestamp) -> Bool {
    order.deadlines.map(\.due).max().map { closed <= $0 } ?? true
  }

  /// What differs between two cases of one incident, apart from what people did with the old one.
  private static func changes(_ old: WorkOrder?, _ new: WorkOrder?, _ governance: Governance) -> [String] {
    guard let old, let new else {
      if old == nil, new == nil { return [] }
      return [old == nil ? "no case → a case" : "a case → no case"]
    }
    let zone = governance.calendar.zone
    let due = { (order: WorkOrder) in
      order.deadlines.map { "\($0.step) \($0.due.iso8601(in: zone).prefix(16))" }.joined(separator: ", ")
    }
    let first = old.deadlines.isEmpty || old.status.isOpen
    let pairs: [(String, String, String)] = [
      ("class", old.hazardClass, new.hazardClass),
      ("severity", old.severity.rawValue, new.severity.rawValue),
      (
        "tiers", old.tiers.map(\.rawValue).joined(separator: "+"),
        new.tiers.map(\.rawValue).joined(separator: "+")
      ),
      ("department", old.department, new.department),
      ("town", old.town?.code ?? "-", new.town?.code ?? "-"),
      ("due", first ? due(old) : "", first ? due(new) : ""),
      ("rule", old.reason.rule, new.reason.rule),
    ]
    return pairs.filter { $0.1 != $0.2 }.map { "\($0.0): \($0.1) → \($0.2)" }
  }
}
