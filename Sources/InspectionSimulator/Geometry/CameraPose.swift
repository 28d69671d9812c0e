internal import InspectionModel

/// Where a drone and its camera are at one moment, in the steps that picture tags and logs can hold.
///
/// Whole numbers, so that what is written is exactly what was rendered.
struct CameraPose: Sendable, Hashable {
  /// Millionths of a degree north (11 cm).
  var latitudeMicrodegrees: Int
  /// Millionths of a degree east.
  var longitudeMicrodegrees: Int
  /// Tenths of a metre above the take-off point, which lies on the flat ground.
  var heightDecimeters: Int
  /// Camera direction in the north-east-down frame.
  var gimbal: Angles
  /// Airframe attitude in the north-east-down frame.
  var airframe: Angles

  /// Tenths of a degree; yaw clockwise from true north, pitch up and right side down positive.
  struct Angles: Sendable, Hashable {
    var yawDecidegrees: Int
    var pitchDecidegrees: Int
    var rollDecidegrees: Int
  }

  var position: GeodeticPosition<CGCS2000> {
    GeodeticPosition(
      latitudeDegrees: Double(latitudeMicrodegrees) / 1e6,
      longitudeDegrees: Double(longitudeMicrodegrees) / 1e6)
  }

  var heightMeters: Double { Double(heightDecimeters) / 10 }

  init(
    position: GeodeticPosition<CGCS2000>, heightMeters: Double, gimbal: Angles, airframe: Angles
  ) {
    latitudeMicrodegrees = Int((position.latitudeDegrees * 1e6).rounded())
    longitudeMicrodegrees = Int((position.longitudeDegrees * 1e6).rounded())
    heightDecimeters = Int((heightMeters * 10).rounded())
    self.gimbal = gimbal.normalized
    self.airframe = airframe.normalized
  }

  /// The pose at a share 0…1 of the way to another one.
  ///
  /// The way is flown evenly; camera and airframe turn along the shorter arc in the middle of it and keep
  /// still around its ends, where pictures are taken.
  func mixed(with other: CameraPose, share: Double) -> CameraPose {
    func linear(_ value: KeyPath<CameraPose, Int>) -> Int {
      let (from, to) = (self[keyPath: value], other[keyPath: value])
      return from + Int((Double(to - from) * share).rounded())
    }
    var result = self
    result.latitudeMicrodegrees = linear(\.latitudeMicrodegrees)
    result.longitudeMicrodegrees = linear(\.longitudeMicrodegrees)
    result.heightDecimeters = linear(\.heightDecimeters)
    let turned = smoothStep(0.2, 0.8, share)
    result.gimbal = gimbal.mixed(with: other.gimbal, share: turned)
    result.airframe = airframe.mixed(with: other.airframe, share: turned)
    return result
  }
}

extension CameraPose.Angles {
  /// The same directions with yaw and roll within −180 ..< 180 degrees.
  var normalized: Self {
    Self(
      yawDecidegrees: Self.wrapped(yawDecidegrees), pitchDecidegrees: pitchDecidegrees,
      rollDecidegrees: Self.wrapped(rollDecidegrees))
  }

  func mixed(with other: Self, share: Double) -> Self {
    func arc(_ from: Int, _ to: Int) -> Int {
      from + Int((Double(Self.wrapped(to - from)) * share).rounded())
    }
    return Self(
      yawDecidegrees: arc(yawDecidegrees, other.yawDecidegrees),
      pitchDecidegrees: arc(pitchDecidegrees, other.pitchDecidegrees),
      rollDecidegrees: arc(rollDecidegrees, other.rollDecidegrees)
    ).normalized
  }

  private static func wrapped(_ decidegrees: Int) -> Int {
    ((decidegrees + 1800) % 3600 + 3600) % 3600 - 1800
  }
}
