internal import Foundation
internal import InspectionModel
internal import InspectionStore
internal import Logging
internal import Synchronization

/// Where observations become durable: gathered from all looks, written together, never dropped.
///
/// Evidence is durable before the rows that speak of it. While the store cannot take them (a full disk, say),
/// observations wait here; `isFull` then holds back further looks, so that what waits stays bounded.
final class ObservationIntake: Sendable {
  /// What one look at one picture found.
  struct Sighting: Sendable {
    var observations: [Observation]
    var looks: [Look]
    /// The picture, where it is to be kept.
    var evidence: [UInt8]?
    var sha256: String
    var name: String
    /// When the picture came, on the steady clock.
    var arrival: Timestamp
  }

  private struct State {
    var waiting: [Sighting] = []
    var waitingBytes = 0
    var recorded = 0
    var known = 0
    var failures = 0
    var keepsEvidence = true
  }

  /// Pictures that wait for the store, bytes; beyond it nothing new is looked at in full.
  private static let waitingLimit = 64 << 20
  /// Sightings that wait, with pictures or without.
  private static let countLimit = 2000

  private let store: InspectionStore
  private let threads: WorkerThreads
  private let times: StageTimes
  private let steady: @Sendable () -> Timestamp
  private let logger: Logger
  private let state = Mutex(State())

  init(
    store: InspectionStore, threads: WorkerThreads, times: StageTimes,
    steady: @escaping @Sendable () -> Timestamp,
    logger: Logger
  ) {
    self.store = store
    self.threads = threads
    self.times = times
    self.steady = steady
    self.logger = logger
  }

  /// Whether nothing more should be offered for now.
  var isFull: Bool {
    state.withLock { $0.waitingBytes > Self.waitingLimit || $0.waiting.count > Self.countLimit }
  }

  /// Observations that are durable, observations that were there already, failed writes, and sightings that wait.
  var counts: (recorded: Int, known: Int, failures: Int, waiting: Int) {
    state.withLock { ($0.recorded, $0.known, $0.failures, $0.waiting.count) }
  }

  /// Whether pictures are kept from now on: not while the disk has no room for them.
  func setKeepsEvidence(_ keeps: Bool) { state.withLock { $0.keepsEvidence = keeps } }

  /// Takes a sighting in; it becomes durable with the next `flush`.
  func offer(_ sighting: Sighting) {
    guard !sighting.observations.isEmpty || !sighting.looks.isEmpty else { return }
    state.withLock { state in
      var sighting = sighting
      if !state.keepsEvidence { sighting.evidence = nil }
      state.waiting.append(sighting)
      state.waitingBytes += sighting.evidence?.count ?? 0
    }
  }

  /// Writes what waits as one transaction; where that fails it goes on waiting.
  ///
  /// - Returns: whether nothing is left of what waited at the call.
  @discardableResult
  func flush() async -> Bool {
    let batch = state.withLock { $0.waiting }
    guard !batch.isEmpty else { return true }
    let began = steady()
    do {
      let pictures = try await keep(batch)
      let observations = batch.flatMap(\.observations)
      let looks = batch.flatMap(\.looks)
      var added = 0
      if let first = observations.first {
        added = try await store.record(
          frames: [], observations: observations, faults: [], evidence: pictures, of: first.witness
        ).observations
      }
      if !looks.isEmpty { _ = try await store.record(looks: looks) }
      done(batch, observations: observations.count, added: added, began: began)
      return true
    } catch {
      state.withLock { $0.failures += 1 }
      logger.error(
        "observations wait: the store does not take them", metadata: ["reason": "\(error)"])
      return false
    }
  }

  private func done(_ batch: [Sighting], observations: Int, added: Int, began: Timestamp) {
    let now = steady()
    times.note(now.seconds(since: began), of: .record)
    for sighting in batch where !sighting.observations.isEmpty {
      times.note(now.seconds(since: sighting.arrival), of: .observation)
    }
    state.withLock { state in
      state.waiting.removeFirst(batch.count)
      state.waitingBytes -= batch.reduce(0) { $0 + ($1.evidence?.count ?? 0) }
      state.recorded += added
      state.known += observations - added
    }
  }

  private func keep(_ batch: [Sighting]) async throws -> [KeptEvidence] {
    let pictures = batch.compactMap { sighting in
      sighting.evidence.map { (sighting.sha256, $0, sighting.name) }
    }
    guard !pictures.isEmpty else { return [] }
    let folder = store.evidence
    return try await threads.run {
      Swift.Result {
        try pictures.map { sha256, bytes, name in
          try folder.keep(Data(bytes), sha256: sha256)
          return KeptEvidence(sha256: sha256, byteCount: bytes.count, name: name)
        }
      }
    }.get()
  }
}
