internal import Glibc
package import InspectionModel

/// Logs of autopilots tell position, attitude and gimbal in records of their own, and positions of several sources.
extension TelemetryTrack {
  /// A track of whole records: those of the best source of positions, with the attitude and the gimbal of their moment,
  /// both against north and the horizon.
  ///
  /// Where the log names no sources, its records are whole and stay as they are.
  package init(joining samples: [TelemetrySample], gapSeconds: Double) {
    guard samples.contains(where: { $0.positionSource != nil }) else {
      self.init(samples, gapSeconds: gapSeconds)
      return
    }
    // Two sources of one track would let it jump by the metres that they are apart.
    let best = PositionSource.allCases.first { source in
      samples.contains { $0.positionSource == source && $0.timestamp != nil }
    }
    let attitudes = TelemetryTrack(samples.compactMap(\.onlyAttitude), gapSeconds: gapSeconds)
    let gimbals = TelemetryTrack(samples.compactMap(\.onlyGimbal), gapSeconds: gapSeconds)
    let reference = samples.first { $0.gimbal != nil }?.gimbalReference ?? .north
    let joined = samples.filter { $0.positionSource == best }.map { sample in
      sample.joined(attitudes: attitudes, gimbals: gimbals, reference: reference)
    }
    self.init(joined, gapSeconds: gapSeconds)
  }
}

extension TelemetrySample {
  fileprivate var onlyAttitude: TelemetrySample? {
    guard rollRadians != nil || pitchRadians != nil || yawRadians != nil else { return nil }
    var result = TelemetrySample(timestamp: timestamp)
    (result.rollRadians, result.pitchRadians, result.yawRadians) = (rollRadians, pitchRadians, yawRadians)
    return result
  }

  fileprivate var onlyGimbal: TelemetrySample? {
    guard let gimbal else { return nil }
    var result = TelemetrySample(timestamp: timestamp)
    result.gimbal = gimbal
    return result
  }

  fileprivate func joined(
    attitudes: TelemetryTrack, gimbals: TelemetryTrack, reference: GimbalReference
  ) -> TelemetrySample {
    var result = self
    result.gimbalReference = .north
    guard let timestamp else { return result }
    if let attitude = try? attitudes.sample(at: timestamp) {
      (result.rollRadians, result.pitchRadians) = (attitude.rollRadians, attitude.pitchRadians)
      result.yawRadians = attitude.yawRadians
    }
    let recorded = (try? gimbals.sample(at: timestamp))?.gimbal ?? gimbal
    result.gimbal = recorded.flatMap { result.pose($0, from: reference) }
    return result
  }

  /// A gimbal pose against north and the horizon; what cannot be known without the airframe's angles is `nil`.
  private func pose(_ gimbal: GimbalPose, from reference: GimbalReference) -> GimbalPose? {
    switch reference {
    case .north: return gimbal
    case .heading:
      var pose = gimbal
      pose.yawRadians = gimbal.yawRadians.flatMap { yaw in yawRadians.map { wrappedAngle($0 + yaw) } }
      return pose
    case .airframe:
      guard let roll = rollRadians, let pitch = pitchRadians, let yaw = yawRadians,
        let ownPitch = gimbal.pitchRadians, let ownYaw = gimbal.yawRadians
      else { return nil }
      let body = Self.rotation(roll, pitch, yaw)
      let own = Self.rotation(gimbal.rollRadians ?? 0, ownPitch, ownYaw)
      let turn = (0..<3).map { row in
        (0..<3).map { column in (0..<3).reduce(0.0) { $0 + body[row][$1] * own[$1][column] } }
      }
      return GimbalPose(
        rollRadians: atan2(turn[2][1], turn[2][2]), pitchRadians: -asin(max(-1, min(1, turn[2][0]))),
        yawRadians: atan2(turn[1][0], turn[0][0]))
    }
  }

  /// Rz(yaw)·Ry(pitch)·Rx(roll), from the body to north-east-down.
  private static func rotation(_ roll: Double, _ pitch: Double, _ yaw: Double) -> [[Double]] {
    let (cr, sr, cp, sp, cy, sy) = (cos(roll), sin(roll), cos(pitch), sin(pitch), cos(yaw), sin(yaw))
    return [
      [cy * cp, cy * sp * sr - sy * cr, cy * sp * cr + sy * sr],
      [sy * cp, sy * sp * sr + cy * cr, sy * sp * cr - cy * sr],
      [-sp, cp * sr, cp * cr],
    ]
  }
}
