import Foundation
import HazardAnalysis
import Ingest
import InspectionModel
import InspectionStore

/// Takes the pictures of a flight in order, keeps what was seen, and counts.
struct FlightRecorder {
  private let flight: RecordedFlight
  private let witness: Witness
  private let analysis: AnalysisSetup
  private let store: InspectionStore
  private let observations: FlightObservations
  private let threads: WorkerThreads
  private var history: SourceHistory
  private var pending = Pending()
  private var result: FlightRun.Result
  private var seen: [(time: Timestamp, index: Int)] = []
  private var conditions: [SourceCondition: Int] = [:]
  /// Damage to the tags of pictures: told with the picture, unless the picture itself turns out to be damaged.
  private let tagFaults: [String: [Fault]]

  /// Rows that wait for their transaction.
  private struct Pending {
    var frames: [StoredFrame] = []
    var observations: [Observation] = []
    var faults: [Fault] = []
    /// Pictures in which something was seen, with their hashes.
    var evidence: [(frame: RecordedFrame, sha256: String)] = []
  }

  init(
    flight: RecordedFlight, witness: Witness, analysis: AnalysisSetup, store: InspectionStore,
    observations: FlightObservations, threads: WorkerThreads
  ) {
    self.flight = flight
    self.witness = witness
    self.analysis = analysis
    self.store = store
    self.observations = observations
    self.threads = threads
    let ofPictures = flight.faults.filter { $0.code == RecordedFlight.tagFaultCode }
    tagFaults = Dictionary(grouping: ofPictures, by: \.subject)
    history = SourceHistory(confirmation: witness.kind == .ground ? .threeOfFive : .everyFrame)
    result = FlightRun.Result(
      coverage: SourceCoverage(
        witness: witness, framesFound: flight.frames.count, framesAnalysed: 0, framesFaulty: 0,
        framesLocated: 0, firstFrame: nil, lastFrame: nil, procedure: nil, hazardsAssessed: []))
    add(faults: flight.faults.filter { $0.code != RecordedFlight.tagFaultCode })
  }

  private mutating func add(faults: [Fault]) {
    pending.faults += faults
    result.faults += faults
  }

  /// Takes the outcome of the next picture; what it costs the store is paid every few pictures.
  mutating func take(_ outcome: FrameInspector.Outcome, at index: Int) async throws {
    let frame = flight.frames[index]
    add(faults: outcome.faults.isEmpty ? tagFaults[frame.name] ?? [] : outcome.faults)
    if let sha256 = outcome.sha256, !outcome.wasKnown {
      pending.frames.append(
        StoredFrame(
          witness: witness,
          reference: FrameReference(name: frame.name, sha256: sha256, sequenceNumber: frame.sequenceNumber),
          timestamp: frame.timestamp, timeSource: frame.timeSource,
          measurement: outcome.measurement.map(StoredMeasurement.text),
          parametersHash: analysis.procedure.parametersHash))
    }
    if let measurement = outcome.measurement, let sha256 = outcome.sha256 {
      count(outcome, at: index)
      let update = history.append(
        analysis.judged(measurement), timestamp: frame.timestamp, telemetry: frame.telemetry)
      for condition in update.conditions { conditions[condition, default: 0] += 1 }
      let found = observations.observations(of: update.findings, in: frame, at: index, sha256: sha256)
      if !found.isEmpty { pending.evidence.append((frame, sha256)) }
      pending.observations += found
    } else {
      result.coverage.framesFaulty += 1
    }
    if (index + 1).isMultiple(of: FlightRun.framesPerTransaction) { try await flush() }
  }

  /// Writes what is pending as one transaction. Evidence is durable before the rows that speak of it.
  mutating func flush() async throws {
    let rows = pending
    pending = Pending()
    let kept = try await keep(rows.evidence)
    result.faults += kept.faults
    result.added += try await store.record(
      frames: rows.frames, observations: rows.observations, faults: rows.faults + kept.faults,
      evidence: kept.pictures, of: witness)
  }

  /// Copies pictures into the evidence folder.
  ///
  /// - Throws: `StoreError` where the folder cannot take them. A picture that changed meanwhile is a fault.
  private func keep(
    _ wanted: [(frame: RecordedFrame, sha256: String)]
  ) async throws -> (pictures: [KeptEvidence], faults: [Fault]) {
    guard !wanted.isEmpty else { return ([], []) }
    let folder = store.evidence
    let outcome = await threads.run { Swift.Result { try Self.copy(wanted, into: folder) } }
    return try outcome.get()
  }

  private static func copy(
    _ wanted: [(frame: RecordedFrame, sha256: String)], into folder: EvidenceFolder
  ) throws -> (pictures: [KeptEvidence], faults: [Fault]) {
    var pictures: [KeptEvidence] = [], faults: [Fault] = []
    for (frame, sha256) in wanted {
      do {
        let bytes = Data(try PictureFile.read(frame.url, limit: .max))
        guard EvidenceFolder.sha256(of: bytes) == sha256 else {
          throw PictureFile.Failure(
            code: "evidence_changed", message: "the file changed while it was worked on")
        }
        try folder.keep(bytes, sha256: sha256)
        pictures.append(KeptEvidence(sha256: sha256, byteCount: bytes.count, name: frame.name))
      } catch let failure as PictureFile.Failure {
        faults.append(Fault(code: failure.code, subject: frame.name, message: failure.message))
      }
    }
    return (pictures, faults)
  }

  /// Coverage and counts so far.
  func result(places: PicturePlaces) -> FlightRun.Result {
    var result = result
    let ordered = seen.sorted { ($0.time, $0.index) < ($1.time, $1.index) }
    result.coverage.firstFrame = ordered.first?.time
    result.coverage.lastFrame = ordered.last?.time
    if !seen.isEmpty {
      result.coverage.procedure = analysis.procedure
      result.coverage.hazardsAssessed = analysis.thresholds.hazards
    }
    result.coverage.conditions = Dictionary(
      uniqueKeysWithValues: conditions.map { ($0.key.rawValue, $0.value) })
    let shown = places.shown(ordered.map(\.index))
    result.coverage.framesLocated = shown.locatedCount
    result.coverage.cameraTrack = shown.track
    result.coverage.footprints = shown.footprints
    return result
  }

  private mutating func count(_ outcome: FrameInspector.Outcome, at index: Int) {
    seen.append((flight.frames[index].timestamp, index))
    if outcome.wasKnown {
      result.coverage.framesAnalysedEarlier += 1
    } else {
      result.coverage.framesAnalysed += 1
    }
  }
}
