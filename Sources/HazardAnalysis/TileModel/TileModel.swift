internal import InspectionModel

/// The fitted parameters of `TileAnalyzer` and their integer arithmetic.
///
/// Each head is a small network that is run on every tile: inputs → rectified hidden units → one logit. A
/// picture's logit is a weighted sum of the means over its strongest tiles and over all. Fixed point throughout
/// (Q10 is a value times 1,024), so that scores are equal on every processor.
struct TileModel: Sendable {
  /// Name of the fit, from the training script.
  let version: String
  let scaling: Scaling
  /// One per hazard that is judged by tiles, sorted by hazard.
  let heads: [(hazard: HazardKind, head: TileHead)]
  /// Tells tiles on vehicles from others.
  let vehicles: TileHead
  /// Tiles that a vehicle covers.
  let tilesPerVehicle: Int

  /// How features become standardised inputs.
  struct Scaling: Sendable {
    /// Mean of each feature.
    let centers: [Int16]
    /// 16,384 / standard deviation of each feature.
    let scales: [Int32]

    /// Writes a tile's standardised features as the first part of its input.
    func standardize(_ features: [Int16], _ tile: Int, into inputs: inout [Int16]) {
      let source = tile * TileFeature.count, target = source * TileContext.partCount
      for index in 0..<TileFeature.count {
        let scaled = ((Int32(features[source + index]) - Int32(centers[index])) * scales[index] + 128) >> 8
        inputs[target + index] = Int16(
          min(max(scaled, -Int32(TileContext.limit)), Int32(TileContext.limit) - 1))
      }
    }
  }

  /// FNV-1a over every parameter, 16 hex digits.
  var hash: String {
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
