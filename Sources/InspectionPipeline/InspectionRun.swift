package import Foundation
package import Ingest
package import InspectionModel
package import InspectionStore
package import PixelKernels
import WorkOrders

/// The main job: recorded flights in; observations, incidents and work orders kept in a store.
package struct InspectionRun: Sendable {
  package let pipeline: ValidatedPipeline
  /// When results are made and cases established.
  package let now: Timestamp
  package let store: InspectionStore
  private let analysis: AnalysisSetup
  private let work: OrderedWork

  /// - Parameters:
  ///   - workers: how many pictures are in work at once; `nil` for what the pipeline says.
  ///   - tier: of the kernels. Neither changes a result.
  package init(
    pipeline: ValidatedPipeline, store: InspectionStore, now: Timestamp, workers: Int? = nil,
    tier: KernelTier = .best
  ) {
    self.pipeline = pipeline
    self.store = store
    self.now = now
    analysis = AnalysisSetup(pipeline.definition, tier: tier)
    let width = workers ?? pipeline.definition.workerCount
    work = OrderedWork(width: width, threads: WorkerThreads(name: "analysis"))
  }

  /// Pictures in work at once.
  package var workerCount: Int { work.width }

  /// What a run gave.
  package struct Outcome: Sendable {
    /// What was looked at, by source.
    package var coverage: [SourceCoverage] = []
    package var changes = RunSummary.Changes(
      observationsAdded: 0, incidentsAdded: 0, incidentsUpdated: 0, workOrdersAdded: 0)
    /// Rows that the run added to the store, of all kinds.
    package var addedRows = 0
    package var faults: [Fault] = []
    /// Folders that are no flights, with why.
    package var refused: [RecordedFlightError] = []
    /// Whether every picture had its turn and the store was settled; `false` after a stop.
    package var isComplete = true
  }

  /// Processes flights one after the other, then settles the store.
  ///
  /// - Parameter report: told about progress, from any task.
  /// - Throws: `StoreError`. A folder that is no flight is in `refused`, and the run goes on. A cancelled task ends
  ///   early; what was done is kept, and the next run goes on from there.
  package func run(
    _ folders: [URL], report: @Sendable @escaping (RunProgress) -> Void = { _ in }
  ) async throws -> Outcome {
    var outcome = Outcome()
    for folder in folders {
      guard !Task.isCancelled else {
        outcome.isComplete = false
        break
      }
      let reading = await work.threads.run { [definition = pipeline.definition] in
        Result { () throws(RecordedFlightError) in
          var settings = RecordedFlight.Settings()
          settings.nominalPeriodSeconds = definition.nominalPeriodSeconds
          return try RecordedFlight.read(folder: folder, settings: settings)
        }
      }
      switch reading {
      case .failure(let error): outcome.refused.append(error)
      case .success(let flight):
        let result = try await FlightRun(
          flight: flight, name: FlightName.of(folder), analysis: analysis, definition: pipeline.definition,
          store: store, now: now, work: work, report: report
        ).run()
        outcome.add(result)
      }
    }
    if outcome.isComplete { try await settle(&outcome, report: report) }
    return outcome
  }

  private func settle(
    _ outcome: inout Outcome, report: @Sendable (RunProgress) -> Void
  ) async throws {
    report(RunProgress(flight: "", done: 0, total: 1, stage: .settling))
    let changes = try await Settlement(store: store, pipeline: pipeline, now: now).run()
    outcome.changes.incidentsAdded = changes.incidentsAdded
    outcome.changes.incidentsUpdated = changes.incidentsUpdated
    outcome.changes.workOrdersAdded = changes.workOrdersAdded
    outcome.addedRows += changes.incidentsAdded + changes.workOrdersAdded
  }
}

extension InspectionRun.Outcome {
  fileprivate mutating func add(_ result: FlightRun.Result) {
    coverage.append(result.coverage)
    faults += result.faults
    changes.observationsAdded += result.added.observations
    addedRows += result.added.total
    isComplete = isComplete && result.isComplete
  }
}

extension PipelineDefinition {
  /// Pictures that are in work at once.
  package var workerCount: Int {
    switch workers {
    case .cores: ProcessInfo.processInfo.activeProcessorCount
    case .count(let count): count
    }
  }
}
