import Foundation
import HazardAnalysis
package import HazardReports
import Ingest
package import InspectionModel
package import InspectionStore
import WorkOrders

/// Collects what a store holds into the record that exports are written from.
package struct StoredRecord: Sendable {
  package let store: InspectionStore
  package let pipeline: ValidatedPipeline

  package init(store: InspectionStore, pipeline: ValidatedPipeline) {
    self.store = store
    self.pipeline = pipeline
  }

  /// Everything of all sources: the same store gives the same record, whenever it is asked.
  package func whole() async throws -> InspectionRecord {
    let snapshot = try await store.snapshot()
    let established = snapshot.workOrders.map(\.establishedAt) + snapshot.observations.map(\.resultTime)
    let run = summary(
      sources: Self.coverage(of: snapshot), establishedAt: established.max() ?? Timestamp(nanoseconds: 0),
      changes: nil, timing: nil)
    return record(of: snapshot, run: run, faults: snapshot.faults)
  }

  /// What belongs to the sources of one run.
  package func record(
    of outcome: InspectionRun.Outcome, now: Timestamp, timing: RunSummary.Timing?
  ) async throws -> InspectionRecord {
    let snapshot = try await store.snapshot(of: Set(outcome.coverage.map(\.witness)))
    let run = summary(
      sources: outcome.coverage, establishedAt: now, changes: outcome.changes, timing: timing)
    let refused = outcome.refused.map {
      Fault(code: "flight_refused", subject: "flight", message: $0.message)
    }
    let faults = Set(snapshot.faults).union(outcome.faults).union(refused)
    return record(of: snapshot, run: run, faults: faults.sorted())
  }

  private func record(of snapshot: StoreSnapshot, run: RunSummary, faults: [Fault]) -> InspectionRecord {
    InspectionRecord(
      run: run, observations: snapshot.observations, incidents: snapshot.incidents,
      workOrders: snapshot.workOrders, faults: faults, declined: snapshot.declined)
  }

  private func summary(
    sources: [SourceCoverage], establishedAt: Timestamp, changes: RunSummary.Changes?,
    timing: RunSummary.Timing?
  ) -> RunSummary {
    let analysis = AnalysisSetup(pipeline.definition)
    let procedures = Set(sources.compactMap(\.procedure)).sorted {
      ($0.name, $0.version, $0.parametersHash) < ($1.name, $1.version, $1.parametersHash)
    }
    return RunSummary(
      programVersion: ProgramVersion.current, pipelineName: pipeline.name,
      settingsHash: pipeline.settingsHash,
      establishedAt: establishedAt, sources: sources,
      analysers: procedures.map { procedure in
        // The thresholds that another analyser was run with are told by each of its observations.
        let entries = procedure == analysis.procedure ? analysis.thresholds.entries : []
        return RunSummary.Analyser(
          procedure: procedure,
          thresholds: entries.map { RunSummary.Threshold(hazard: $0.hazard, score: $0.score) })
      },
      changes: changes, timing: timing, attributions: pipeline.governance.attributions)
  }

  /// Coverage as kept at the end of each flight; a source whose run was stopped has only its frames counted.
  private static func coverage(of snapshot: StoreSnapshot) -> [SourceCoverage] {
    let told = Set(snapshot.coverage.map(\.witness))
    let untold = snapshot.sources.filter { !told.contains($0.witness) }.map { source in
      SourceCoverage(
        witness: source.witness, framesFound: source.frameCount,
        framesAnalysed: source.frameCount - source.unreadableCount, framesFaulty: source.unreadableCount,
        framesLocated: 0, firstFrame: source.firstTime, lastFrame: source.lastTime, procedure: nil,
        hazardsAssessed: [])
    }
    return snapshot.coverage + untold
  }
}

extension ValidatedPipeline {
  /// The pipeline's file name without its folder.
  package var name: String {
    String(definition.source.name.split(separator: "/").last ?? "pipeline")
  }

  /// 16 hex digits over every setting, but not over where the files lie.
  var settingsHash: String {
    let settings = effectiveSettings.filter { $0.name != "pipeline" && $0.name != "governance" }
    let text = settings.map { "\($0.name)=\($0.value)\n" }.joined()
    return String(EvidenceFolder.sha256(of: Data(text.utf8)).prefix(16))
  }
}
