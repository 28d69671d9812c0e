internal import InspectionModel

/// GPS week and time of week as UTC.
enum GPSTime {
  private static let epochSeconds: Int64 = 315_964_800
  private static let weekSeconds: Int64 = 604_800

  /// Seconds that GPS time was ahead of UTC from a moment on (seconds since 1970), the latest first.
  private static let leapSeconds: [(from: Int64, seconds: Int64)] = [
    (1_483_228_800, 18), (1_435_708_800, 17), (1_341_100_800, 16), (1_230_768_000, 15), (1_136_073_600, 14),
    (915_148_800, 13),
  ]

  /// `nil` for weeks that no flight log can have (before 1999 or after 2100).
  static func utc(week: Int, nanosecondsOfWeek: Int64) -> Timestamp? {
    guard (1000...6300).contains(week), (0..<weekSeconds * 1_000_000_000).contains(nanosecondsOfWeek) else {
      return nil
    }
    let start = epochSeconds + Int64(week) * weekSeconds
    let seconds = start + nanosecondsOfWeek / 1_000_000_000
    let leap = leapSeconds.first { seconds - $0.seconds >= $0.from }?.seconds ?? 13
    return Timestamp(nanoseconds: (start - leap) * 1_000_000_000 + nanosecondsOfWeek)
  }
}
