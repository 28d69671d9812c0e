import Foundation
package import InspectionModel
package import InspectionStore
package import WorkOrders

/// Where people take steps on cases: every step is decided, written and told of in one transaction.
package struct CaseOffice: Sendable {
  /// What went wrong, for people.
  package enum Failure: Error, CustomStringConvertible {
    case unknownCase(String)
    case refused(CaseRefusal)
    /// A picture that cannot be an after-picture.
    case picture(String)

    package var description: String {
      switch self {
      case .unknownCase(let number): "\(number): there is no such case in the store"
      case .refused(let refusal): refusal.text(in: .en)
      case .picture(let message): message
      }
    }
  }

  package let store: InspectionStore
  private let flow: StoredFlow
  private let life: CaseLife

  /// - Parameter now: the clock of queues.
  package init(store: InspectionStore, governance: Governance, now: Timestamp) async throws {
    self.store = store
    flow = try await StoredFlow(store: store, queues: [AlarmDesk.outbox], now: { now })
    life = CaseLife(governance: governance)
  }

  /// A case with its whole life.
  ///
  /// - Throws: `Failure.unknownCase`, `StoreError`.
  package func file(caseNumber: String) async throws -> CaseFile {
    try await flow.complete([]) { [life] effects in
      try Self.file(caseNumber, CaseRecords(transaction: effects.domain, life: life))
    }
  }

  /// Takes a step on a case.
  ///
  /// - Returns: the case after it, and the events that it wrote.
  /// - Throws: `Failure`, `StoreError`. A refused step writes nothing.
  package func advance(
    caseNumber: String, _ command: CaseCommand, at time: Timestamp, by actor: CaseActor
  ) async throws -> (file: CaseFile, events: [CaseEvent]) {
    try await flow.complete([]) { [life] effects in
      let records = CaseRecords(transaction: effects.domain, life: life)
      var file = try Self.file(caseNumber, records)
      let known = file.events.count
      if case .merge(let survivor, let reason) = command {
        var standing = try Self.file(survivor, records)
        let events = try Self.decided { () throws(CaseRefusal) in
          try life.merge(file, into: standing, reason: reason, at: time, by: actor)
        }
        try records.append(events.merged, to: &file)
        try records.append(events.survivor, to: &standing)
      } else {
        let events = try Self.decided { () throws(CaseRefusal) in
          try life.events(for: command, on: file, at: time, by: actor)
        }
        try records.append(events, to: &file)
        if case .notAHazard = command {
          var lessons = try ThresholdLessons(transaction: effects.domain, governance: life.governance)
          try lessons.learn(from: file)
        }
      }
      let events = Array(file.events[known...])
      var desk = try AlarmDesk(effects: effects, governance: life.governance)
      for event in events { try desk.offer(life.notices(of: event, on: file)) }
      try desk.save()
      return (file, events)
    }
  }

  /// Takes back what "not a hazard" taught; returns how many cameras it concerned.
  package func revokeLesson(
    caseNumber: String, reason: String, at time: Timestamp, by actor: CaseActor
  ) async throws -> Int {
    try await flow.complete([]) { [life] effects in
      _ = try Self.file(caseNumber, CaseRecords(transaction: effects.domain, life: life))
      var lessons = try ThresholdLessons(transaction: effects.domain, governance: life.governance)
      return try lessons.revoke(caseNumber: caseNumber, at: time, by: actor, reason: reason)
    }
  }

  /// What "not a hazard" has taught so far.
  package func lessons() async throws -> ThresholdTuning {
    try await flow.complete([]) { [life] effects in
      try ThresholdLessons(transaction: effects.domain, governance: life.governance).tuning
    }
  }

  /// Tells of every share of a limit that has passed on any open case; returns the events.
  package func escalate(at now: Timestamp) async throws -> [CaseEvent] {
    var told: [CaseEvent] = []
    var token: CasePageToken?
    repeat {
      let page = try await store.cases(
        matching: CaseQuery(isOpen: true, order: .oldest), after: token, limit: 500)
      told += try await flow.complete([]) { [life] effects in
        let records = CaseRecords(transaction: effects.domain, life: life)
        var desk = try AlarmDesk(effects: effects, governance: life.governance)
        var events: [CaseEvent] = []
        for order in page.cases {
          guard let current = try effects.domain.workOrder(caseNumber: order.caseNumber) else { continue }
          var file = try records.file(of: current)
          let due = life.dueEscalations(on: file, at: now)
          try records.append(due, to: &file)
          for event in due { try desk.offer(life.notices(of: event, on: file)) }
          events += due
        }
        try desk.save()
        return events
      }
      token = page.next
    } while token != nil
    return told
  }

  /// Takes the digests of the hours that are over by then, and returns them.
  package func takeDigests(at now: Timestamp) async throws -> [AlarmDigest] {
    try await flow.complete([]) { [life] effects in
      var desk = try AlarmDesk(effects: effects, governance: life.governance)
      let digests = try desk.takeDigests(at: now)
      try desk.save()
      return digests
    }
  }

  /// Notices that were too many for their hour and wait for its digest.
  package func noticesWaitingForDigest() async throws -> [AlarmNotice] {
    try await flow.complete([]) { [life] effects in
      try AlarmDesk(effects: effects, governance: life.governance).waiting
    }
  }

  /// Hands out notices that wait in the outbox, each once, until none is left or the body throws: what it threw at
  /// waits on.
  package func handOutNotices(_ body: (AlarmNotice) async throws -> Void) async throws {
    while true {
      let claims = try await flow.claim(
        from: AlarmDesk.outbox.name, by: "digest", maximum: 200, leaseMilliseconds: 60_000)
      if claims.isEmpty { return }
      for claim in claims {
        let notice = try JSONDecoder().decode(AlarmNotice.self, from: claim.item.payload)
        try await body(notice)
      }
      try await flow.complete(claims)
    }
  }

  /// Notices that wait in the outbox.
  package func waitingNoticeCount() async throws -> Int {
    try await flow.depth(of: AlarmDesk.outbox.name).rows
  }

  private static func file(_ caseNumber: String, _ records: CaseRecords) throws -> CaseFile {
    guard let order = try records.transaction.workOrder(caseNumber: caseNumber) else {
      throw Failure.unknownCase(caseNumber)
    }
    return try records.file(of: order)
  }

  private static func decided<Result>(_ body: () throws(CaseRefusal) -> Result) throws -> Result {
    do throws(CaseRefusal) { return try body() } catch { throw Failure.refused(error) }
  }
}
