import Foundation
import InspectionModel
import InspectionStore

/// Names a sighting: SHA-256 of everything that tells one from another, so that the same sighting has the same key in
/// every run.
enum SightingKey {
  /// The ordinal counts within a hazard, so that more sightings of one never rename those of another. Where an
  /// analyser's regions follow its thresholds, these are in its hash: other thresholds are another analysis.
  static func make(
    witness: Witness, sha256: String, procedure: AnalysisProcedure, hazard: HazardKind, ordinal: Int
  ) -> String {
    let parts = [
      witness.kind.rawValue, witness.source, sha256, procedure.name, procedure.version,
      procedure.parametersHash, hazard.rawValue, "\(ordinal)",
    ]
    return EvidenceFolder.sha256(of: Data(parts.joined(separator: "\u{1F}").utf8))
  }
}
