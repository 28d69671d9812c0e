internal import InspectionModel
internal import PixelKernels

/// Regions and heat map of one hazard from its probabilities by place; one half is the threshold.
enum NetworkRegions {
  /// Touching places at or above one half, strongest first; equally strong ones in scan order. A region's score is
  /// that of its strongest place.
  static func find(_ map: NetworkReading.ProbabilityMap, of hazard: HazardKind) -> [HazardRegion] {
    let (width, height) = (map.widthPixels, map.heightPixels)
    let found = TileComponents.find(columns: width, rows: height) { map.values[$0] >= 0.5 }
    let largest = found.map(\.tiles.count).max() ?? 0
    let regions = found.filter { $0.tiles.count * TileScores.speckDivisor >= largest }.map { component in
      let strongest = component.tiles.map { map.values[$0] }.max() ?? 0
      return HazardRegion(
        hazard: hazard, score: HazardScore(millionths: Int((1e6 * Double(strongest)).rounded())),
        box: NormalizedBox(
          x: Double(component.columns.lowerBound) / Double(width),
          y: Double(component.rows.lowerBound) / Double(height),
          width: Double(component.columns.count) / Double(width),
          height: Double(component.rows.count) / Double(height)))
    }
    let order = regions.indices.sorted {
      (regions[$1].score.millionths, $0) < (regions[$0].score.millionths, $1)
    }
    return order.prefix(TileScores.maximumRegions).map { regions[$0] }
  }

  /// 128 at one half. In a picture that does not show the hazard no place does: all stay below.
  static func heatMap(
    _ map: NetworkReading.ProbabilityMap, of hazard: HazardKind, isSeen: Bool
  ) -> HeatMap {
    HeatMap(
      hazard: hazard, widthPixels: map.widthPixels, heightPixels: map.heightPixels,
      samples: map.values.map { value in
        let grey = UInt8(min(max((256 * value).rounded(.down), 0), 255))
        return isSeen ? grey : min(grey, 127)
      })
  }
}
