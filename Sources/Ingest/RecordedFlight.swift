package import FlightLogs
package import Foundation
package import InspectionModel

/// A folder of pictures from one camera, with what its files say about time and pose.
///
/// Drone flights carry EXIF and XMP tags or a telemetry sidecar; a fixed camera's sequence carries neither.
/// Nothing is decoded here, and of each picture only the first `metadataByteCount` bytes are read.
package struct RecordedFlight: Sendable {
  /// The folder's name.
  package var name: String
  package var folder: URL
  /// The pictures in natural order of their names (`IMG_9` before `IMG_10`).
  package var frames: [RecordedFrame]
  /// The telemetry log that was found beside the pictures.
  package var sidecar: Sidecar?
  /// Files that are neither pictures nor telemetry.
  package var ignoredFileNames: [String]
  /// Damage that did not stop the reading, in the order of file names.
  package var faults: [Fault]

  /// A telemetry log beside the pictures.
  package struct Sidecar: Sendable {
    package var fileName: String
    package var log: TelemetryLog
  }

  /// Bytes of each picture that are read for its tags.
  package static let metadataByteCount = 256 * 1024

  /// The code of faults in a picture's EXIF or XMP tags; the picture itself may be sound.
  package static let tagFaultCode = "metadata_damaged"

  /// How a flight is read.
  package struct Settings: Sendable, Hashable {
    /// What times without a zone mean.
    package var zone: UTCOffset = .shanghai
    /// Time between pictures that carry no time of their own, seconds.
    package var nominalPeriodSeconds: Double = 1
    /// Time of the first picture where no picture carries one.
    package var nominalStart = Timestamp(nanoseconds: 0)
    /// The longest gap between telemetry records that is bridged, seconds.
    package var telemetryGapSeconds: Double = 2
    /// Largest number of files that are looked at.
    package var fileLimit = 200_000

    package init() {}
  }
}

/// Why a folder is no flight.
package enum RecordedFlightError: Error, Sendable, Hashable {
  case unreadableFolder(path: String, reason: String)
  case noPictures(path: String, fileCount: Int)
  case tooManyFiles(path: String, limit: Int)

  /// One plain sentence for a person.
  package var message: String {
    switch self {
    case .unreadableFolder(let path, let reason): "\(path): cannot read the folder: \(reason)"
    case .noPictures(let path, 0): "\(path): expected JPEG or PNG pictures, found an empty folder"
    case .noPictures(let path, let count):
      "\(path): expected JPEG or PNG pictures, found \(count) other file\(count == 1 ? "" : "s")"
    case .tooManyFiles(let path, let limit): "\(path): more than \(limit) files"
    }
  }
}
