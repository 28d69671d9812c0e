import FlightLogs
import InspectionModel

extension TelemetryLog {
  /// Holds a log to what its declarations say.
  func checkPromises(byteCount: Int) throws {
    guard samples.count <= TelemetryLogReader.sampleLimit, sampleCount == samples.count,
      faults.count == min(faultCount, Self.faultLimit), (0...byteCount).contains(skippedByteCount),
      !messageCounts.isEmpty, messageCounts.allSatisfy({ $0.count > 0 })
    else { throw BrokenPromise("the counts of a log") }
    guard Set(messageCounts.map(\.name)).count == messageCounts.count else {
      throw BrokenPromise("a message is counted twice")
    }
    guard zip(photoIndices, photoIndices.dropFirst()).allSatisfy(<),
      photoIndices.allSatisfy(samples.indices.contains)
    else { throw BrokenPromise("the photos of a log") }
    for sample in samples {
      let needsTime = [.djiSubtitles, .airdata, .klv, .transportStream, .photoMarks, .ulog].contains(format)
      guard !needsTime || sample.logTimeNanoseconds != nil else {
        throw BrokenPromise("a record without the log's time")
      }
      try sample.checkPromises()
    }
  }
}

extension TelemetrySample {
  /// Numbers are finite, and a position is one.
  func checkPromises() throws {
    guard position?.isPlausible ?? true else { throw BrokenPromise("an impossible position") }
    let angles = [
      rollRadians, pitchRadians, yawRadians, gimbal?.rollRadians, gimbal?.pitchRadians, gimbal?.yawRadians,
    ]
    guard angles.allSatisfy({ abs($0 ?? 0) <= 2 * .pi + 1e-9 }) else {
      throw BrokenPromise("an impossible angle")
    }
    for height in [altitudeMetersAMSL, heightMetersAboveTakeoff, ellipsoidHeightMeters] {
      guard abs(height ?? 0) <= 50_000 else { throw BrokenPromise("an impossible height") }
    }
    guard (0...1000).contains(groundSpeedMetersPerSecond ?? 0) else {
      throw BrokenPromise("an impossible speed")
    }
    guard horizontalSigmaMeters.map({ $0 > 0 && $0.isFinite }) ?? true else {
      throw BrokenPromise("an impossible accuracy")
    }
  }
}

extension PictureMetadataReader.Reading {
  /// Holds tags to what their declarations say.
  func checkPromises(byteCount: Int) throws {
    guard faults.allSatisfy({ (0...byteCount).contains($0.offset) && !$0.message.isEmpty }) else {
      throw BrokenPromise("a fault outside the file")
    }
    guard metadata.orientation.map({ (1...8).contains($0) }) ?? true else {
      throw BrokenPromise("an orientation")
    }
    let positive = [
      metadata.focalLengthMillimeters, metadata.focalLength35mmEquivalentMillimeters,
      metadata.sensorWidthMillimeters, metadata.calibratedFocalLengthPixels,
    ]
    guard positive.allSatisfy({ $0.map { $0 > 0 && $0.isFinite } ?? true }) else {
      throw BrokenPromise("an impossible lens")
    }
    for size in [
      metadata.storedWidthPixels, metadata.storedHeightPixels, metadata.recordedWidthPixels,
      metadata.recordedHeightPixels,
    ] { guard size ?? 1 > 0 else { throw BrokenPromise("an impossible size") } }
    guard metadata.takenAt?.isValid ?? true, metadata.modifiedAt?.isValid ?? true else {
      throw BrokenPromise("an impossible date")
    }
    try metadata.telemetrySample(assuming: .shanghai)?.checkPromises()
  }
}
