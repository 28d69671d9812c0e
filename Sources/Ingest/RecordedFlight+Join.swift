internal import FlightLogs
internal import Georeferencing
internal import InspectionModel

extension RecordedFlight {
  /// Gives every frame its time and its pose.
  ///
  /// Time: the picture's own tags; else, where the log marks exactly as many photos as there are pictures, the
  /// marks in order; else the log's start plus the nominal period; else the nominal start plus the period.
  mutating func join(_ settings: Settings) {
    let samples = sidecar?.log.samples ?? []
    let track = TelemetryTrack(joining: samples, gapSeconds: settings.telemetryGapSeconds)
    let marks = (sidecar?.log.photoIndices ?? []).compactMap { samples[$0].timestamp }
    let marksFit = marks.count == frames.count && !frames.contains { $0.metadata.takenAt != nil }
    let start = track.timeRange?.lowerBound ?? settings.nominalStart
    for index in frames.indices {
      if let taken = frames[index].metadata.timestamp(assuming: settings.zone) {
        (frames[index].timestamp, frames[index].timeSource) = (taken, .exif)
      } else if marksFit {
        (frames[index].timestamp, frames[index].timeSource) = (marks[index], .telemetry)
      } else {
        let offset = Double(index) * settings.nominalPeriodSeconds
        (frames[index].timestamp, frames[index].timeSource) = (start.advanced(bySeconds: offset), .nominal)
      }
      joinTelemetry(index, track, settings)
    }
  }

  private mutating func joinTelemetry(_ index: Int, _ track: TelemetryTrack, _ settings: Settings) {
    let own = frames[index].metadata.telemetrySample(assuming: settings.zone)
    guard sidecar != nil else {
      frames[index].telemetry = own
      if own == nil { frames[index].telemetryRemark = "no pose in the picture's tags and no telemetry log" }
      return
    }
    do {
      let logged = try track.sample(at: frames[index].timestamp)
      frames[index].telemetry = own.map { $0.filled(from: logged) } ?? logged
    } catch {
      frames[index].telemetry = own
      if own == nil { frames[index].telemetryRemark = error.message }
    }
  }
}

extension TelemetrySample {
  /// This record with its gaps filled from another record of the same moment.
  ///
  /// A gimbal pose or an airframe attitude is taken as a whole: angles of two sources do not belong together.
  fileprivate func filled(from other: TelemetrySample) -> TelemetrySample {
    var result = self
    result.logTimeNanoseconds = logTimeNanoseconds ?? other.logTimeNanoseconds
    if position == nil {
      result.position = other.position
      result.horizontalSigmaMeters = other.horizontalSigmaMeters
    }
    result.altitudeMetersAMSL = altitudeMetersAMSL ?? other.altitudeMetersAMSL
    result.heightMetersAboveTakeoff = heightMetersAboveTakeoff ?? other.heightMetersAboveTakeoff
    if rollRadians == nil, pitchRadians == nil, yawRadians == nil {
      (result.rollRadians, result.pitchRadians) = (other.rollRadians, other.pitchRadians)
      result.yawRadians = other.yawRadians
    }
    result.gimbal = gimbal ?? other.gimbal
    result.groundSpeedMetersPerSecond = groundSpeedMetersPerSecond ?? other.groundSpeedMetersPerSecond
    return result
  }
}
