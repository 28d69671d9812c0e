/// One instant of one vehicle as its log tells it. What a record does not carry is `nil`, never 0.
package struct TelemetrySample: Sendable, Hashable {
  /// The log's own clock (boot, video or recorder time), nanoseconds; `nil` where the log has none.
  package var logTimeNanoseconds: Int64?
  /// UTC, where the log knows it.
  package var timestamp: Timestamp?
  /// Where the vehicle is; altitude above mean sea level where told.
  package var position: GeodeticPosition<CGCS2000>?
  /// Where the position comes from, in logs that have several sources.
  package var positionSource: PositionSource?
  /// Metres above mean sea level, where told without a position too.
  package var altitudeMetersAMSL: Double?
  /// Metres above the WGS 84 ellipsoid, where a log counts from there; around Chongqing some 40 m below the height above
  /// the sea.
  package var ellipsoidHeightMeters: Double?
  /// Metres above the take-off point.
  package var heightMetersAboveTakeoff: Double?
  /// Airframe attitude, each component only where told, radians in the north-east-down frame.
  package var rollRadians: Double?
  package var pitchRadians: Double?
  package var yawRadians: Double?
  /// Camera direction as recorded, radians.
  package var gimbal: GimbalPose?
  /// What the gimbal's angles count from.
  package var gimbalReference = GimbalReference.north
  /// Speed over ground, metres per second.
  package var groundSpeedMetersPerSecond: Double?
  /// One standard deviation of the horizontal position, metres, where the log states its quality.
  package var horizontalSigmaMeters: Double?

  package init(logTimeNanoseconds: Int64? = nil, timestamp: Timestamp? = nil) {
    self.logTimeNanoseconds = logTimeNanoseconds
    self.timestamp = timestamp
  }
}
