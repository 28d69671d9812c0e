package import Foundation
import FlightLogs
import HazardAnalysis
package import InspectionModel
package import InspectionStore

/// A picture that a person brings as evidence: scored by the same core as every other, placed by its own tags.
package struct AfterPicture: Sendable {
  /// What somebody says about the picture; what they leave out comes from its tags.
  package struct Statement: Sendable {
    package var taken: Timestamp?
    package var place: ObservedPlace?
    package var witness: Witness?

    package init(taken: Timestamp?, place: ObservedPlace?, witness: Witness?) {
      self.taken = taken
      self.place = place
      self.witness = witness
    }
  }

  /// Error of a position in a picture's tags, metres per axis: what a telephone knows.
  private static let tagSigmaMeters = 10.0

  private let pipeline: ValidatedPipeline
  private let evidence: EvidenceFolder

  package init(pipeline: ValidatedPipeline, store: InspectionStore) {
    self.pipeline = pipeline
    evidence = store.evidence
  }

  /// Scores a picture for a hazard and keeps it; on the calling thread.
  ///
  /// - Throws: `CaseOffice.Failure.picture`, `StoreError`.
  package func evidence(
    _ file: URL, kind: CaseEvidence.Kind, hazard: HazardKind, _ statement: Statement
  ) throws -> CaseEvidence {
    let name = file.lastPathComponent
    let bytes: Data
    do { bytes = try Data(contentsOf: file) } catch {
      throw CaseOffice.Failure.picture("\(file.relativePath): \((error as NSError).localizedDescription)")
    }
    let setup = AnalysisSetup(pipeline.definition)
    let scorer = PictureScorer(
      analyzer: setup.analyzer, root: file.deletingLastPathComponent(),
      limits: pipeline.definition.decodeLimits)
    let answer = scorer.score(PictureList.Entry(name: name))
    let found: HazardMeasurement?
    switch answer.result {
    case .failure(let refusal): throw CaseOffice.Failure.picture("\(name): \(refusal.message)")
    case .success(let judgement):
      found = setup.judged(judgement.measurement).hazards.first { $0.hazard == hazard }
    }
    guard let found else {
      throw CaseOffice.Failure.picture(
        "\(name): the analyser \(setup.procedure.name) does not look for \(hazard.rawValue)")
    }
    let tags = PictureMetadataReader.read([UInt8](bytes), isWholeFile: true)?.metadata
    let zone = pipeline.governance.calendar.zone
    guard let taken = statement.taken ?? tags?.timestamp(assuming: zone) else {
      throw CaseOffice.Failure.picture(
        "\(name): expected the time at which it was taken in its tags or by --taken, found none")
    }
    let sha256 = EvidenceFolder.sha256(of: bytes)
    try evidence.keep(bytes, sha256: sha256)
    let tagged = tags?.position.map {
      ObservedPlace(
        position: $0, sigmaMeters: tags?.horizontalSigmaMeters ?? Self.tagSigmaMeters, method: .camera)
    }
    return CaseEvidence(
      kind: kind, sha256: sha256, time: taken, score: found.score, threshold: found.threshold,
      procedure: setup.procedure, place: statement.place ?? tagged, witness: statement.witness)
  }
}
