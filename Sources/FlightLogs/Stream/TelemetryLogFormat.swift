internal import InspectionModel

/// The formats of telemetry logs that can be read, in the order in which content is compared with them.
package enum TelemetryLogFormat: String, Sendable, Hashable, CaseIterable {
  case ulog
  case dataFlash
  case dataFlashText
  case transportStream
  case klv
  case gpx
  case kml
  case osdLines
  case photoMarks
  case remoteID
  case djiSubtitles
  case airdata
  case mavlink

  /// What people call it.
  package var title: String {
    switch self {
    case .ulog: "PX4 ULog"
    case .dataFlash: "ArduPilot DataFlash"
    case .dataFlashText: "ArduPilot DataFlash text"
    case .transportStream: "MISB ST 0601 in MPEG-TS"
    case .klv: "MISB ST 0601 (KLV)"
    case .gpx: "GPX"
    case .kml: "KML"
    case .osdLines: "DJI Cloud OSD (JSON lines)"
    case .photoMarks: "RTK photo marks (MRK)"
    case .remoteID: "Remote ID messages"
    case .djiSubtitles: "DJI subtitles (SRT)"
    case .airdata: "Airdata CSV"
    case .mavlink: "MAVLink (tlog, raw)"
    }
  }

  /// Whether positions are compared with those before: where no checksum shows damage, and where they are of one
  /// aircraft.
  var hasGate: Bool { ![.mavlink, .klv, .transportStream, .osdLines, .remoteID].contains(self) }

  /// The reader of this format: the one place that a new format is added to.
  var parser: any TelemetryLogParser.Type {
    switch self {
    case .ulog: ULogParser.self
    case .dataFlash: DataFlashParser.self
    case .dataFlashText: DataFlashTextParser.self
    case .transportStream: TransportStreamParser.self
    case .klv: KLVParser.self
    case .gpx: GPXParser.self
    case .kml: KMLParser.self
    case .osdLines: OSDLinesParser.self
    case .photoMarks: PhotoMarksParser.self
    case .remoteID: RemoteIDParser.self
    case .djiSubtitles: DJISubtitleParser.self
    case .airdata: AirdataParser.self
    case .mavlink: MAVLinkLogParser.self
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
  package static let detectionByteCount = 1 << 14
}
