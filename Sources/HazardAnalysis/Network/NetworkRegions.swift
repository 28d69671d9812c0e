package import InspectionModel
internal import PixelKernels

/// Regions and heat map of one hazard from its probabilities by place; one half is the threshold.
package enum NetworkRegions {
  /// Touching places at or above one half, as `TileComponents.regions` tells them.
  package static func find(_ map: NetworkReading.ProbabilityMap, of hazard: HazardKind) -> [HazardRegion] {
    let (width, height) = (map.widthPixels, map.heightPixels)
    let found = TileComponents.find(columns: width, rows: height) { map.values[$0] >= 0.5 }
    return TileComponents.regions(
      found, of: hazard, score: { HazardScore(fraction: Double(map.values[$0])) },
      box: { component in
        NormalizedBox(
          x: Double(component.columns.lowerBound) / Double(width),
          y: Double(component.rows.lowerBound) / Double(height),
          width: Double(component.columns.count) / Double(width),
          height: Double(component.rows.count) / Double(height))
      })
  }

  /// 128 at one half. In a picture that does not show the hazard no place does: all stay below.
  package static func heatMap(
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
