package import InspectionModel

/// Reads a whole telemetry log of any known format.
package enum TelemetryLogReader {
  /// Largest log that is read at once, bytes; `TelemetryStream` takes any.
  package static let byteLimit = 1 << 30
  /// Most records that are kept: 28 hours at ten a second. A file of two-byte lines must not become gigabytes.
  package static let sampleLimit = 1_000_000

  /// Detects the format from the content and reads the log.
  ///
  /// - Parameters:
  ///   - bytes: the whole file.
  ///   - zone: what times without a zone mean.
  ///   - sampleLimit: the most records that are kept; what follows is named as a fault.
  /// - Throws: `TelemetryLogError` where the format is unknown or nothing could be used.
  package static func read(
    _ bytes: [UInt8], assuming zone: UTCOffset = .shanghai, sampleLimit: Int = sampleLimit
  ) throws(TelemetryLogError) -> TelemetryLog {
    guard bytes.count <= byteLimit else { throw .tooLarge(byteCount: bytes.count, limit: byteLimit) }
    guard let format = TelemetryLogFormat.detect(bytes) else {
      throw .unknownFormat(firstBytes: Array(bytes.prefix(8)))
    }
    var parser = format.parser.init(zone: zone)
    var log = TelemetryLog(format: format, sampleLimit: sampleLimit)
    _ = parser.read(bytes.span, at: 0, isEnd: true, into: &log)
    try parser.finish(into: &log)
    return log
  }
}
