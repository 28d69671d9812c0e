package import FrameMemory
package import InspectionModel
package import PixelKernels

/// An analyser for tests and `expected/` fixtures: it reports drawn markers, not hazards.
///
/// A drawn fire is not a photographed one, so geometry, fusion and routing are pinned with pictures in which the
/// simulator fills each hazard's area with one pure colour:
///
/// | hazard | colour | R, G, B |
/// |---|---|---|
/// | fire_smoke | magenta | 255, 0, 255 |
/// | water | cyan | 0, 255, 255 |
/// | road_damage | yellow | 255, 255, 0 |
/// | garbage | green | 0, 255, 0 |
/// | congestion | blue, one area per vehicle | 0, 0, 255 |
/// | darkness | red | 255, 0, 0 |
///
/// The frame is cut into tiles of 8x8 luma samples; a tile is marked when its mean Cb and Cr lie within 24 of the
/// colour's. Touching tiles of one colour are one region, so an area should be 16 pixels or more a side. Tile
/// means survive JPEG and differ by no tile edge between decoders. Every marked hazard scores 0.9, every other
/// 0.05; the threshold is 0.5. The picture must be decoded in full.
package struct FixedTestAnalyzer: HazardAnalyzer {
  /// The marker of a hazard as full-range BT.601 chroma.
  package struct Marker: Sendable, Hashable {
    package let hazard: HazardKind
    package let red: UInt8
    package let green: UInt8
    package let blue: UInt8

    /// Full-range BT.601.
    var chromaBlue: Double { 128 - 0.168736 * Double(red) - 0.331264 * Double(green) + 0.5 * Double(blue) }
    var chromaRed: Double { 128 + 0.5 * Double(red) - 0.418688 * Double(green) - 0.081312 * Double(blue) }
  }

  /// The colours of the table above, sorted by hazard.
  package static let markers = [
    Marker(hazard: .congestion, red: 0, green: 0, blue: 255),
    Marker(hazard: .darkness, red: 255, green: 0, blue: 0),
    Marker(hazard: .fireSmoke, red: 255, green: 0, blue: 255),
    Marker(hazard: .garbage, red: 0, green: 255, blue: 0),
    Marker(hazard: .roadDamage, red: 255, green: 255, blue: 0),
    Marker(hazard: .water, red: 0, green: 255, blue: 255),
  ]
  static let seenScore = HazardScore(millionths: 900_000)
  static let unseenScore = HazardScore(millionths: 50_000)
  static let tolerance = 24.0

  package let procedure = AnalysisProcedure(
    name: "fixed-test-analyzer", version: "1", parametersHash: "0000000000000001")
  package let thresholds = HazardThresholds(
    markers.map { (hazard: $0.hazard, score: HazardScore(millionths: 500_000)) })
  private let kernels: PixelKernels

  package init(tier: KernelTier = .best) { kernels = PixelKernels(tier: tier) }

  package func measure(
    _ frame: Frame, wantsHeatMaps: Bool, workspace: inout AnalysisWorkspace
  ) -> FrameMeasurement {
    let picture = PictureSummary.measure(frame.luma, kernels: kernels, workspace: &workspace)
    let grid = TileGrid(widthPixels: frame.widthPixels, heightPixels: frame.heightPixels, tile: 8)
    let chroma = chromaMeans(frame, grid)
    var hazards: [HazardMeasurement] = [], vehicleCount = 0, heatMaps: [HeatMap] = []
    for marker in Self.markers {
      let isMarked = { (index: Int) in
        abs(chroma[index].blue - marker.chromaBlue) <= Self.tolerance
          && abs(chroma[index].red - marker.chromaRed) <= Self.tolerance
      }
      let areas = TileComponents.find(columns: grid.columns, rows: grid.rows, isMarked: isMarked)
      if marker.hazard == .congestion { vehicleCount = areas.count }
      // Equal scores keep the scan order, so that regions never change places.
      let regions = areas.map {
        HazardRegion(
          hazard: marker.hazard, score: Self.seenScore, box: grid.box(columns: $0.columns, rows: $0.rows))
      }
      hazards.append(
        HazardMeasurement(
          hazard: marker.hazard, score: regions.isEmpty ? Self.unseenScore : Self.seenScore,
          threshold: thresholds[marker.hazard]!, regions: regions))
      if wantsHeatMaps {
        heatMaps.append(
          HeatMap(
            hazard: marker.hazard, widthPixels: grid.columns, heightPixels: grid.rows,
            samples: (0..<grid.count).map { isMarked($0) ? 255 : 0 }))
      }
    }
    return FrameMeasurement(
      hazards: hazards, vehicleCount: vehicleCount, quality: picture.quality, signature: picture.signature,
      heatMaps: heatMaps)
  }

  /// Mean chroma under each tile; 128 everywhere in a grey frame.
  private func chromaMeans(_ frame: Frame, _ grid: TileGrid) -> [(blue: Double, red: Double)] {
    guard case .ycbcr(let horizontal, let vertical) = frame.format.chroma,
      let blue = frame.plane(.chromaBlue), let red = frame.plane(.chromaRed)
    else { return [(blue: Double, red: Double)](repeating: (128, 128), count: grid.count) }
    var means: [(blue: Double, red: Double)] = []
    for row in 0..<grid.rows {
      for column in 0..<grid.columns {
        let across = grid.columnRange(column), down = grid.rowRange(row)
        var sums = (blue: 0, red: 0), count = 0
        for y in down.lowerBound / vertical...(down.upperBound - 1) / vertical {
          for x in across.lowerBound / horizontal...(across.upperBound - 1) / horizontal {
            sums.blue += Int(blue[x, y])
            sums.red += Int(red[x, y])
            count += 1
          }
        }
        means.append((Double(sums.blue) / Double(count), Double(sums.red) / Double(count)))
      }
    }
    return means
  }
}
