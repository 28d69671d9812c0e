package import IncidentFusion
package import InspectionModel
package import InspectionStore
import Synchronization
package import WorkOrders

/// The step from observations to incidents to cases, over everything that is new in a store.
///
///     pending observations ─► FusionStage ─► changed incidents ─► DecisionStage ─► cases, events, notices
///
/// First everything that waits is fused, batch by batch, then everything that changed is decided about, so that a
/// decision rests on all that is known. Each batch is one transaction: a run that is stopped or killed goes on where
/// it was, and nothing happens twice. Incidents are a function of the observations alone; cases get their times from
/// the observations' result times and their numbers in the order in which incidents became known.
package actor Settlement {
  /// What a settlement changed.
  package struct Changes: Sendable, Hashable {
    package var incidentsAdded = 0
    package var incidentsUpdated = 0
    package var incidentsMerged = 0
    package var workOrdersAdded = 0
    package var workOrdersUpdated = 0
    /// Observations that came later than the fusion's window.
    package var lateObservations = 0

    package init() {}

    static func += (left: inout Changes, right: Changes) {
      left.incidentsAdded += right.incidentsAdded
      left.incidentsUpdated += right.incidentsUpdated
      left.incidentsMerged += right.incidentsMerged
      left.workOrdersAdded += right.workOrdersAdded
      left.workOrdersUpdated += right.workOrdersUpdated
      left.lateObservations += right.lateObservations
    }
  }

  /// Observations that one transaction fuses.
  package static let fusedAtOnce = 1000
  /// Incidents that one transaction decides about.
  private static let decidedAtOnce = 500

  private let flow: StoredFlow
  private let fusion: FusionStage
  private let decision: DecisionStage
  /// The book between two batches: one that a failed transaction changed shows by its version that it is not the store's.
  private let memory = Memory()

  private final class Memory: Sendable {
    let kept = Mutex<FusionStage.Kept?>(nil)
  }

  /// - Parameter now: when incidents count as known that do not say so themselves; the clock of the outbox.
  package init(store: InspectionStore, pipeline: ValidatedPipeline, now: Timestamp) async throws {
    try await self.init(
      store: store, governance: pipeline.governance, fusionRules: pipeline.fusionRules, now: { now })
  }

  /// - Parameter now: the clock of a run that goes on for long.
  package init(
    store: InspectionStore, governance: Governance, fusionRules: FusionRules,
    now: @escaping @Sendable () -> Timestamp
  ) async throws {
    flow = try await StoredFlow(store: store, queues: [AlarmDesk.outbox], now: now)
    let life = CaseLife(governance: governance)
    fusion = FusionStage(rules: fusionRules, life: life)
    decision = DecisionStage(life: life, dispatcher: Dispatcher(governance: governance), now: now)
  }

  /// Settles all that waits; a second call without news changes nothing.
  ///
  /// - Parameter report: told how many observations have been fused.
  package func run(report: @Sendable (Int) -> Void = { _ in }) async throws -> Changes {
    var changes = Changes()
    var fused = 0
    while let part = try await fuse() {
      changes += part
      fused += Self.fusedAtOnce
      report(fused)
    }
    while let part = try await decide() { changes += part }
    return changes
  }

  private func fuse() async throws -> Changes? {
    let outcome = try await flow.complete([]) { [fusion, memory] effects in
      try memory.kept.withLock { kept in
        try fusion.run(effects.domain, kept: &kept, limit: Self.fusedAtOnce)
      }
    }
    return outcome.isDone ? nil : outcome.changes
  }

  private func decide() async throws -> Changes? {
    let (changes, isDone) = try await flow.complete([]) { [decision] effects in
      try decision.run(effects, limit: Self.decidedAtOnce)
    }
    return isDone && changes == Changes() ? nil : changes
  }
}
