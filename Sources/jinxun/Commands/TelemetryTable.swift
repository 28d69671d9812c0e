internal import InspectionModel

/// The rows of `jinxun telemetry`, gathered as text.
struct TelemetryTable {
  private let utc: Bool
  private var text = CSVText()
  /// Records that were left out for want of a time.
  private(set) var untimedCount = 0

  /// - Parameter utc: times are UTC instead of the log's own.
  init(utc: Bool) {
    self.utc = utc
    text.append(
      "time_us,lat_deg,lon_deg,alt_msl_m,alt_rel_m,roll_deg,pitch_deg,yaw_deg,"
        + "gimbal_roll_deg,gimbal_pitch_deg,gimbal_yaw_deg\n")
  }

  var byteCount: Int { text.byteCount }

  /// Adds a row per record that carries a place or an angle.
  mutating func append(_ samples: [TelemetrySample]) {
    for sample in samples where sample.carriesPose {
      let universal = sample.timestamp?.nanoseconds
      guard let time = utc ? universal : sample.logTimeNanoseconds ?? universal else {
        untimedCount += 1
        continue
      }
      text.append(sample, timeNanoseconds: time)
    }
  }

  /// The text gathered so far; what follows is told the next time.
  mutating func take() -> String { text.take() }
}

extension TelemetrySample {
  /// Whether there is anything for a row beside the time.
  fileprivate var carriesPose: Bool {
    position != nil || altitudeMetersAMSL != nil || heightMetersAboveTakeoff != nil || rollRadians != nil
      || pitchRadians != nil || yawRadians != nil || gimbal != nil
  }
}

extension CSVText {
  /// One row of `jinxun telemetry`.
  fileprivate mutating func append(_ sample: TelemetrySample, timeNanoseconds: Int64) {
    func degrees(_ radians: Double?) -> Double? { radians.map { $0 * (180 / .pi) } }
    append(Double(timeNanoseconds) / 1000, decimals: 0)
    append(sample.position?.latitudeDegrees, decimals: 9, separated: true)
    append(sample.position?.longitudeDegrees, decimals: 9, separated: true)
    append(
      sample.altitudeMetersAMSL ?? sample.position?.altitudeMetersAMSL, decimals: 3, separated: true)
    append(
      sample.heightMetersAboveTakeoff ?? sample.position?.heightMetersAboveGround, decimals: 3,
      separated: true)
    let angles = [
      sample.rollRadians, sample.pitchRadians, sample.yawRadians, sample.gimbal?.rollRadians,
      sample.gimbal?.pitchRadians, sample.gimbal?.yawRadians,
    ]
    for angle in angles { append(degrees(angle), decimals: 6, separated: true) }
    append("\n")
  }
}
