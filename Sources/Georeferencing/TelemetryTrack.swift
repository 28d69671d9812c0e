internal import Glibc
package import InspectionModel

/// Telemetry records in the order of time, to ask for the state at any moment.
///
/// Position and heights are interpolated linearly, angles along the shorter arc. Nothing is extrapolated.
package struct TelemetryTrack: Sendable {
  private let samples: [TelemetrySample]
  private let times: [Timestamp]
  /// The longest pause between two records that is bridged, seconds.
  package let gapSeconds: Double

  /// Keeps the records that have a time; of several with one time the last.
  ///
  /// - Parameters:
  ///   - samples: records in any order.
  ///   - gapSeconds: the longest pause between two records that is bridged, positive.
  package init(_ samples: [TelemetrySample], gapSeconds: Double) {
    precondition(gapSeconds > 0, "a gap has a length")
    let timed = samples.enumerated().filter { $0.element.timestamp != nil }
      .sorted { ($0.element.timestamp!, $0.offset) < ($1.element.timestamp!, $1.offset) }.map(\.element)
    var kept: [TelemetrySample] = []
    for sample in timed {
      if kept.last?.timestamp == sample.timestamp { kept.removeLast() }
      kept.append(sample)
    }
    self.samples = kept
    times = kept.map { $0.timestamp! }
    self.gapSeconds = gapSeconds
  }

  /// When the first and the last record were made; `nil` for an empty track.
  package var timeRange: ClosedRange<Timestamp>? {
    guard let first = times.first, let last = times.last else { return nil }
    return first...last
  }

  /// Why there is no state at a moment.
  package enum Refusal: Error, Sendable, Hashable {
    case empty
    /// The moment lies before the first or after the last record, by so many seconds.
    case outside(seconds: Double)
    /// The records around the moment are too far apart, by so many seconds.
    case gap(seconds: Double)

    /// One plain sentence for a person.
    package var message: String {
      switch self {
      case .empty: "the telemetry has no record with a time"
      case .outside(let seconds): "taken \(Int(seconds.rounded(.up))) s outside the telemetry"
      case .gap(let seconds): "taken in a gap of \(Int(seconds.rounded(.up))) s in the telemetry"
      }
    }
  }

  /// The state at `instant`; a component is `nil` unless both records around it carry it.
  ///
  /// A moment at most half a gap outside the records gets the nearest record itself.
  package func sample(at instant: Timestamp) throws(Refusal) -> TelemetrySample {
    guard let first = times.first, let last = times.last else { throw .empty }
    if instant <= first || instant >= last {
      let (nearest, edge) = instant <= first ? (samples[0], first) : (samples[samples.count - 1], last)
      let distance = abs(instant.seconds(since: edge))
      guard distance <= gapSeconds / 2 else { throw .outside(seconds: distance) }
      return at(instant, nearest)
    }
    var (low, high) = (0, times.count - 1)
    while high - low > 1 {
      let middle = (low + high) / 2
      if times[middle] <= instant { low = middle } else { high = middle }
    }
    let width = times[high].seconds(since: times[low])
    guard width <= gapSeconds else { throw .gap(seconds: width) }
    let share = instant.seconds(since: times[low]) / width
    return between(samples[low], samples[high], share: share, instant)
  }

  private func at(_ instant: Timestamp, _ sample: TelemetrySample) -> TelemetrySample {
    var result = sample
    result.timestamp = instant
    return result
  }

  private func between(
    _ before: TelemetrySample, _ after: TelemetrySample, share: Double, _ instant: Timestamp
  ) -> TelemetrySample {
    func linear(_ value: (TelemetrySample) -> Double?) -> Double? {
      guard let first = value(before), let second = value(after) else { return nil }
      return first + (second - first) * share
    }
    func arc(_ value: (TelemetrySample) -> Double?) -> Double? {
      guard let first = value(before), let second = value(after) else { return nil }
      return wrappedAngle(first + wrappedAngle(second - first) * share)
    }
    var result = TelemetrySample(timestamp: instant)
    if let first = before.logTimeNanoseconds, let second = after.logTimeNanoseconds {
      result.logTimeNanoseconds = Int64((Double(first) + (Double(second) - Double(first)) * share).rounded())
    }
    if let first = before.position, let second = after.position {
      let east = wrappedDegrees(second.longitudeDegrees - first.longitudeDegrees)
      result.position = GeodeticPosition(
        latitudeDegrees: first.latitudeDegrees + (second.latitudeDegrees - first.latitudeDegrees) * share,
        longitudeDegrees: wrappedDegrees(first.longitudeDegrees + east * share),
        altitudeMetersAMSL: linear { $0.position?.altitudeMetersAMSL },
        heightMetersAboveGround: linear { $0.position?.heightMetersAboveGround })
    }
    result.altitudeMetersAMSL = linear(\.altitudeMetersAMSL)
    result.heightMetersAboveTakeoff = linear(\.heightMetersAboveTakeoff)
    result.rollRadians = arc(\.rollRadians)
    result.pitchRadians = arc(\.pitchRadians)
    result.yawRadians = arc(\.yawRadians)
    let gimbal = GimbalPose(
      rollRadians: arc { $0.gimbal?.rollRadians }, pitchRadians: arc { $0.gimbal?.pitchRadians },
      yawRadians: arc { $0.gimbal?.yawRadians })
    result.gimbal = gimbal == GimbalPose() ? nil : gimbal
    result.groundSpeedMetersPerSecond = linear(\.groundSpeedMetersPerSecond)
    result.horizontalSigmaMeters = linear(\.horizontalSigmaMeters)
    return result
  }
}

/// An angle brought into −π…π, radians.
package func wrappedAngle(_ radians: Double) -> Double { remainder(radians, 2 * .pi) }

/// An angle brought into −180…180, degrees.
package func wrappedDegrees(_ degrees: Double) -> Double { remainder(degrees, 360) }
