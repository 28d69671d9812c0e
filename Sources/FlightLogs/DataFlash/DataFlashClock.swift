internal import InspectionModel

/// The times of DataFlash records: microseconds or milliseconds since boot.
struct DataFlashClock: Sendable {
  private var clock = BootClock()
  private var lastNanoseconds: Int64?

  /// Ten years.
  private static let limitMicros = 315_360_000_000_000.0

  /// Gives a record its time since boot and, once a receiver told it, UTC.
  ///
  /// In old receivers' records `TimeMS` is the time of the GPS week and `T` the time since boot. Records without a time
  /// take the last one.
  mutating func setTimes(
    _ sample: inout TelemetrySample, _ values: DataFlashValues, isReceiver: Bool
  ) {
    var boot: Int64?
    if let micros = values[.timeMicros], (0..<Self.limitMicros).contains(micros) {
      boot = Int64(micros) * 1000
    } else if let millis = values[isReceiver && values[.bootMillis] != nil ? .bootMillis : .timeMillis],
      (0..<Self.limitMicros / 1000).contains(millis)
    {
      boot = Int64(millis) * 1_000_000
    }
    let time = boot ?? lastNanoseconds
    lastNanoseconds = time
    sample.logTimeNanoseconds = time
    guard let time else { return }
    if isReceiver, boot != nil, values[.status] ?? 0 >= 3, let week = values[.week],
      let millis = values[.weekMillis] ?? values[.timeMillis], (0..<1e6).contains(week),
      (0..<1e12).contains(millis),
      let utc = GPSTime.utc(week: Int(week), nanosecondsOfWeek: Int64(millis) * 1_000_000)
    {
      clock.observe(bootNanoseconds: time, utc: utc)
    }
    sample.timestamp = clock.utc(bootNanoseconds: time)
  }
}
