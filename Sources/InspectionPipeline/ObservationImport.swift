package import Foundation
import Ingest
package import InspectionModel
package import InspectionStore

/// Takes observations and looks of files into a store, then settles it.
///
/// Every line that is taken is durable before anything is decided; a line that was taken before is skipped. Lines may
/// stand in any order.
package struct ObservationImport: Sendable {
  /// What an import did.
  package struct Outcome: Sendable, Hashable {
    package var lines = 0
    package var observationsAdded = 0
    package var looksAdded = 0
    /// Lines that said what the store knew already.
    package var known = 0
    /// Lines that could not be taken, with file, number and reason; the first ones only.
    package var faults: [Fault] = []
    package var faultCount = 0
    package var changes = Settlement.Changes()

    package init() {}
  }

  private static let linesAtOnce = 2000
  private static let faultsKept = 100

  private let store: InspectionStore
  private let pipeline: ValidatedPipeline
  private let now: Timestamp

  /// - Parameter now: observations from later than an hour after it are refused: a clock is wrong.
  package init(store: InspectionStore, pipeline: ValidatedPipeline, now: Timestamp) {
    self.store = store
    self.pipeline = pipeline
    self.now = now
  }

  /// Imports files one after the other, `-` for standard input, then settles.
  ///
  /// - Throws: `StoreError`, and what opening a file throws. Lines taken before stay.
  package func run(_ files: [String], report: (String) -> Void = { _ in }) async throws -> Outcome {
    var outcome = Outcome()
    let zone = pipeline.governance.calendar.zone
    for name in files {
      var lines =
        name == "-" ? LineFile(FileHandle.standardInput) : try LineFile(file: URL(filePath: name))
      var number = 0
      var batch: [ObservationLine.Content] = []
      while let line = lines.next() {
        number += 1
        if line.allSatisfy({ $0 == 0x20 || $0 == 0x0D }) { continue }
        outcome.lines += 1
        do throws(LineFault) {
          batch.append(try checked(ObservationLine.read(line, zone: zone)))
        } catch {
          outcome.add(
            Fault(code: "line_refused", subject: name, place: .line(number), message: error.message),
            keeping: Self.faultsKept)
        }
        if batch.count >= Self.linesAtOnce {
          try await record(batch, &outcome)
          batch = []
          report("\(name): \(outcome.lines) lines")
        }
      }
      try await record(batch, &outcome)
    }
    let settlement = try await Settlement(store: store, pipeline: pipeline, now: now)
    outcome.changes = try await settlement.run { report("\($0) observations fused") }
    return outcome
  }

  private func checked(_ content: ObservationLine.Content) throws(LineFault) -> ObservationLine.Content {
    let latest = now.advanced(bySeconds: 3600)
    switch content {
    case .observation(let observation):
      guard observation.phenomenonTime <= latest else { throw .inTheFuture("phenomenon_time") }
      guard observation.resultTime <= latest else { throw .inTheFuture("result_time") }
      guard observation.resultTime.seconds(since: observation.phenomenonTime) > -3600 else {
        throw .seenLater
      }
    case .look(let look):
      guard look.time <= latest else { throw .inTheFuture("phenomenon_time") }
    }
    return content
  }

  private func record(_ batch: [ObservationLine.Content], _ outcome: inout Outcome) async throws {
    guard !batch.isEmpty else { return }
    var observations: [Observation] = [], looks: [Look] = []
    for content in batch {
      switch content {
      case .observation(let observation): observations.append(observation)
      case .look(let look): looks.append(look)
      }
    }
    if !observations.isEmpty {
      let added = try await store.record(
        frames: [], observations: observations, faults: [], of: observations[0].witness)
      outcome.observationsAdded += added.observations
      outcome.known += observations.count - added.observations
    }
    if !looks.isEmpty {
      let added = try await store.record(looks: looks)
      outcome.looksAdded += added
      outcome.known += looks.count - added
    }
  }
}

extension ObservationImport.Outcome {
  fileprivate mutating func add(_ fault: Fault, keeping limit: Int) {
    faultCount += 1
    if faults.count < limit { faults.append(fault) }
  }
}
