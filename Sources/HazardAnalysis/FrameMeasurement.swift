package import InspectionModel

/// What an analyser says about one frame, before place, time and history.
package struct FrameMeasurement: Sendable, Hashable, Codable {
  /// One per hazard that the analyser judges, sorted by hazard.
  package var hazards: [HazardMeasurement]
  /// Counted vehicles; `nil` where the analyser does not count.
  package var vehicleCount: Int?
  package var quality: PictureQuality
  /// Mean brightness of each part of a `PictureSignature.columns` x `rows` grid: what change is judged by.
  package var signature: PictureSignature
  /// One per hazard with regions, sorted by hazard; empty unless asked for.
  package var heatMaps: [HeatMap] = []

  package init(
    hazards: [HazardMeasurement], vehicleCount: Int?, quality: PictureQuality, signature: PictureSignature,
    heatMaps: [HeatMap] = []
  ) {
    self.hazards = hazards
    self.vehicleCount = vehicleCount
    self.quality = quality
    self.signature = signature
    self.heatMaps = heatMaps
  }

  /// What a store keeps: everything but heat maps, which are made on demand.
  private enum CodingKeys: String, CodingKey {
    case hazards, vehicleCount, quality, signature
  }

  /// The judgement of one hazard; `nil` where the analyser does not judge it.
  package subscript(_ hazard: HazardKind) -> HazardMeasurement? { hazards.first { $0.hazard == hazard } }
}

/// How surely one hazard is in a frame, and where.
package struct HazardMeasurement: Sendable, Hashable, Codable {
  package var hazard: HazardKind
  /// Calibrated for the whole frame.
  package var score: HazardScore
  /// The score from which it counts as seen.
  package var threshold: HazardScore
  /// Where it is, strongest first; empty below the threshold and where the analyser cannot tell the place.
  package var regions: [HazardRegion]

  package init(hazard: HazardKind, score: HazardScore, threshold: HazardScore, regions: [HazardRegion] = []) {
    self.hazard = hazard
    self.score = score
    self.threshold = threshold
    self.regions = regions
  }

  package var isSeen: Bool { score >= threshold }
}

/// Where in a frame one hazard shows: grey, 128 is the threshold, rows top down, covers the whole frame.
package struct HeatMap: Sendable, Hashable {
  package let hazard: HazardKind
  package let widthPixels: Int
  package let heightPixels: Int
  /// `widthPixels` x `heightPixels` samples without padding.
  package let samples: [UInt8]

  /// - Precondition: as many samples as the size says.
  package init(hazard: HazardKind, widthPixels: Int, heightPixels: Int, samples: [UInt8]) {
    precondition(
      samples.count == widthPixels * heightPixels, "a heat map has a sample for each of its pixels")
    self.hazard = hazard
    self.widthPixels = widthPixels
    self.heightPixels = heightPixels
    self.samples = samples
  }
}

/// Whether a picture can be judged at all: what was not visible was not looked at.
package struct PictureQuality: Sendable, Hashable, Codable {
  /// Mean luma, 0…255.
  package var meanLuma: Double
  /// Mean absolute luma difference of neighbours at the analysis scale, 0…255: small when blurred or covered.
  package var sharpness: Double
  /// Standard deviation of luma over the whole picture, 0…127.5: near 0 when covered.
  package var contrast: Double

  package init(meanLuma: Double, sharpness: Double, contrast: Double) {
    self.meanLuma = meanLuma
    self.sharpness = sharpness
    self.contrast = contrast
  }
}

/// A small grey copy of a frame, to compare it with the frames before.
package struct PictureSignature: Sendable, Hashable, Codable {
  package static let columns = 16
  package static let rows = 9
  /// Mean luma of each part, sixteenths, row by row.
  package let samples: [Int32]

  /// - Precondition: 144 samples.
  package init(samples: [Int32]) {
    precondition(samples.count == Self.columns * Self.rows, "a signature has 16 x 9 parts")
    self.samples = samples
  }

  /// - Throws: `DecodingError` for another number of samples.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    samples = try container.decode([Int32].self)
    guard samples.count == Self.columns * Self.rows else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "expected 144 samples, found \(samples.count)")
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(samples)
  }

  /// Mean absolute difference of luma, 0…255.
  package func difference(from other: PictureSignature) -> Double {
    let sum = zip(samples, other.samples).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
    return Double(sum) / Double(16 * samples.count)
  }
}
