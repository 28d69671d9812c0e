package import InspectionModel

/// "Not a hazard" as a lesson: it raises the threshold of the camera that was wrong, for that hazard and those hours of
/// the day.
///
/// Bounded by the rules of the file, visible as a list of decisions with their cases, and reversible one case at a
/// time. Only fixed cameras learn: a drone's next flight is another witness, and people have no threshold.
package struct ThresholdTuning: Sendable, Hashable {
  /// One lesson, stored as it is.
  package struct Decision: Sendable, Hashable, Codable {
    package var caseNumber: String
    package var witness: Witness
    package var hazard: HazardKind
    /// First hour of the band of the day, local time, 0…23.
    package var bandStartHour: Int
    package var decidedAt: Timestamp
    package var decidedBy: CaseActor
    package var reason: WorkOrder.DecisionReason
    /// `nil` as long as it holds.
    package var revoked: Revocation?
  }

  /// Who took a lesson back, and why.
  package struct Revocation: Sendable, Hashable, Codable {
    package var at: Timestamp
    package var by: CaseActor
    package var reason: String
  }

  /// What the lessons come to for one camera, hazard and band of the day.
  package struct Adjustment: Sendable, Hashable {
    package var witness: Witness
    package var hazard: HazardKind
    /// Local time, 0…23.
    package var bandStartHour: Int
    /// How much the threshold is raised; zero while there are too few lessons.
    package var raise: HazardScore
    /// Cases whose decisions hold, in order.
    package var caseNumbers: [String]
  }

  package let rules: CaseRules.Tuning
  package let zone: UTCOffset
  /// By case number, then camera; revoked ones included.
  package private(set) var decisions: [Decision]

  package init(rules: CaseRules.Tuning, zone: UTCOffset, decisions: [Decision] = []) {
    self.rules = rules
    self.zone = zone
    self.decisions = decisions.sorted(by: Self.isOrdered)
  }

  /// Takes the lesson of a case that ended as no hazard; the same case teaches once.
  ///
  /// - Returns: the new decisions, one per fixed camera that saw it.
  package mutating func learn(from file: CaseFile) -> [Decision] {
    guard let event = file.events.last(where: { $0.step == .notAHazard }) else { return [] }
    var new: [Decision] = []
    for witness in Set(file.sighting.witnesses) where witness.kind == .ground {
      if decisions.contains(where: { $0.caseNumber == file.caseNumber && $0.witness == witness }) { continue }
      let picture = file.evidence.first { $0.kind == .before && $0.witness == witness }
      new.append(
        Decision(
          caseNumber: file.caseNumber, witness: witness, hazard: file.order.hazard,
          bandStartHour: bandStartHour(of: picture?.time ?? file.sighting.firstSeen),
          decidedAt: event.time, decidedBy: event.actor, reason: event.reason, revoked: nil))
    }
    new.sort(by: Self.isOrdered)
    decisions = (decisions + new).sorted(by: Self.isOrdered)
    return new
  }

  /// Takes back the lesson of a case.
  ///
  /// - Returns: the decisions that held until now.
  package mutating func revoke(
    caseNumber: String, at time: Timestamp, by actor: CaseActor, reason: String
  ) -> [Decision] {
    var changed: [Decision] = []
    for index in decisions.indices
    where decisions[index].caseNumber == caseNumber && decisions[index].revoked == nil {
      decisions[index].revoked = Revocation(at: time, by: actor, reason: reason)
      changed.append(decisions[index])
    }
    return changed
  }

  /// The score from which a camera's sighting counts at an instant, instead of `base`.
  package func threshold(
    for witness: Witness, _ hazard: HazardKind, at instant: Timestamp, base: HazardScore
  ) -> HazardScore {
    let band = bandStartHour(of: instant)
    let lessons = decisions.count {
      $0.revoked == nil && $0.witness == witness && $0.hazard == hazard && $0.bandStartHour == band
    }
    let raised = HazardScore(millionths: base.millionths + raise(lessons: lessons).millionths)
    return max(base, min(raised, rules.ceiling))
  }

  /// What the lessons come to, by camera, hazard and band.
  package var adjustments: [Adjustment] {
    var groups: [Adjustment] = []
    let held = decisions.filter { $0.revoked == nil }
      .sorted { (Self.key($0), $0.caseNumber) < (Self.key($1), $1.caseNumber) }
    for decision in held {
      if let last = groups.last, last.witness == decision.witness, last.hazard == decision.hazard,
        last.bandStartHour == decision.bandStartHour
      {
        groups[groups.count - 1].caseNumbers.append(decision.caseNumber)
      } else {
        groups.append(
          Adjustment(
            witness: decision.witness, hazard: decision.hazard, bandStartHour: decision.bandStartHour,
            raise: .zero, caseNumbers: [decision.caseNumber]))
      }
    }
    return groups.map {
      var group = $0
      group.raise = raise(lessons: group.caseNumbers.count)
      return group
    }
  }

  private func raise(lessons: Int) -> HazardScore {
    guard lessons >= rules.minimumDecisions else { return .zero }
    return min(rules.maximum, HazardScore(millionths: lessons * rules.step.millionths))
  }

  private func bandStartHour(of instant: Timestamp) -> Int {
    instant.civil(in: zone).hour / rules.bandHours * rules.bandHours
  }

  private static func key(_ decision: Decision) -> String {
    "\(decision.witness.source) \(decision.hazard.rawValue) \(padded(decision.bandStartHour, 2))"
  }

  private static func isOrdered(_ left: Decision, _ right: Decision) -> Bool {
    (left.caseNumber, left.witness.source) < (right.caseNumber, right.witness.source)
  }
}
