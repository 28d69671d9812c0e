package import InspectionModel

/// Why a log could not be read at all.
package enum TelemetryLogError: Error, Sendable, Hashable {
  /// The first bytes fit no format that is known; the associated bytes are the first of them.
  case unknownFormat(firstBytes: [UInt8])
  /// The file is larger than a parser takes.
  case tooLarge(byteCount: Int, limit: Int)
  /// The format was recognised and yet nothing in it could be used.
  case noRecords(format: TelemetryLogFormat, place: Fault.Place, message: String)

  /// One plain sentence for a person.
  package var message: String {
    switch self {
    case .unknownFormat(let first):
      let digits = first.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
      let names = TelemetryLogFormat.allCases.map(\.title).joined(separator: ", ")
      let found = first.isEmpty ? "an empty file" : "a file that begins with \(digits)"
      return "no telemetry log: expected \(names), found \(found)"
    case .tooLarge(let byteCount, let limit):
      return "\(byteCount) bytes are more than the \(limit) that a telemetry log may have"
    case .noRecords(let format, let place, let message):
      return "no record in this \(format.title) log: \(place.text): \(message)"
    }
  }
}
