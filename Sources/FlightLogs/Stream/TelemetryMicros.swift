/// Which microseconds can be a time of day and which a time since boot.
enum TelemetryMicros {
  /// Ten years.
  static let bootLimit: UInt64 = 315_360_000_000_000

  /// The years 2000 to 2100.
  @inline(__always)
  static func isPlausible(_ microseconds: UInt64) -> Bool {
    microseconds >= 946_684_800_000_000 && microseconds < 4_102_444_800_000_000
  }
}
