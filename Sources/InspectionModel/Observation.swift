/// One sighting of one hazard in one frame (OGC Observations and Measurements words).
package struct Observation: Sendable, Hashable, Codable {
  /// SHA-256 (hex) of witness, frame hash, procedure and ordinal: the same sighting has the same key in every run.
  package var key: String
  package var witness: Witness
  package var hazard: HazardKind
  package var score: HazardScore
  /// When the hazard was there: the frame's time.
  package var phenomenonTime: Timestamp
  /// Where that time came from.
  package var timeSource: TimeSource
  /// When the result was made; data (`--now`), never a clock of the library.
  package var resultTime: Timestamp
  /// Where the hazard is; `nil` where nothing honest can be said.
  package var place: ObservedPlace?
  /// Why `place` is missing or coarse, in plain English; `nil` where it is a ground position.
  package var placeRemark: String?
  package var region: NormalizedBox
  /// Counted vehicles, for congestion.
  package var vehicleCount: Int?
  package var frame: FrameReference
  package var procedure: AnalysisProcedure
  /// The score from which the hazard counts as seen.
  package var threshold: HazardScore

  package init(
    key: String, witness: Witness, hazard: HazardKind, score: HazardScore, phenomenonTime: Timestamp,
    timeSource: TimeSource, resultTime: Timestamp, place: ObservedPlace?, placeRemark: String?,
    region: NormalizedBox, vehicleCount: Int?, frame: FrameReference, procedure: AnalysisProcedure,
    threshold: HazardScore
  ) {
    self.key = key
    self.witness = witness
    self.hazard = hazard
    self.score = score
    self.phenomenonTime = phenomenonTime
    self.timeSource = timeSource
    self.resultTime = resultTime
    self.place = place
    self.placeRemark = placeRemark
    self.region = region
    self.vehicleCount = vehicleCount
    self.frame = frame
    self.procedure = procedure
    self.threshold = threshold
  }
}

/// Where a time was taken from.
package enum TimeSource: String, Sendable, Hashable, Codable {
  /// The picture's own EXIF tags.
  case exif
  /// A telemetry record that belongs to the frame.
  case telemetry
  /// Start time plus a nominal frame period.
  case nominal
  /// Receipt by this program.
  case arrival
}

/// A place on the ground with its error.
package struct ObservedPlace: Sendable, Hashable, Codable {
  package var position: GeodeticPosition<CGCS2000>
  /// One standard deviation per horizontal axis, metres.
  package var sigmaMeters: Double
  package var method: LocationMethod

  package init(position: GeodeticPosition<CGCS2000>, sigmaMeters: Double, method: LocationMethod) {
    self.position = position
    self.sigmaMeters = sigmaMeters
    self.method = method
  }
}

/// How a place was found.
package enum LocationMethod: String, Sendable, Hashable, Codable {
  /// The ray of the pixel met the ground.
  case projected
  /// The camera's own position, since attitude or height is unknown.
  case camera
  /// The surveyed position of a fixed node.
  case node
  /// Told by a person or their device.
  case reported
}

/// Which frame a finding came from; the bytes lie in the evidence folder under the hash.
package struct FrameReference: Sendable, Hashable, Codable {
  /// File name within the flight.
  package var name: String
  /// SHA-256 of the file's bytes, lower-case hex.
  package var sha256: String
  /// Position in the sequence of its source, from 0.
  package var sequenceNumber: Int

  package init(name: String, sha256: String, sequenceNumber: Int) {
    self.name = name
    self.sha256 = sha256
    self.sequenceNumber = sequenceNumber
  }
}

/// What made a result: analyser, version and a hash of its parameters.
package struct AnalysisProcedure: Sendable, Hashable, Codable {
  package var name: String
  package var version: String
  /// 16 hex digits over all parameters that can change a result.
  package var parametersHash: String

  package init(name: String, version: String, parametersHash: String) {
    self.name = name
    self.version = version
    self.parametersHash = parametersHash
  }
}
