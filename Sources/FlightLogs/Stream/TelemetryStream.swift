package import InspectionModel

/// Reads a telemetry log of any known format piece by piece, in memory that does not grow with the log.
///
/// Feed pieces of any size and take the samples between them; the samples do not depend on the pieces.
package struct TelemetryStream: Sendable {
  private let zone: UTCOffset
  private let sampleLimit: Int
  private var parser: (any TelemetryLogParser)?
  /// What the parser left over: the beginning of a record.
  private var carried: [UInt8] = []
  /// Where in the file `carried` begins.
  private var offset = 0
  /// Samples since they were last taken, faults and counts since the start; `nil` until the format is known.
  package private(set) var log: TelemetryLog?

  /// A parser leaves fewer bytes than this over, bytes.
  package static let carryLimit = 1 << 19

  /// - Parameters:
  ///   - zone: what times without a zone mean.
  ///   - sampleLimit: the most samples that are kept; what follows is named as a fault.
  package init(assuming zone: UTCOffset = .shanghai, sampleLimit: Int = .max) {
    (self.zone, self.sampleLimit) = (zone, sampleLimit)
  }

  /// Takes the next piece.
  ///
  /// - Throws: `TelemetryLogError.unknownFormat` where the first bytes fit no format.
  package mutating func read(_ piece: [UInt8]) throws(TelemetryLogError) {
    if carried.isEmpty, parser != nil {
      let used = parse(piece, isEnd: false)
      carried.append(contentsOf: piece[used...])
      return
    }
    carried.append(contentsOf: piece)
    if parser == nil {
      guard carried.count >= TelemetryLogFormat.detectionByteCount else { return }
      try detect()
    }
    parseCarried(isEnd: false)
  }

  /// Takes what is left over; nothing follows.
  ///
  /// - Throws: `TelemetryLogError` where the format is unknown or nothing could be used.
  package mutating func finish() throws(TelemetryLogError) {
    if parser == nil { try detect() }
    parseCarried(isEnd: true)
    // A local copy, since the parser and the log are parts of one value.
    guard var closing = log else { return }
    log = nil
    defer { log = closing }
    try parser?.finish(into: &closing)
  }

  /// The samples that came in since the last call, and which of them were photos.
  package mutating func takeSamples() -> (samples: [TelemetrySample], photoIndices: [Int]) {
    guard log != nil else { return ([], []) }
    defer { log?.removeSamples() }
    return (log?.samples ?? [], log?.photoIndices ?? [])
  }

  private mutating func detect() throws(TelemetryLogError) {
    guard let format = TelemetryLogFormat.detect(carried) else {
      throw .unknownFormat(firstBytes: Array(carried.prefix(8)))
    }
    parser = format.parser.init(zone: zone)
    log = TelemetryLog(format: format, sampleLimit: sampleLimit)
  }

  private mutating func parseCarried(isEnd: Bool) {
    let bytes = carried
    carried = []
    let used = parse(bytes, isEnd: isEnd)
    if used < bytes.count { carried.append(contentsOf: bytes[used...]) }
  }

  private mutating func parse(_ bytes: [UInt8], isEnd: Bool) -> Int {
    guard var reading = parser, var filling = log else { return 0 }
    // Taken out of `self` and put back, so that both are held once and changed in place.
    (parser, log) = (nil, nil)
    let used = reading.read(bytes.span, at: offset, isEnd: isEnd, into: &filling)
    assert(isEnd ? used == bytes.count : bytes.count - used < Self.carryLimit, "a parser makes progress")
    (parser, log) = (reading, filling)
    offset += used
    return used
  }
}
