import Foundation
import HazardAnalysis
import Ingest
import InspectionModel
import InspectionStore

/// Turns the findings of a flight's pictures into observations with place and key.
struct FlightObservations: Sendable {
  let witness: Witness
  let procedure: AnalysisProcedure
  /// When the results are made.
  let now: Timestamp
  let geometry: PicturePlaces

  /// The observations of one picture.
  ///
  /// - Parameter index: the picture's place in the flight.
  func observations(
    of findings: [HazardFinding], in frame: RecordedFrame, at index: Int, sha256: String
  ) -> [Observation] {
    var ordinals: [HazardKind: Int] = [:]
    return findings.map { finding in
      let ordinal = ordinals[finding.hazard, default: 0]
      ordinals[finding.hazard] = ordinal + 1
      let (place, remark) = geometry.place(of: finding.region, inPicture: index)
      return Observation(
        key: key(sha256: sha256, hazard: finding.hazard, ordinal: ordinal), witness: witness,
        hazard: finding.hazard, score: finding.score, phenomenonTime: frame.timestamp,
        timeSource: frame.timeSource, resultTime: now, place: place, placeRemark: remark,
        region: finding.region, vehicleCount: finding.vehicleCount,
        frame: FrameReference(name: frame.name, sha256: sha256, sequenceNumber: frame.sequenceNumber),
        procedure: procedure, threshold: finding.threshold)
    }
  }

  /// SHA-256 of everything that tells one sighting from another.
  ///
  /// The ordinal counts within a hazard, so that more sightings of one never rename those of another. Where an
  /// analyser's regions follow its thresholds, these are in its hash: other thresholds are another analysis.
  private func key(sha256: String, hazard: HazardKind, ordinal: Int) -> String {
    let parts = [
      witness.kind.rawValue, witness.source, sha256, procedure.name, procedure.version,
      procedure.parametersHash, hazard.rawValue, "\(ordinal)",
    ]
    return EvidenceFolder.sha256(of: Data(parts.joined(separator: "\u{1F}").utf8))
  }
}
