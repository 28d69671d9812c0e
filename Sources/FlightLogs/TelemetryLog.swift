package import InspectionModel

/// What a telemetry log holds, in its own order.
package struct TelemetryLog: Sendable {
  package var format: TelemetryLogFormat
  /// One entry per record, also where the record carries a time only.
  package var samples: [TelemetrySample] = []
  /// Records at which the aircraft took a photo: indices into `samples`, ascending.
  package var photoIndices: [Int] = []
  /// Record or message names with their counts, in the order of first appearance.
  package var messageCounts: [(name: String, count: Int)] = []
  /// Bytes that belong to no record that could be read.
  package var skippedByteCount = 0
  /// Damage, the first `faultLimit` of it; `faultCount` counts all.
  package var faults: [TelemetryLogFault] = []
  package var faultCount = 0

  package static let faultLimit = 100

  package init(format: TelemetryLogFormat) { self.format = format }

  /// Counts damage and keeps its description while there is room.
  mutating func addFault(_ place: Fault.Place, _ message: String) {
    faultCount += 1
    if faults.count < Self.faultLimit { faults.append(TelemetryLogFault(place: place, message: message)) }
  }
}

/// One piece of damage in a log that was read nevertheless.
package struct TelemetryLogFault: Sendable, Hashable {
  package var place: Fault.Place
  package var message: String
}

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
