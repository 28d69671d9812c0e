package import InspectionModel

/// What one source showed so far: turns measurements, in the order of their frames, into findings.
///
/// A fixed camera sees the same place again and again, so a hazard there must show in several of the last
/// frames; a moving one flies past, so each frame stands alone. A value owned by one task.
package struct SourceHistory: Sendable {
  /// How often a hazard must show before it is reported.
  package struct Confirmation: Sendable, Hashable {
    /// Frames in which it must be seen, at least 1.
    package let needed: Int
    /// Number of latest frames that count, at least `needed`.
    package let window: Int

    /// - Precondition: 1 <= needed <= window.
    package init(needed: Int, window: Int) {
      precondition(needed >= 1 && needed <= window, "at least one frame, and no more than the window holds")
      self.needed = needed
      self.window = window
    }

    /// For a camera that moves: every frame stands alone.
    package static let everyFrame = Confirmation(needed: 1, window: 1)
    /// For a fixed camera: three of the last five frames.
    package static let threeOfFive = Confirmation(needed: 3, window: 5)
  }

  /// What a frame adds.
  package struct Update: Sendable, Hashable {
    /// Sorted by hazard, then by score, strongest first.
    package var findings: [HazardFinding]
    /// What keeps the source from being judged, sorted.
    package var conditions: [SourceCondition]
    /// Mean absolute luma change since the frame before, 0…255; `nil` for the first frame.
    package var change: Double?
  }

  /// Findings of one hazard in one frame that are reported at most.
  package static let maximumRegionsPerHazard = 4
  /// Frames without any change after which a camera counts as frozen. Sensor noise changes every real picture.
  package static let frozenFrameCount = 10
  /// Mean luma below which, and contrast below which, nothing can be recognised.
  package static let darkMeanLuma = 12.0
  package static let coveredContrast = 4.0
  /// Share of the source's usual sharpness below which it counts as blurred.
  package static let blurredShare = 0.35
  /// Frames before the usual sharpness is known.
  package static let warmUpFrameCount = 20

  private let confirmation: Confirmation
  private var seen: [HazardKind: [Bool]] = [:]
  private var previous: PictureSignature?
  private var unchangedCount = 0
  private var frameCount = 0
  private var usualSharpness = 0.0
  private var latestTime: Timestamp?

  package init(confirmation: Confirmation) { self.confirmation = confirmation }

  /// Takes the next frame of the source.
  ///
  /// - Parameters:
  ///   - measurement: of this frame.
  ///   - timestamp: when it was taken. A frame that is older than the one before starts the history anew: the
  ///     recording jumped.
  ///   - telemetry: of this frame, where known; a camera that moves faster than 1 m/s stands alone in each frame.
  package mutating func append(
    _ measurement: FrameMeasurement, timestamp: Timestamp, telemetry: TelemetrySample? = nil
  ) -> Update {
    if let latestTime, timestamp < latestTime { self = SourceHistory(confirmation: confirmation) }
    latestTime = timestamp
    let moves = (telemetry?.groundSpeedMetersPerSecond ?? 0) > 1
    let needed = moves ? 1 : confirmation.needed
    let change = previous.map { measurement.signature.difference(from: $0) }
    let conditions = judgeSource(measurement, change: change)
    var findings: [HazardFinding] = []
    for item in measurement.hazards {
      var recent = seen[item.hazard] ?? []
      recent.append(item.isSeen)
      recent.removeFirst(max(0, recent.count - confirmation.window))
      seen[item.hazard] = recent
      guard item.isSeen, recent.count(where: \.self) >= needed else { continue }
      findings += Self.findings(of: item, vehicleCount: measurement.vehicleCount)
    }
    previous = measurement.signature
    frameCount += 1
    return Update(findings: findings, conditions: conditions, change: change)
  }

  /// One finding per region; the whole picture where the hazard has no place in it.
  private static func findings(of item: HazardMeasurement, vehicleCount: Int?) -> [HazardFinding] {
    let count = item.hazard == .congestion ? vehicleCount : nil
    guard !item.regions.isEmpty else {
      return [
        HazardFinding(
          hazard: item.hazard, score: item.score, threshold: item.threshold, region: .whole,
          vehicleCount: count)
      ]
    }
    return item.regions.prefix(maximumRegionsPerHazard).map { region in
      HazardFinding(
        hazard: item.hazard, score: min(item.score, region.score), threshold: item.threshold,
        region: region.box, vehicleCount: count)
    }
  }

  private mutating func judgeSource(_ measurement: FrameMeasurement, change: Double?) -> [SourceCondition] {
    var conditions: [SourceCondition] = []
    unchangedCount = change == 0 ? unchangedCount + 1 : 0
    let quality = measurement.quality
    if quality.meanLuma < Self.darkMeanLuma {
      conditions.append(.dark)
    } else if quality.contrast < Self.coveredContrast {
      conditions.append(.covered)
    } else if frameCount >= Self.warmUpFrameCount, quality.sharpness < Self.blurredShare * usualSharpness {
      conditions.append(.blurred)
    }
    if unchangedCount >= Self.frozenFrameCount { conditions.append(.frozen) }
    if conditions.isEmpty {
      // A slow mean over good frames only: fog that comes within minutes still shows as a loss.
      let weight = 1 / Double(min(frameCount + 1, 200))
      usualSharpness += (quality.sharpness - usualSharpness) * weight
    }
    return conditions.sorted { $0.rawValue < $1.rawValue }
  }
}

/// A hazard in a frame that counts as seen: an observation before place and key.
package struct HazardFinding: Sendable, Hashable {
  package var hazard: HazardKind
  package var score: HazardScore
  package var threshold: HazardScore
  package var region: NormalizedBox
  /// For congestion.
  package var vehicleCount: Int?

  package init(
    hazard: HazardKind, score: HazardScore, threshold: HazardScore, region: NormalizedBox,
    vehicleCount: Int? = nil
  ) {
    self.hazard = hazard
    self.score = score
    self.threshold = threshold
    self.region = region
    self.vehicleCount = vehicleCount
  }
}

/// What keeps a source from being judged: "not looked at" is not "no hazard".
package enum SourceCondition: String, Sendable, Hashable, Codable, CaseIterable {
  /// No light reaches the sensor.
  case dark
  /// Hardly any contrast: lens covered, fogged or sprayed.
  case covered
  /// Far less sharp than the source usually is.
  case blurred
  /// The same picture again and again.
  case frozen
  /// The camera looks elsewhere than before; ends when its new view is known.
  case moved
  /// Something hides a part of the view.
  case partlyCovered = "partly-covered"
}
