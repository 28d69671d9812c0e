/// The kinds of logs that can be made.
package enum SimulatedLogKind: Sendable, Hashable {
  /// PX4 ULog with positions as whole numbers, and with those of newer firmware in degrees.
  case ulog, ulogNew
  /// ArduPilot DataFlash with microseconds, with old records' milliseconds, and as text.
  case dataFlash, dataFlashOld, dataFlashText
  /// MAVLink 1 and 2 with the ground station's time, and frames alone.
  case tlog, tlogV2, mavlinkRaw
  /// MISB ST 0601 in a file, in a transport stream, and in one with a time before each packet.
  case klv, transportStream, transportStreamTimed
  case gpx, kmlTrack, kmlLine
  case photoMarks, osdLines, remoteID
  /// DJI subtitles, dialect 1…7.
  case subtitles(Int)
  case airdata

  /// A file's name with the ending that this kind has.
  package var fileName: String {
    switch self {
    case .ulog: "px4.ulg"
    case .ulogNew: "px4-degrees.ulg"
    case .dataFlash: "ardupilot.bin"
    case .dataFlashOld: "ardupilot-old.bin"
    case .dataFlashText: "ardupilot.log"
    case .tlog: "mavlink1.tlog"
    case .tlogV2: "mavlink2.tlog"
    case .mavlinkRaw: "mavlink2.raw"
    case .klv: "misb.klv"
    case .transportStream: "misb.ts"
    case .transportStreamTimed: "misb.m2ts"
    case .gpx: "track.gpx"
    case .kmlTrack: "track.kml"
    case .kmlLine: "line.kml"
    case .photoMarks: "photos.mrk"
    case .osdLines: "osd.jsonl"
    case .remoteID: "remote-id.csv"
    case .airdata: "airdata.csv"
    case .subtitles(let dialect): "subtitles-\(dialect).srt"
    }
  }

  /// Every kind once.
  package static let all: [SimulatedLogKind] =
    [
      .ulog, .ulogNew, .dataFlash, .dataFlashOld, .dataFlashText, .tlog, .tlogV2, .mavlinkRaw, .klv,
      .transportStream, .transportStreamTimed, .gpx, .kmlTrack, .kmlLine, .photoMarks, .osdLines, .remoteID,
      .airdata,
    ] + (1...7).map { .subtitles($0) }
}
