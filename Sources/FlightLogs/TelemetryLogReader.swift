package import InspectionModel

/// Reads a telemetry log of any known format.
package enum TelemetryLogReader {
  /// Largest log that is read, bytes.
  package static let byteLimit = 1 << 30

  /// Detects the format from the content and reads the log.
  ///
  /// - Parameters:
  ///   - bytes: the whole file.
  ///   - zone: what times without a zone mean.
  /// - Throws: `TelemetryLogError` where the format is unknown or nothing could be used.
  package static func read(
    _ bytes: [UInt8], assuming zone: UTCOffset = .shanghai
  ) throws(TelemetryLogError) -> TelemetryLog {
    guard bytes.count <= byteLimit else { throw .tooLarge(byteCount: bytes.count, limit: byteLimit) }
    guard let format = TelemetryLogFormat.detect(bytes) else {
      throw .unknownFormat(firstBytes: Array(bytes.prefix(8)))
    }
    return try format.parser.parse(bytes, zone: zone)
  }
}
