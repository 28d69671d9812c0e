internal import InspectionModel

/// Values from outside enter a sample through these: what no instrument can show stays away.
extension TelemetrySample {
  @inline(__always)
  mutating func setPosition(latitudeE7: Int32, longitudeE7: Int32, _ source: PositionSource) {
    setPosition(
      latitudeDegrees: Double(latitudeE7) / 1e7, longitudeDegrees: Double(longitudeE7) / 1e7, source)
  }

  /// Sets a position that is one: in range and not 0, 0.
  @inline(__always)
  mutating func setPosition(latitudeDegrees: Double, longitudeDegrees: Double, _ source: PositionSource) {
    let place = GeodeticPosition<CGCS2000>(
      latitudeDegrees: latitudeDegrees, longitudeDegrees: longitudeDegrees)
    guard place.isPlausible else { return }
    position = place
    positionSource = source
  }

  @inline(__always)
  mutating func setAltitude(_ meters: Double) {
    if MeasuredRange.height.contains(meters) { altitudeMetersAMSL = meters }
  }

  @inline(__always)
  mutating func setEllipsoidHeight(_ meters: Double) {
    if MeasuredRange.height.contains(meters) { ellipsoidHeightMeters = meters }
  }

  @inline(__always)
  mutating func setHeight(_ meters: Double) {
    if MeasuredRange.height.contains(meters) { heightMetersAboveTakeoff = meters }
  }

  @inline(__always)
  mutating func setSpeed(_ metersPerSecond: Double) {
    if MeasuredRange.speed.contains(metersPerSecond) { groundSpeedMetersPerSecond = metersPerSecond }
  }

  /// Radians; each by itself.
  @inline(__always)
  mutating func setAttitude(roll: Double, pitch: Double, yaw: Double) {
    if Self.isAngle(roll) { rollRadians = roll }
    if Self.isAngle(pitch) { pitchRadians = pitch }
    if Self.isAngle(yaw) { yawRadians = yaw }
  }

  /// Radians; each by itself.
  @inline(__always)
  mutating func setGimbal(roll: Double?, pitch: Double?, yaw: Double?) {
    let pose = GimbalPose(
      rollRadians: roll.flatMap { Self.isAngle($0) ? $0 : nil },
      pitchRadians: pitch.flatMap { Self.isAngle($0) ? $0 : nil },
      yawRadians: yaw.flatMap { Self.isAngle($0) ? $0 : nil })
    if pose != GimbalPose() { gimbal = pose }
  }

  /// Finite and at most a turn.
  @inline(__always)
  static func isAngle(_ radians: Double) -> Bool { radians.magnitude <= 2 * .pi }

  /// The sample without its position and what belongs to it.
  var withoutPosition: TelemetrySample {
    var result = self
    (result.position, result.positionSource, result.horizontalSigmaMeters) = (nil, nil, nil)
    (result.altitudeMetersAMSL, result.ellipsoidHeightMeters) = (nil, nil)
    return result
  }

  /// Whether there is anything beside times.
  var isEmpty: Bool {
    position == nil && altitudeMetersAMSL == nil && heightMetersAboveTakeoff == nil
      && ellipsoidHeightMeters == nil
      && rollRadians == nil
      && pitchRadians == nil && yawRadians == nil && gimbal == nil && groundSpeedMetersPerSecond == nil
  }
}
