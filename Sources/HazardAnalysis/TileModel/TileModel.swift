package import InspectionModel

/// The fitted parameters of `TileAnalyzer` and their integer arithmetic.
///
/// Each head is a small network that is run on every tile: inputs → rectified hidden units → one logit. A
/// picture's logit is a weighted sum of the means over its strongest tiles and over all. Fixed point throughout
/// (Q10 is a value times 1,024), so that scores are equal on every processor.
package struct TileModel: Sendable {
  /// Name of the fit, from the training script.
  package let version: String
  package let scaling: Scaling
  /// One per hazard that is judged by tiles, sorted by hazard.
  package let heads: [(hazard: HazardKind, head: TileHead)]
  /// Tells tiles on vehicles from others.
  package let vehicles: TileHead
  /// Tiles that a vehicle covers.
  package let tilesPerVehicle: Int

  /// The parameters in the units of the properties; heads sorted by hazard.
  package init(
    version: String, scaling: Scaling, heads: [(hazard: HazardKind, head: TileHead)], vehicles: TileHead,
    tilesPerVehicle: Int
  ) {
    (self.version, self.scaling, self.heads) = (version, scaling, heads)
    (self.vehicles, self.tilesPerVehicle) = (vehicles, tilesPerVehicle)
  }

  /// How features become standardised inputs.
  package struct Scaling: Sendable {
    /// Mean of each feature.
    package let centers: [Int16]
    /// 16,384 / standard deviation of each feature.
    package let scales: [Int32]

    /// The parameters in the units of the properties, one of each a feature.
    package init(centers: [Int16], scales: [Int32]) {
      (self.centers, self.scales) = (centers, scales)
    }

    /// Writes a tile's standardised features as the first part of its input.
    package func standardize(_ features: [Int16], _ tile: Int, into inputs: inout [Int16]) {
      let source = tile * TileFeature.count, target = source * TileContext.partCount
      for index in 0..<TileFeature.count {
        let scaled = ((Int32(features[source + index]) - Int32(centers[index])) * scales[index] + 128) >> 8
        inputs[target + index] = Int16(
          min(max(scaled, -Int32(TileContext.limit)), Int32(TileContext.limit) - 1))
      }
    }
  }

  /// FNV-1a over every parameter, 16 hex digits.
  package var hash: String {
    var hash = FNV1a()
    hash.combine(version)
    for value in scaling.centers { hash.combine(Int(value)) }
    for value in scaling.scales { hash.combine(Int(value)) }
    for (hazard, head) in heads {
      hash.combine(hazard.rawValue)
      head.combine(into: &hash)
    }
    vehicles.combine(into: &hash)
    hash.combine(tilesPerVehicle)
    return hash.hexadecimal
  }
}
