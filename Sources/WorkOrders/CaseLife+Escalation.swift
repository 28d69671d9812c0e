package import InspectionModel

/// Deadlines, and what follows when a share of a limit has passed.
extension CaseLife {
  /// Shares of a case's limits that have passed and that nobody was told of: an event each, in order.
  ///
  /// Nothing is due while the clock stands still, while a check is waited for, and after the end. A share counts as
  /// told if it was told at or after the instant at which it had passed: more time or a new clock moves that instant,
  /// and the share is told again when it comes.
  package func dueEscalations(on file: CaseFile, at now: Timestamp) -> [CaseEvent] {
    var file = file
    var events: [CaseEvent] = []
    for point in escalationPoints(of: file) where point.instant <= now {
      let event = CaseEvent(
        caseNumber: file.caseNumber, sequence: file.nextSequence, time: max(now, file.lastEventTime),
        actor: CaseActor(role: .rule, tier: nil, name: "escalation"), step: step(for: point, on: file),
        reason: reason(for: point, on: file))
      guard (try? file.apply(event)) != nil else { preconditionFailure("an event follows its own case") }
      events.append(event)
    }
    return events
  }

  /// The instants at which a case is warned about or handed up, as long as nothing changes, in order; without those
  /// that have been told.
  package func escalationPoints(of file: CaseFile) -> [EscalationPoint] {
    guard file.status.isOpen, !file.isPaused else { return [] }
    let clock = CaseClock(calendar: governance.calendar)
    var points: [EscalationPoint] = []
    for deadline in file.order.deadlines where file.reachedAt(step: deadline.step) == nil {
      let limits = limits(of: deadline, on: file, file.extensions)
      for step in governance.escalation {
        guard
          let instant = clock.instant(
            ofPercent: step.percent, of: limits, from: file.clockStartedAt, pauses: file.pauses)
        else { continue }
        let isTold = file.escalations.contains {
          $0.step == deadline.step && $0.percent == step.percent && $0.time >= instant
        }
        if isTold { continue }
        points.append(
          EscalationPoint(
            step: deadline.step, percent: step.percent, instant: instant, action: step.action))
      }
    }
    return points.sorted { ($0.instant, $0.percent, $0.step) < ($1.instant, $1.percent, $1.step) }
  }

  /// The deadlines of a case with a clock that began at `start`, soonest first.
  func deadlines(
    of file: CaseFile, from start: Timestamp, _ pauses: [CaseFile.Pause], _ extensions: [CaseFile.Extension]
  ) -> [WorkOrder.Deadline] {
    let clock = CaseClock(calendar: governance.calendar)
    let moved = file.order.deadlines.enumerated()
      .map { order, deadline in
        var moved = deadline
        let limits = limits(of: deadline, on: file, extensions)
        moved.due = clock.due(limits, from: start, pauses: pauses) ?? deadline.due
        return (order: order, deadline: moved)
      }
    return moved.sorted { ($0.deadline.due, $0.order) < ($1.deadline.due, $1.order) }.map(\.deadline)
  }

  /// A step's own limit and its extensions.
  private func limits(
    of deadline: WorkOrder.Deadline, on file: CaseFile, _ extensions: [CaseFile.Extension]
  ) -> [WorkLimit] {
    let more = extensions.filter { $0.step == deadline.step }.compactMap { WorkLimit($0.limit) }
    return [ownLimit(of: deadline, on: file)] + more
  }

  /// A deadline of before limits were kept gets that of the governance file, or the time that it had on the wall.
  private func ownLimit(of deadline: WorkOrder.Deadline, on file: CaseFile) -> WorkLimit {
    if let text = deadline.limit, let limit = WorkLimit(text) { return limit }
    let rule = governance.rules.first { $0.id == file.order.reason.rule }
    let steps = rule?.steps ?? governance.hazardClass(file.order.hazardClass)?.steps ?? []
    if let step = steps.first(where: { $0.key == deadline.step }) { return step.limit }
    let whole = deadline.due.nanoseconds - file.clockStartedAt.nanoseconds
    return .clock(minutes: max(1, Int(whole / 60_000_000_000)))
  }

  /// At a step with supervision the tier looks after those below it; at one that takes over, it holds the case itself
  /// and sends it to the department. A tier that holds the case already, or one above it, changes nothing.
  private func step(for point: EscalationPoint, on file: CaseFile) -> CaseStep {
    let effect = governance.escalation.first { $0.percent == point.percent }?.effect ?? .tell
    let top = file.order.tiers.max()
    var (tiers, supervisor, isTakenOver) = (file.order.tiers, file.order.supervisedBy, false)
    switch effect {
    case .supervise(let tier) where top.map { $0 < tier } ?? true:
      supervisor = supervisor.map { max($0, tier) } ?? tier
    case .takeOver(let tier) where top.map { $0 < tier } ?? true:
      (tiers, supervisor) = ([tier], nil)
      // No link is skipped: a case that nobody dispatched yet waits for it at the new tier.
      isTakenOver = [.dispatched, .handling, .returned].contains(file.status)
    default: break
    }
    return .escalated(
      step: point.step, percent: point.percent, since: point.instant, tiers: tiers, supervisedBy: supervisor,
      isTakenOver: isTakenOver)
  }

  private func reason(for point: EscalationPoint, on file: CaseFile) -> WorkOrder.DecisionReason {
    let deadline = file.order.deadlines.first { $0.step == point.step }
    let (nameZh, nameEn) = (deadline?.nameZh ?? point.step, deadline?.nameEn ?? point.step)
    let since = point.instant.iso8601(in: governance.calendar.zone)
    return WorkOrder.DecisionReason(
      rule: "escalation.\(point.percent)",
      zh: "“\(nameZh)”时限（\(deadline?.limitZh ?? "-")）于 \(since) 已过 \(point.percent)%：\(point.action.zh)",
      en: "\(point.percent) % of the limit of '\(nameEn)' (\(deadline?.limitEn ?? "-")) had passed at "
        + "\(since): \(point.action.en)")
  }
}
