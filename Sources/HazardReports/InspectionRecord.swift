package import InspectionModel

/// Everything that an export shows: what was seen, what it was joined to, what has to be done, what went wrong and
/// how much was looked at. Values only, in an order that does not depend on who collected them.
package struct InspectionRecord: Sendable {
  package let run: RunSummary
  /// By time, then key.
  package let observations: [Observation]
  /// By first sight, then identifier.
  package let incidents: [Incident]
  /// By case number.
  package let workOrders: [WorkOrder]
  /// By subject, code, message.
  package let faults: [Fault]
  /// Why incidents became no case, by incident id: a finding ends as a work order or as a documented "no".
  package let declined: [String: WorkOrder.DecisionReason]
  /// What the record was cut down to; `nil` where it is complete. Reports say it, since what is left out must not
  /// look like "no hazard".
  package let filter: RecordFilter?

  private let observationByKey: [String: Int]
  private let orderByIncident: [String: Int]
  private let incidentByObservation: [String: String]

  /// Takes the parts in any order. The coverage of `run` keeps the order of its sources by witness.
  package init(
    run: RunSummary, observations: [Observation], incidents: [Incident], workOrders: [WorkOrder],
    faults: [Fault], declined: [String: WorkOrder.DecisionReason] = [:], filter: RecordFilter? = nil
  ) {
    var run = run
    run.sources.sort {
      ($0.witness.kind.rawValue, $0.witness.source) < ($1.witness.kind.rawValue, $1.witness.source)
    }
    self.run = run
    self.observations = observations.sorted { ($0.phenomenonTime, $0.key) < ($1.phenomenonTime, $1.key) }
    self.incidents = incidents.sorted { ($0.firstSeen, $0.id) < ($1.firstSeen, $1.id) }
    self.workOrders = workOrders.sorted { $0.caseNumber < $1.caseNumber }
    self.faults = faults.sorted()
    self.declined = declined
    self.filter = filter
    observationByKey = Dictionary(
      self.observations.enumerated().map { ($1.key, $0) }, uniquingKeysWith: { first, _ in first })
    // A merged or void order gives way to the one that stands.
    orderByIncident = Dictionary(
      self.workOrders.enumerated().map { ($1.incidentID, $0) },
      uniquingKeysWith: { [workOrders = self.workOrders] first, second in
        workOrders[first].status == .merged || workOrders[first].status == .void ? second : first
      })
    incidentByObservation = Dictionary(
      self.incidents.flatMap { incident in incident.observationKeys.map { ($0, incident.id) } },
      uniquingKeysWith: { first, _ in first })
  }

  /// The order that stands for an incident; `nil` where none was made.
  package func workOrder(of incident: Incident) -> WorkOrder? {
    orderByIncident[incident.id].map { workOrders[$0] }
  }

  /// The observation of that key, where the record holds it.
  package func observation(key: String) -> Observation? { observationByKey[key].map { observations[$0] } }

  /// The observation that shows the incident best; `nil` where the record does not hold it.
  package func bestObservation(of incident: Incident) -> Observation? {
    observation(key: incident.bestObservationKey)
  }

  /// The incident to which an observation was joined.
  package func incidentID(of observation: Observation) -> String? { incidentByObservation[observation.key] }

  /// Incidents as a duty officer wants them: worst first, then soonest due, then highest score.
  package var incidentsByUrgency: [Incident] {
    let ranked = incidents.map { incident in
      let order = workOrder(of: incident)
      return (
        incident: incident, isOpen: order?.status.isOpen ?? false, severity: order?.severity,
        due: order.flatMap(\.nextDeadline)?.due ?? Timestamp(nanoseconds: .max)
      )
    }
    return ranked.sorted { left, right in
      if left.isOpen != right.isOpen { return left.isOpen }
      if left.severity != right.severity {
        guard let severity = left.severity else { return false }
        return right.severity.map { severity > $0 } ?? true
      }
      if left.due != right.due { return left.due < right.due }
      if left.incident.peakScore != right.incident.peakScore {
        return left.incident.peakScore > right.incident.peakScore
      }
      return left.incident.id < right.incident.id
    }.map(\.incident)
  }
}

extension WorkOrder {
  /// What is due soonest; `nil` without deadlines.
  var nextDeadline: Deadline? { deadlines.min { ($0.due, $0.step) < ($1.due, $1.step) } }
}
