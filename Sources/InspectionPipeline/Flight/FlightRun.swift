import Foundation
import HazardAnalysis
import ImageCodecs
import Ingest
import InspectionModel
import InspectionStore

/// One recorded flight: its pictures looked at, side by side, and what was seen kept in the store, in order.
struct FlightRun {
  let flight: RecordedFlight
  let name: String
  let analysis: AnalysisSetup
  let definition: PipelineDefinition
  let store: InspectionStore
  let now: Timestamp
  let work: OrderedWork
  let report: @Sendable (RunProgress) -> Void

  /// Frames that are written in one transaction: a stopped run loses at most these.
  static let framesPerTransaction = 32

  /// What a flight gave.
  struct Result: Sendable {
    var coverage: SourceCoverage
    var added = AddedRows()
    /// In the order of pictures.
    var faults: [Fault] = []
    /// Whether every picture had its turn; `false` after a stop.
    var isComplete = true
  }

  /// A drone's pictures carry a position; a fixed camera's carry none.
  var witness: Witness {
    let hasPosition = flight.frames.contains { $0.telemetry?.position != nil }
    return Witness(kind: hasPosition ? .air : .ground, source: name)
  }

  /// Looks at every picture that was not looked at before.
  ///
  /// - Throws: `StoreError`. A cancelled task ends early and keeps what was done.
  func run() async throws -> Result {
    let witness = witness
    let places = await locate()
    let known = try await store.frames(of: witness, parametersHash: analysis.procedure.parametersHash)
    let inspector = FrameInspector(
      analysis: analysis, limits: definition.decodeLimits, frames: flight.frames, workers: work.width)
    var recorder = FlightRecorder(
      flight: flight, witness: witness, analysis: analysis, store: store,
      observations: FlightObservations(
        witness: witness, procedure: analysis.procedure, now: now, geometry: places), threads: work.threads)
    let frames = flight.frames
    let consumed = try await work.run(count: frames.count) { index in
      inspector.inspect(frames[index], known: known)
    } consume: { index, outcome in
      try await recorder.take(outcome, at: index)
      report(RunProgress(flight: name, done: index + 1, total: frames.count, stage: .analysing))
    }
    try await recorder.flush()
    var result = recorder.result(places: places)
    result.isComplete = consumed == frames.count
    if result.isComplete { try await store.putCoverage(result.coverage.settled) }
    return result
  }
}

extension FlightRun {
  /// Where the pictures lie on the ground. A picture that cannot be decoded is told when it is looked at, once.
  private func locate() async -> PicturePlaces {
    // Pictures without a position are not compared, and nobody has to wait for that.
    if witness.kind == .air {
      report(RunProgress(flight: name, done: 0, total: flight.frames.count, stage: .locating))
    }
    let stage = FlightGeometryStage(decoder: ImageDecoder(limits: definition.decodeLimits))
    let flight = flight
    let outcome = await work.threads.run { stage.run(flight) }
    return PicturePlaces(flight: flight, geometry: outcome.geometry)
  }
}

extension SourceCoverage {
  /// The same without what depends on the run: who looked when does not matter to what was looked at.
  var settled: SourceCoverage {
    var coverage = self
    coverage.framesAnalysed = framesLookedAt
    coverage.framesAnalysedEarlier = 0
    return coverage
  }
}
