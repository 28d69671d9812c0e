internal import InspectionModel

/// Reads one format of telemetry logs: pure, bounded, never trapping on any bytes.
///
/// A log comes in windows of any size. What a parser tells does not depend on where they end.
protocol TelemetryLogParser: Sendable {
  /// Whether the first bytes of a file look like this format. At most one format should answer yes.
  static func recognises(_ start: ArraySlice<UInt8>) -> Bool

  /// - Parameter zone: what times without a zone mean.
  init(zone: UTCOffset)

  /// Takes what is whole in a window; damage is counted and skipped.
  ///
  /// - Parameters:
  ///   - bytes: the window; it begins with what the call before left over.
  ///   - offset: where in the file the window begins.
  ///   - isEnd: nothing follows: everything is taken.
  /// - Returns: how many bytes are done with. Fewer than `TelemetryStream.carryLimit` are left over.
  mutating func read(
    _ bytes: borrowing Span<UInt8>, at offset: Int, isEnd: Bool, into log: inout TelemetryLog
  ) -> Int

  /// Closes the log behind its last byte.
  ///
  /// - Throws: `TelemetryLogError` where nothing could be used.
  mutating func finish(into log: inout TelemetryLog) throws(TelemetryLogError)
}
