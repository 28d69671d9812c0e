/// A case with its whole life: every event in order, and where the case stands after them.
///
/// Everything but `events` is derived, so a case is stored as its events alone.
package struct CaseFile: Sendable, Hashable {
  /// A time in which the clock stood still.
  package struct Pause: Sendable, Hashable {
    package var from: Timestamp
    /// `nil` while it lasts.
    package var to: Timestamp?

    package init(from: Timestamp, to: Timestamp?) {
      self.from = from
      self.to = to
    }
  }

  /// A state that the case came to.
  package struct Arrival: Sendable, Hashable {
    package var status: WorkOrder.Status
    package var time: Timestamp
  }

  /// A step with a limit that was reached.
  package struct ReachedStep: Sendable, Hashable {
    package var step: String
    package var time: Timestamp
  }

  /// More time for a step.
  package struct Extension: Sendable, Hashable {
    package var step: String
    /// A limit as the governance file writes it: `2 working d`.
    package var limit: String

    package init(step: String, limit: String) {
      self.step = step
      self.limit = limit
    }
  }

  /// A share of a limit that has been told of.
  package struct Escalation: Sendable, Hashable {
    package var step: String
    package var percent: Int
    /// When it was told, at or after the instant at which the share had passed.
    package var time: Timestamp
  }

  package internal(set) var events: [CaseEvent]
  /// The case as it stands: status, tiers, department and deadlines are those after the last event.
  package internal(set) var order: WorkOrder
  package internal(set) var sighting: CaseSighting
  /// In the order in which they came in.
  package internal(set) var evidence: [CaseEvidence]
  /// Every change of state in order, the first one from the establishment.
  package internal(set) var arrivals: [Arrival]
  /// When the limits began to run: the establishment or the last re-opening.
  package internal(set) var clockStartedAt: Timestamp
  /// Since `clockStartedAt`, in order and apart.
  package internal(set) var pauses: [Pause]
  /// Since `clockStartedAt`.
  package internal(set) var extensions: [Extension]
  /// Since `clockStartedAt`, in the order of time.
  package internal(set) var reachedSteps: [ReachedStep]
  package internal(set) var escalations: [Escalation]
  /// State to which the end of the pause leads back; `nil` while the clock runs.
  package internal(set) var statusBeforePause: WorkOrder.Status?
  /// Cases that were merged into this one.
  package internal(set) var duplicates: [String]
  package internal(set) var mergedInto: String?
  package internal(set) var reopenCount: Int
  package internal(set) var sentBackCount: Int
  /// When the handling that goes on now, or went on last, began.
  package internal(set) var handlingBeganAt: Timestamp?
  /// When the unit last said that it is done, as long as nobody sent the case back.
  package internal(set) var feedbackAt: Timestamp?
  /// When the case ended by a passed check; `nil` where it is open, merged or void.
  package internal(set) var closedAt: Timestamp?
  /// 1…5; `nil` before the evaluation.
  package internal(set) var grade: Int?

  /// Puts a case together from its events.
  ///
  /// - Throws: `CaseFileFault` where they are not the whole and ordered events of one case.
  package init(events: [CaseEvent]) throws(CaseFileFault) {
    guard let first = events.first else { throw .empty }
    try self.init(first: first)
    for event in events.dropFirst() { try apply(event) }
  }

  private init(first: CaseEvent) throws(CaseFileFault) {
    guard case .established(let order, let sighting, let evidence) = first.step,
      order.caseNumber == first.caseNumber
    else { throw .notEstablished(caseNumber: first.caseNumber) }
    guard first.sequence == 1 else {
      throw .outOfSequence(caseNumber: first.caseNumber, expected: 1, found: first.sequence)
    }
    events = [first]
    (self.order, self.sighting, self.evidence) = (order, sighting, evidence)
    arrivals = [Arrival(status: order.status, time: first.time)]
    clockStartedAt = order.establishedAt
    (pauses, extensions, reachedSteps, escalations, duplicates) = ([], [], [], [], [])
    (statusBeforePause, mergedInto, handlingBeganAt, feedbackAt, closedAt) = (nil, nil, nil, nil, nil)
    (reopenCount, sentBackCount, grade) = (0, 0, nil)
  }

  package var caseNumber: String { order.caseNumber }
  package var status: WorkOrder.Status { order.status }
  package var isPaused: Bool { statusBeforePause != nil }
  /// Sequence number of the event that comes next.
  package var nextSequence: Int { events.count + 1 }
  package var lastEventTime: Timestamp { events[events.count - 1].time }

  /// When the case last came to a state; `nil` where it never did.
  package func lastArrival(at status: WorkOrder.Status) -> Timestamp? {
    arrivals.last { $0.status == status }?.time
  }

  /// Since when a step with a limit is done: reached on its own, or with the unit's feedback.
  package func reachedAt(step: String) -> Timestamp? {
    reachedSteps.last { $0.step == step }?.time ?? feedbackAt
  }
}
