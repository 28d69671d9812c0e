import FlightLogs
import Foundation
import FrameMemory
package import HazardReports
import ImageCodecs
package import InspectionModel
package import InspectionStore

/// Makes the pictures of a report from the evidence folder: upright, reduced, with the sighting's box drawn in.
package struct EvidencePictures: Sendable {
  private let folder: EvidenceFolder
  private let decoder: ImageDecoder
  private let painter: EvidencePainter
  private let encoder: ImageEncoder

  package init(store: InspectionStore, definition: PipelineDefinition) {
    folder = store.evidence
    decoder = ImageDecoder(limits: definition.decodeLimits)
    painter = EvidencePainter(maximumSidePixels: definition.evidence.maximumSidePixels)
    encoder = ImageEncoder(quality: definition.evidence.jpegQuality)
  }

  /// The picture of an observation; `nil` where none is kept, or where what is kept can no longer be decoded.
  ///
  /// - Throws: `StoreError` where the kept bytes are not those of their hash.
  package func lookup(_ observation: Observation) throws -> EvidenceImage? {
    guard let kept = try folder.bytes(sha256: observation.frame.sha256) else { return nil }
    let bytes = [UInt8](kept)
    let orientation = FrameOrientation(
      exif: PictureMetadataReader.read(bytes, isWholeFile: true)?.metadata.orientation)
    do throws(ImageError) {
      return EvidenceImage(bytes: try painted(bytes, observation, orientation), isAnnotated: true)
    } catch {
      return nil
    }
  }

  private func painted(
    _ bytes: [UInt8], _ observation: Observation, _ orientation: FrameOrientation
  ) throws(ImageError) -> [UInt8] {
    let info = try decoder.probe(bytes)
    // The largest reduction of the decoder that leaves the painter something to reduce.
    let side = max(info.widthPixels, info.heightPixels)
    let scale = DecodeScale.allCases.last { $0.reduced(side) >= painter.maximumSidePixels } ?? .full
    let source = info.frameFormat(scale: scale)
    let result = painter.outputFormat(of: source, orientation: orientation)
    let pool = FramePool(slabCount: 2, slabBytes: max(source.byteCount, result.byteCount))
    let image = try decoder.decode(bytes, into: pool, scale: scale)
    let region = HazardRegion(
      hazard: observation.hazard, score: observation.score, box: observation.region)
    let frame = try painter.paint(
      image.frame, marks: [EvidenceMark(region)], orientation: orientation, into: pool)
    return try encoder.jpeg(frame)
  }
}
