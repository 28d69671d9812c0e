internal import Foundation
internal import InspectionModel
internal import Logging

/// Log lines as JSON objects on stderr: time, level, message, and the metadata as further keys.
struct JSONLogLines: LogHandler {
  var logLevel: Logger.Level
  var metadata: Logger.Metadata = [:]

  init(level: Logger.Level) { logLevel = level }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let extra = event.metadata ?? [:]
    var line = #"{"time":"\#(wallClock().iso8601())","level":"\#(event.level.rawValue)","message":"#
    line += Self.quoted("\(event.message)")
    for (key, value) in metadata.merging(extra, uniquingKeysWith: { $1 }).sorted(by: { $0.key < $1.key }) {
      line += ",\(Self.quoted(key)):\(Self.quoted("\(value)"))"
    }
    Standard.error(line + "}")
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case _ where scalar.value < 32:
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
