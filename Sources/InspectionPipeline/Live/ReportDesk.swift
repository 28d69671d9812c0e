internal import Foundation
internal import FrameMemory
internal import HazardAnalysis
internal import ImageCodecs
package import Ingest
internal import InspectionModel
package import InspectionStore
package import Logging

/// People's reports: durable before they are acknowledged; then looked at, and turned into observations.
package struct ReportDesk: Sendable {
  /// A word of a person counts as seen; with a picture that shows it, it is as sure as the picture.
  private static let wordScore = HazardScore(millionths: 700_000)
  /// A place without an error of its own: a phone in a street.
  private static let defaultSigmaMeters = 30.0
  private static let procedure = AnalysisProcedure(
    name: "person-report", version: "1", parametersHash: "0000000000000001")

  let store: InspectionStore
  let analysis: AnalysisSetup
  let decoder: ImageDecoder
  let threads: WorkerThreads
  let maximumWaiting: Int
  let logger: Logger

  init(
    store: InspectionStore, analysis: AnalysisSetup, limits: DecodeLimits, threads: WorkerThreads,
    maximumWaiting: Int, logger: Logger
  ) {
    self.store = store
    self.analysis = analysis
    decoder = ImageDecoder(limits: limits)
    self.threads = threads
    self.maximumWaiting = maximumWaiting
    self.logger = logger
  }

  /// A desk that judges pictures by a recorded pipeline.
  ///
  /// - Parameter maximumWaiting: durable observations that are not settled yet, beyond which nothing is taken.
  package init(
    store: InspectionStore, pipeline: ValidatedPipeline, maximumWaiting: Int, logger: Logger
  ) {
    self.init(
      store: store, analysis: AnalysisSetup(pipeline.definition), limits: pipeline.definition.decodeLimits,
      threads: WorkerThreads(name: "reports"), maximumWaiting: maximumWaiting, logger: logger)
  }

  /// Makes a report durable.
  ///
  /// - Throws: `ReportRefusal` while too much waits or the store does not take it.
  package func accept(_ report: PersonReport) async throws -> ReportReceipt {
    do {
      guard try await store.pendingObservationCount() < maximumWaiting else {
        throw ReportRefusal(retryAfterSeconds: 30, detail: "too much waits to be worked on")
      }
      let bytes = report.picture.map { Data($0) }
      let sha256 = bytes.map { EvidenceFolder.sha256(of: $0) }
      var picture: KeptEvidence?
      if let bytes, let sha256 {
        let folder = store.evidence
        try await threads.run { Swift.Result { try folder.keep(bytes, sha256: sha256) } }.get()
        picture = KeptEvidence(
          sha256: sha256, byteCount: bytes.count, name: "report-\(sha256.prefix(12)).jpg")
      }
      let kept = ReportedSighting(
        id: Self.id(of: report, pictureSHA256: sha256), sender: report.sender, receivedAt: report.arrival,
        seenAt: report.seenAt, position: report.position, positionSigmaMeters: report.positionSigmaMeters,
        hazard: report.hazard, text: report.text, pictureSHA256: sha256)
      let isNew = try await store.record(kept, picture: picture)
      return ReportReceipt(id: kept.id, isDuplicate: !isNew)
    } catch let error as StoreError {
      logger.error("a report could not be kept", metadata: ["reason": "\(error)"])
      throw ReportRefusal(retryAfterSeconds: 30, detail: "the store does not take it now")
    }
  }

  /// Works on reports that wait, also those of an earlier run; returns the observations that came of them.
  package func work() async throws -> Int {
    var added = 0
    for report in try await store.waitingReports(limit: 32) {
      added += try await store.complete(report, observations: await observations(of: report))
    }
    return added
  }

  /// The same sender and key, or the same content, is the same report.
  private static func id(of report: PersonReport, pictureSHA256: String?) -> String {
    let parts =
      report.idempotencyKey.map { [report.sender, "key", $0] }
      ?? [
        report.sender, "content", "\(report.position.latitudeDegrees)", "\(report.position.longitudeDegrees)",
        report.hazard?.rawValue ?? "", report.text, pictureSHA256 ?? "",
        "\(report.seenAt?.nanoseconds ?? 0)",
      ]
    return "R-" + EvidenceFolder.sha256(of: Data(parts.joined(separator: "\u{1F}").utf8)).prefix(24)
  }

  private func observations(of report: ReportedSighting) async -> [Observation] {
    let measured = await measurement(of: report)
    var scores: [HazardKind: (score: HazardScore, region: NormalizedBox)] = [:]
    for item in measured?.hazards ?? [] where item.isSeen {
      scores[item.hazard] = (item.score, item.regions.first?.box ?? .whole)
    }
    if let hazard = report.hazard {
      let own = scores[hazard]
      // What the person says, and what the picture shows of it; other things in the picture are not what is reported.
      scores = [hazard: (max(own?.score ?? Self.wordScore, Self.wordScore), own?.region ?? .whole)]
    }
    let time = report.seenAt.map { min($0, report.receivedAt) } ?? report.receivedAt
    let witness = Witness(kind: .person, source: report.sender)
    return scores.sorted { $0.key < $1.key }.map { hazard, found in
      Observation(
        key: SightingKey.make(
          witness: witness, sha256: report.id, procedure: Self.procedure, hazard: hazard, ordinal: 0),
        witness: witness, hazard: hazard, score: found.score, phenomenonTime: time, timeSource: .arrival,
        resultTime: report.receivedAt,
        place: ObservedPlace(
          position: report.position, sigmaMeters: report.positionSigmaMeters ?? Self.defaultSigmaMeters,
          method: .reported),
        placeRemark: nil, region: found.region, vehicleCount: nil,
        frame: FrameReference(
          name: report.id, sha256: report.pictureSHA256 ?? report.id, sequenceNumber: 0),
        procedure: Self.procedure, threshold: HazardThresholds.usual)
    }
  }

  private func measurement(of report: ReportedSighting) async -> FrameMeasurement? {
    guard let sha256 = report.pictureSHA256 else { return nil }
    let (folder, decoder, analysis) = (store.evidence, decoder, analysis)
    let outcome = await threads.run { () -> Swift.Result<FrameMeasurement?, any Error> in
      Swift.Result {
        guard let bytes = try folder.bytes(sha256: sha256) else { return nil }
        let picture = [UInt8](bytes)
        let info = try decoder.probe(picture)
        let scale = analysis.decodeScale(widthPixels: info.widthPixels, heightPixels: info.heightPixels)
        let pool = FramePool(slabCount: 1, slabBytes: 3 * max(1 << 20, info.widthPixels * info.heightPixels))
        return analysis.judged(
          analysis.analyzer.measure(try decoder.decode(picture, into: pool, scale: scale).frame))
      }
    }
    switch outcome {
    case .success(let measurement): return measurement
    case .failure(let error):
      logger.warning(
        "the picture of a report cannot be read", metadata: ["report": "\(report.id)", "reason": "\(error)"])
      return nil
    }
  }
}
