internal import InspectionModel

/// The formats of telemetry logs that can be read.
package enum TelemetryLogFormat: String, Sendable, Hashable, CaseIterable {
  case djiSubtitles
  case airdata

  /// What people call it.
  package var title: String {
    switch self {
    case .djiSubtitles: "DJI subtitles (SRT)"
    case .airdata: "Airdata CSV"
    }
  }

  /// The reader of this format: the one place that a new format is added to.
  var parser: any TelemetryLogParser.Type {
    switch self {
    case .djiSubtitles: DJISubtitleParser.self
    case .airdata: AirdataParser.self
    }
  }

  /// The format that the content shows, whatever the file is called; `nil` where none fits.
  ///
  /// An empty file has no content that could show anything: see `TelemetryLogReader`.
  package static func detect(_ bytes: [UInt8]) -> TelemetryLogFormat? {
    let start = bytes[..<min(bytes.count, detectionByteCount)]
    return allCases.first { $0.parser.recognises(start) }
  }

  /// How many bytes from the start decide about the format.
  package static let detectionByteCount = 4096
}

/// Reads one format of telemetry logs: pure, bounded, never trapping on any bytes.
protocol TelemetryLogParser {
  /// Whether the first bytes of a file look like this format. At most one format may answer yes.
  static func recognises(_ start: ArraySlice<UInt8>) -> Bool

  /// Reads the whole log; damage is counted and skipped.
  ///
  /// - Parameters:
  ///   - zone: what times without a zone mean.
  ///   - sampleLimit: the most records that are kept.
  /// - Throws: `TelemetryLogError` where nothing could be used.
  static func parse(
    _ bytes: [UInt8], zone: UTCOffset, sampleLimit: Int
  ) throws(TelemetryLogError) -> TelemetryLog
}
