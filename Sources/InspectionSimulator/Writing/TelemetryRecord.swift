internal import InspectionModel

/// One row of a flight's telemetry log.
struct TelemetryRecord: Sendable {
  /// Since the log's start.
  let milliseconds: Int
  let instant: Timestamp
  let pose: CameraPose
  let groundSpeedMetersPerSecond: Double
  /// A picture is being taken: two rows long.
  let isPhoto: Bool

  /// The log of a flight: it starts at a whole second 1 to 2 s before the first picture, ends 1 s after the
  /// last.
  static func records(of path: FlightPath, periodMilliseconds: Int, frame: SceneFrame) -> [TelemetryRecord] {
    let second: Int64 = 1_000_000_000
    let first = path.start.nanoseconds
    let floored = first - ((first % second) + second) % second
    let logStart = Timestamp(nanoseconds: floored - second)
    let end = path.time(ofFrame: path.poses.count - 1).advanced(byNanoseconds: second)
    let count = Int((end.nanoseconds - logStart.nanoseconds) / 1_000_000) / periodMilliseconds + 1
    return (0..<count).map { index in
      let milliseconds = index * periodMilliseconds
      let instant = logStart.advanced(byNanoseconds: Int64(milliseconds) * 1_000_000)
      let sincePhoto = path.nanosecondsSincePhoto(at: instant)
      return TelemetryRecord(
        milliseconds: milliseconds, instant: instant, pose: path.recordedPose(at: instant),
        groundSpeedMetersPerSecond: path.groundSpeed(at: instant, frame: frame),
        isPhoto: sincePhoto.map { $0 < Int64(2 * periodMilliseconds) * 1_000_000 } ?? false)
    }
  }
}

extension FlightPath {
  /// Time since the last picture before or at a moment; `nil` before the first.
  fileprivate func nanosecondsSincePhoto(at instant: Timestamp) -> Int64? {
    let elapsed = instant.nanoseconds - start.nanoseconds
    guard elapsed >= 0 else { return nil }
    return elapsed - min(elapsed / periodNanoseconds, Int64(poses.count - 1)) * periodNanoseconds
  }

  /// Metres per second between the pictures around a moment; 0 while hovering.
  fileprivate func groundSpeed(at instant: Timestamp, frame: SceneFrame) -> Double {
    let elapsed = instant.nanoseconds - start.nanoseconds
    let index = Int(elapsed / periodNanoseconds)
    guard elapsed >= 0, index + 1 < recorded.count else { return 0 }
    let way = frame.point(of: recorded[index + 1].position) - frame.point(of: recorded[index].position)
    return way.lengthMeters / (Double(periodNanoseconds) / 1e9)
  }
}
