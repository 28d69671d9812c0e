package import Foundation
package import InspectionModel

/// One picture of a recorded flight, not decoded.
package struct RecordedFrame: Sendable {
  /// Place in the flight, from 0.
  package var sequenceNumber: Int
  /// File name within the flight's folder.
  package var name: String
  package var url: URL
  package var byteCount: Int
  /// When it was taken.
  package var timestamp: Timestamp
  /// Where that time came from.
  package var timeSource: TimeSource
  /// Pose at that time: the picture's own tags first, gaps filled from the sidecar.
  package var telemetry: TelemetrySample?
  /// Why `telemetry` is missing; `nil` where it is there.
  package var telemetryRemark: String?
  package var metadata: PictureMetadata
}
