/// What each kind of event does to a case: a fold without rules. Whether a step is allowed was decided before its
/// event was written (`CaseLife`).
extension CaseFile {
  /// Adds the next event.
  ///
  /// - Throws: `CaseFileFault` where the event is not the next one of this case; the case is unchanged then.
  package mutating func apply(_ event: CaseEvent) throws(CaseFileFault) {
    guard event.caseNumber == caseNumber else {
      throw .otherCase(expected: caseNumber, found: event.caseNumber)
    }
    guard event.sequence == nextSequence else {
      throw .outOfSequence(caseNumber: caseNumber, expected: nextSequence, found: event.sequence)
    }
    guard event.time >= lastEventTime else {
      throw .backwards(caseNumber: caseNumber, sequence: event.sequence)
    }
    let impossible = CaseFileFault.impossible(caseNumber: caseNumber, sequence: event.sequence)
    switch event.step {
    case .established: throw impossible
    case .resumed: if !isPaused { throw impossible }
    case .paused: if isPaused { throw impossible }
    default: break
    }
    applyLink(event.step, at: event.time)
    applyChangeOfHands(event.step, at: event.time)
    applyClock(event.step, at: event.time)
    applyNews(event.step, at: event.time)
    events.append(event)
  }

  /// The seven links and the ends.
  private mutating func applyLink(_ step: CaseStep, at time: Timestamp) {
    switch step {
    case .registered:
      arrive(at: .registered, time)
    case .dispatched(let department, let id):
      (order.department, order.departmentID) = (department, id)
      reach("dispatch", time)
      arrive(at: .dispatched, time)
    case .accepted:
      reach("respond", time)
      handlingBeganAt = time
      arrive(at: .handling, time)
    case .reached(let step):
      reach(step, time)
    case .feedback(let pictures):
      evidence += pictures
      feedbackAt = time
      arrive(at: .feedback, time)
    case .checkPassed(let picture):
      evidence.append(picture)
      closedAt = time
      arrive(at: .checked, time)
    case .evaluated(let grade):
      self.grade = grade
      arrive(at: .evaluated, time)
    case .merged(let survivor):
      mergedInto = survivor
      end(as: .merged, time)
    case .voided, .notAHazard:
      end(as: .void, time)
    default: break
    }
  }

  /// Ways back, up, down and to the side.
  private mutating func applyChangeOfHands(_ step: CaseStep, at time: Timestamp) {
    switch step {
    case .declined:
      arrive(at: .registered, time)
    case .sentBack(let picture):
      if let picture { evidence.append(picture) }
      feedbackAt = nil
      sentBackCount += 1
      handlingBeganAt = time
      arrive(at: .returned, time)
    case .handedUp(_, _, let tiers):
      order.tiers = tiers
      if order.status != .collected { arrive(at: .registered, time) }
    case .pushedDown(_, _, let tiers):
      order.tiers = tiers
      arrive(at: .dispatched, time)
    case .handedSideways(let department, let id):
      (order.department, order.departmentID) = (department, id)
      arrive(at: .dispatched, time)
    case .reopened(let deadlines):
      (closedAt, feedbackAt, handlingBeganAt, grade) = (nil, nil, nil, nil)
      (pauses, extensions, reachedSteps) = ([], [], [])
      reopenCount += 1
      clockStartedAt = time
      order.deadlines = deadlines
      order.supervisedBy = nil
      arrive(at: .registered, time)
    default: break
    }
  }

  private mutating func applyClock(_ step: CaseStep, at time: Timestamp) {
    switch step {
    case .paused:
      statusBeforePause = order.status
      pauses.append(Pause(from: time, to: nil))
      arrive(at: .paused, time)
    case .resumed(let deadlines):
      let status = statusBeforePause ?? order.status
      endPause(time)
      order.deadlines = deadlines
      arrive(at: status, time)
    case .extended(let step, let limit, let deadlines):
      extensions.append(Extension(step: step, limit: limit))
      order.deadlines = deadlines
    case .escalated(let step, let percent, _, let tiers, let supervisor, let isTakenOver):
      escalations.append(Escalation(step: step, percent: percent, time: time))
      order.tiers = tiers
      order.supervisedBy = supervisor
      if isTakenOver { arrive(at: .dispatched, time) }
    default: break
    }
  }

  private mutating func applyNews(_ step: CaseStep, at time: Timestamp) {
    switch step {
    case .linkedDuplicate(let other): duplicates.append(other)
    case .seenAgain(let sighting):
      self.sighting = sighting
      order.incidentID = sighting.incidentID
    case .confirmedByWitness(let witness):
      sighting.state = .confirmed
      if !sighting.witnesses.contains(witness) { sighting.witnesses.append(witness) }
    case .evidenceAdded(let pictures): evidence += pictures
    default: break
    }
  }

  private mutating func arrive(at status: WorkOrder.Status, _ time: Timestamp) {
    order.status = status
    arrivals.append(Arrival(status: status, time: time))
  }

  /// A step counts from the first time it was reached.
  private mutating func reach(_ step: String, _ time: Timestamp) {
    guard !reachedSteps.contains(where: { $0.step == step }) else { return }
    reachedSteps.append(ReachedStep(step: step, time: time))
  }

  private mutating func end(as status: WorkOrder.Status, _ time: Timestamp) {
    if isPaused { endPause(time) }
    arrive(at: status, time)
  }

  private mutating func endPause(_ time: Timestamp) {
    if let last = pauses.indices.last { pauses[last].to = time }
    statusBeforePause = nil
  }
}
