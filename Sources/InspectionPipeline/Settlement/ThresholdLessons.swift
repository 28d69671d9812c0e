import InspectionModel
import InspectionStore
import WorkOrders

/// Lessons of "not a hazard" as a store keeps them.
struct ThresholdLessons {
  private let transaction: SettlementTransaction
  private(set) var tuning: ThresholdTuning

  init(transaction: SettlementTransaction, governance: Governance) throws {
    self.transaction = transaction
    tuning = ThresholdTuning(
      rules: governance.caseRules.tuning, zone: governance.calendar.zone,
      decisions: try transaction.thresholdTunings(as: ThresholdTuning.Decision.self).map(\.value))
  }

  /// Takes the lesson of a case that ended as no hazard.
  mutating func learn(from file: CaseFile) throws { try put(tuning.learn(from: file)) }

  /// Takes a lesson back; returns how many cameras it concerned.
  mutating func revoke(
    caseNumber: String, at time: Timestamp, by actor: CaseActor, reason: String
  ) throws -> Int {
    let changed = tuning.revoke(caseNumber: caseNumber, at: time, by: actor, reason: reason)
    try put(changed)
    return changed.count
  }

  private func put(_ decisions: [ThresholdTuning.Decision]) throws {
    for decision in decisions {
      try transaction.putThresholdTuning(
        decision, key: "\(decision.caseNumber) \(decision.witness.source)")
    }
  }
}
