internal import FrameMemory
package import Georeferencing
package import ImageCodecs
package import Ingest
package import InspectionModel
internal import PixelKernels

/// Finds where the pictures of a recorded flight lie on the ground: tags and logs first, then the pixels.
///
/// Pictures are decoded at reduced size when they are compared, one at a time. One that cannot be decoded
/// keeps the place that its tags tell.
package struct FlightGeometryStage: Sendable {
  private let decoder: ImageDecoder

  package init(decoder: ImageDecoder) { self.decoder = decoder }

  /// The geometry of a flight and how it came about.
  package struct Outcome: Sendable {
    /// Indexed like the flight's frames.
    package var geometry: FlightGeometry
    package var report: AdjustmentReport
    /// Pictures that could not be decoded, in the order of the flight.
    package var faults: [Fault]
  }

  /// Samples on the longer side of a picture that are enough to compare it with others.
  private static let comparedSidePixels = 640

  /// Geometry from tags and logs alone.
  package func runWithoutPixels(_ flight: RecordedFlight) -> Outcome {
    let geometry = FlightGeometry.fromTags(flight.frames.map(Self.picture))
    let report = AdjustmentReport(posedPictureCount: geometry.posedPictureCount)
    return Outcome(geometry: geometry, report: report, faults: [])
  }

  /// Geometry from tags, logs and pixels.
  package func run(_ flight: RecordedFlight) -> Outcome {
    var geometry = FlightGeometry.fromTags(flight.frames.map(Self.picture))
    var pool: FramePool?
    var faults: [Int: Fault] = [:]
    let report = geometry.refine { index in
      let frame = flight.frames[index]
      do {
        return try luma(of: frame, pool: &pool)
      } catch let error as ImageError {
        faults[index] = error.fault(subject: frame.name)
      } catch let failure as PictureFile.Failure {
        faults[index] = Fault(code: failure.code, subject: frame.name, message: failure.message)
      } catch {
        faults[index] = Fault(code: "file_unreadable", subject: frame.name, message: "\(error)")
      }
      return nil
    }
    return Outcome(
      geometry: geometry, report: report, faults: faults.sorted { $0.key < $1.key }.map(\.value))
  }

  /// A frame as the geometry sees it. A picture without a readable header has the size that its tags tell.
  private static func picture(_ frame: RecordedFrame) -> GeometryPicture {
    let metadata = frame.metadata
    return GeometryPicture(
      metadata: metadata, telemetry: frame.telemetry,
      storedWidthPixels: max(1, metadata.storedWidthPixels ?? metadata.recordedWidthPixels ?? 4),
      storedHeightPixels: max(1, metadata.storedHeightPixels ?? metadata.recordedHeightPixels ?? 3))
  }

  /// Brightness at a reduced size. A damaged picture whose rows are not all there is not compared.
  private func luma(of frame: RecordedFrame, pool: inout FramePool?) throws -> PixelPlane? {
    let bytes = try PictureFile.read(frame.url, limit: decoder.limits.maximumBytes)
    let info = try decoder.probe(bytes)
    let side = max(info.widthPixels, info.heightPixels)
    let scale = DecodeScale.allCases.last { $0.reduced(side) >= Self.comparedSidePixels } ?? .full
    let needed = info.frameFormat(scale: scale).byteCount
    if (pool?.slabBytes ?? 0) < needed { pool = FramePool(slabCount: 1, slabBytes: needed) }
    guard let pool else { return nil }
    let image = try decoder.decode(bytes, into: pool, scale: scale)
    guard image.completeRows == image.frame.heightPixels else { return nil }
    var plane = PixelPlane()
    plane.copy(image.frame.luma)
    return plane
  }
}
