import Foundation
import FrameMemory
package import HazardReports
import ImageCodecs
package import InspectionModel
package import InspectionStore

/// Makes the pictures of a report from the evidence folder.
package struct EvidencePictures: Sendable {
  private let folder: EvidenceFolder

  package init(store: InspectionStore, settings: PipelineDefinition.Evidence) {
    folder = store.evidence
  }

  /// The picture of an observation; `nil` where none is kept.
  ///
  /// - Throws: `StoreError` where the kept bytes are not those of their hash.
  package func lookup(_ observation: Observation) throws -> EvidenceImage? {
    guard let bytes = try folder.bytes(sha256: observation.frame.sha256) else { return nil }
    return EvidenceImage(bytes: [UInt8](bytes), isAnnotated: false)
  }
}
