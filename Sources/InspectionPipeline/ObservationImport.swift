import Foundation
import Ingest
package import InspectionModel
package import InspectionStore
import WorkOrders

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
  package func run(_ files: [String], report: @Sendable (String) -> Void = { _ in }) async throws -> Outcome {
    var outcome = Outcome()
    let zone = pipeline.governance.calendar.zone
    for name in files {
      var reading = Reading(
        name: name, lines: name == "-" ? LineFile(.standardInput) : try LineFile(file: URL(filePath: name)))
      var batch = reading.next(zone: zone, checked: checked)
      // One batch is read while the one before is written.
      while let current = batch {
        async let written = record(current.contents)
        batch = reading.next(zone: zone, checked: checked)
        outcome.add(current, try await written, keeping: Self.faultsKept)
        report("\(name): \(outcome.lines) lines")
      }
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

  private func record(_ contents: [ObservationLine.Content]) async throws -> Written {
    var observations: [Observation] = [], looks: [Look] = []
    for content in contents {
      switch content {
      case .observation(let observation): observations.append(observation)
      case .look(let look): looks.append(look)
      }
    }
    var written = Written()
    if let first = observations.first {
      written.observations = try await store.record(
        frames: [], observations: observations, faults: [], of: first.witness
      ).observations
    }
    if !looks.isEmpty { written.looks = try await store.record(looks: looks) }
    return written
  }

  /// Rows that a batch added.
  fileprivate struct Written: Sendable {
    var observations = 0
    var looks = 0
  }

  /// Lines that were read together.
  fileprivate struct Batch: Sendable {
    var contents: [ObservationLine.Content] = []
    var lineCount = 0
    var faults: [Fault] = []
  }

  /// A file while it is read.
  private struct Reading {
    let name: String
    var lines: LineFile
    var number = 0

    /// The next lines; `nil` at the end.
    mutating func next(
      zone: UTCOffset, checked: (ObservationLine.Content) throws(LineFault) -> ObservationLine.Content
    ) -> Batch? {
      var batch = Batch()
      while batch.lineCount < ObservationImport.linesAtOnce, let line = lines.next() {
        number += 1
        if line.isEmpty || line == Data([0x0D]) { continue }
        batch.lineCount += 1
        do throws(LineFault) {
          batch.contents.append(try checked(ObservationLine.read(line, zone: zone)))
        } catch {
          batch.faults.append(
            Fault(code: "line_refused", subject: name, place: .line(number), message: error.message))
        }
      }
      return batch.lineCount == 0 ? nil : batch
    }
  }
}

extension ObservationImport.Outcome {
  fileprivate mutating func add(
    _ batch: ObservationImport.Batch, _ written: ObservationImport.Written, keeping limit: Int
  ) {
    lines += batch.lineCount
    observationsAdded += written.observations
    looksAdded += written.looks
    known += batch.contents.count - written.observations - written.looks
    faultCount += batch.faults.count
    faults += batch.faults.prefix(max(0, limit - faults.count))
  }
}
