package import InspectionModel

/// What a log holds, and what is wrong with its clocks and positions, gathered sample by sample.
package struct FlightReview: Sendable {
  /// A pause between two positions of one source.
  package struct Gap: Sendable, Hashable {
    package var source: PositionSource?
    package var fromNanoseconds: Int64
    package var seconds: Double
  }

  /// The log's clock or its distance to UTC jumped.
  package struct ClockJump: Sendable, Hashable {
    package var atNanoseconds: Int64
    /// Forwards is positive.
    package var seconds: Double
    /// Whether UTC moved against the log's own clock; else that clock went back.
    package var isUTC: Bool
  }

  /// A position that is too far from the one before.
  package struct PositionJump: Sendable, Hashable {
    package var source: PositionSource?
    package var atNanoseconds: Int64
    package var meters: Double
    package var metersPerSecond: Double
  }

  /// How records of one kind follow one another.
  package struct Stream: Sendable, Hashable {
    package var count = 0
    package var firstNanoseconds: Int64?
    package var lastNanoseconds: Int64?

    /// Records a second; `nil` for fewer than two.
    package var rate: Double? {
      guard count > 1, let first = firstNanoseconds, let last = lastNanoseconds, last > first else {
        return nil
      }
      return Double(count - 1) / FlightReview.seconds(from: first, to: last)
    }

    fileprivate mutating func add(_ time: Int64) {
      count += 1
      firstNanoseconds = firstNanoseconds ?? time
      lastNanoseconds = max(lastNanoseconds ?? time, time)
    }
  }

  package private(set) var positions: [PositionSource?: Stream] = [:]
  package private(set) var attitudes = Stream()
  package private(set) var gimbals = Stream()
  package private(set) var photoCount = 0
  package private(set) var utcRange: ClosedRange<Timestamp>?
  package private(set) var altitudeRangeMetersAMSL: ClosedRange<Double>?
  package private(set) var heightRangeMeters: ClosedRange<Double>?
  /// The first `findingLimit` of each kind; counts are of all.
  package private(set) var gaps: [Gap] = []
  package private(set) var gapCount = 0
  package private(set) var clockJumps: [ClockJump] = []
  package private(set) var clockJumpCount = 0
  package private(set) var positionJumps: [PositionJump] = []
  package private(set) var positionJumpCount = 0
  /// The way by each source of positions.
  package private(set) var track: [PositionSource?: FlightTrack] = [:]

  /// Pauses of positions longer than this are told, seconds.
  package static let gapSeconds = 2.0
  /// Speeds between two positions above this are told, metres per second; and steps shorter than this never, metres.
  package static let speedLimit = 60.0
  package static let stepMeters = 10.0
  package static let findingLimit = 1000

  private var lastTime: Int64?
  private var lastOffset: Int64?
  private var last: [PositionSource?: (time: Int64, position: GeodeticPosition<CGCS2000>)] = [:]

  package init() {}

  /// Takes the samples of a piece of the log, in its order.
  package mutating func add(_ samples: [TelemetrySample], photoIndices: [Int]) {
    photoCount += photoIndices.count
    for index in photoIndices {
      if let position = samples[index].position {
        track[samples[index].positionSource, default: .init()].photos.append(position)
      }
    }
    for sample in samples { add(sample) }
  }

  private mutating func add(_ sample: TelemetrySample) {
    if let utc = sample.timestamp {
      utcRange = min(utcRange?.lowerBound ?? utc, utc)...max(utcRange?.upperBound ?? utc, utc)
    }
    if let altitude = sample.altitudeMetersAMSL { Self.widen(&altitudeRangeMetersAMSL, altitude) }
    if let height = sample.heightMetersAboveTakeoff { Self.widen(&heightRangeMeters, height) }
    guard let time = sample.logTimeNanoseconds else {
      if let position = sample.position { track[sample.positionSource, default: .init()].add(position) }
      return
    }
    checkClocks(time, sample.timestamp)
    if sample.rollRadians != nil || sample.yawRadians != nil { attitudes.add(time) }
    if sample.gimbal != nil { gimbals.add(time) }
    if let position = sample.position { add(position, sample.positionSource, time) }
  }

  private static func widen(_ range: inout ClosedRange<Double>?, _ value: Double) {
    range = min(range?.lowerBound ?? value, value)...max(range?.upperBound ?? value, value)
  }

  /// In floating point: times from outside may be further apart than their type can tell.
  fileprivate static func seconds(from first: Int64, to second: Int64) -> Double {
    let (difference, overflow) = second.subtractingReportingOverflow(first)
    return overflow ? Double(second) / 1e9 - Double(first) / 1e9 : Double(difference) / 1e9
  }

  private mutating func checkClocks(_ time: Int64, _ utc: Timestamp?) {
    // Records of one moment may stand in any order; a second back is a jump.
    if let lastTime, Self.seconds(from: lastTime, to: time) < -1 {
      note(ClockJump(atNanoseconds: lastTime, seconds: Self.seconds(from: lastTime, to: time), isUTC: false))
    }
    lastTime = time
    guard let utc else { return }
    let (offset, overflow) = utc.nanoseconds.subtractingReportingOverflow(time)
    guard !overflow else { return }
    if let lastOffset, Self.seconds(from: lastOffset, to: offset).magnitude > 0.5 {
      note(ClockJump(atNanoseconds: time, seconds: Self.seconds(from: lastOffset, to: offset), isUTC: true))
    }
    lastOffset = offset
  }

  private mutating func note(_ jump: ClockJump) {
    clockJumpCount += 1
    if clockJumps.count < Self.findingLimit { clockJumps.append(jump) }
  }

  private mutating func add(
    _ position: GeodeticPosition<CGCS2000>, _ source: PositionSource?, _ time: Int64
  ) {
    positions[source, default: Stream()].add(time)
    if let before = last[source], time > before.time {
      let seconds = Self.seconds(from: before.time, to: time)
      let way = LocalPlane(origin: before.position).offsetMeters(of: position)
      let meters = (way.east * way.east + way.north * way.north).squareRoot()
      if seconds > Self.gapSeconds {
        gapCount += 1
        if gaps.count < Self.findingLimit {
          gaps.append(Gap(source: source, fromNanoseconds: before.time, seconds: seconds))
        }
        track[source]?.interrupt()
      }
      if meters > Self.stepMeters, meters / seconds > Self.speedLimit {
        positionJumpCount += 1
        if positionJumps.count < Self.findingLimit {
          positionJumps.append(
            PositionJump(
              source: source, atNanoseconds: time, meters: meters, metersPerSecond: meters / seconds))
        }
      }
    }
    track[source, default: .init()].add(position)
    last[source] = (time, position)
  }

  /// The track of the best source of positions.
  package var bestTrack: FlightTrack? {
    for source in PositionSource.allCases { if let found = track[source] { return found } }
    return track[nil]
  }
}
