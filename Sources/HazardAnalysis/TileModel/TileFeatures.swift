package import FrameMemory
package import PixelKernels

/// Feature vectors of all tiles of a frame: integers, equal on every kernel tier.
package enum TileFeatures {
  /// Side of a tile on the base plane, samples; twice that on the detail plane, half on the half planes.
  package static let tileSide = 8
  /// Tiles without any sample of this luma are blank: black borders, black sky, a covered lens. Nothing can be
  /// seen there, so they take no part in any judgement.
  package static let blankBelowLuma: UInt8 = 20

  /// The features of a frame, tile by tile, row by row: for fitting the model.
  package static func measure(
    _ frame: Frame, tier: KernelTier, workspace: inout AnalysisWorkspace
  ) -> (grid: TileGrid, values: ArraySlice<Int16>, isBlank: [Bool]) {
    let kernels = PixelKernels(tier: tier)
    AnalysisPlanes.fill(frame, kernels: kernels, workspace: &workspace)
    let grid = measure(kernels: kernels, workspace: &workspace)
    return (
      grid, workspace.features[..<(grid.count * TileFeature.count)],
      workspace.highest[..<grid.count].map { $0 < blankBelowLuma }
    )
  }

  /// Fills `features` and `highest` from the planes that are in the workspace; returns the grid of the base plane.
  static func measure(kernels: PixelKernels, workspace: inout AnalysisWorkspace) -> TileGrid {
    let grid = TileGrid(
      widthPixels: workspace.luma.widthPixels, heightPixels: workspace.luma.heightPixels, tile: tileSide)
    let needed = grid.count * TileFeature.count
    if workspace.features.count < needed { workspace.features = [Int16](repeating: 0, count: needed) }
    measureLuma(grid, kernels, &workspace)
    measureGradients(grid, kernels, &workspace)
    measureColour(grid, kernels, &workspace)
    return grid
  }

  private static func measureLuma(
    _ grid: TileGrid, _ kernels: PixelKernels, _ workspace: inout AnalysisWorkspace
  ) {
    kernels.tileMoments(workspace.luma, grid: grid, sums: &workspace.sums, squares: &workspace.squares)
    kernels.tileExtremes(workspace.luma, grid: grid, lowest: &workspace.lowest, highest: &workspace.highest)
    forEachTile(grid) { tile, count in
      let sum = Int(workspace.sums[tile])
      let mean = 16 * sum / count
      store(mean, .lumaMean, tile, &workspace)
      store(deviation(sum, Int(workspace.squares[tile]), count), .lumaDeviation, tile, &workspace)
      store(mean - 16 * Int(workspace.lowest[tile]), .depth, tile, &workspace)
      store(16 * Int(workspace.highest[tile]) - mean, .height, tile, &workspace)
    }
  }

  private static func measureGradients(
    _ grid: TileGrid, _ kernels: PixelKernels, _ workspace: inout AnalysisWorkspace
  ) {
    kernels.tileGradients(
      workspace.luma, grid: grid, horizontal: &workspace.across, vertical: &workspace.down)
    storeGradients(grid, .across, .down, &workspace)
    let hasDetail = workspace.detail.widthPixels > 0
    if hasDetail {
      let fine = scaled(grid, workspace.detail, tile: 2 * tileSide)
      kernels.tileGradients(
        workspace.detail, grid: fine, horizontal: &workspace.across, vertical: &workspace.down)
      storeGradients(fine, .acrossDetail, .downDetail, &workspace)
    } else {
      storeGradients(grid, .acrossDetail, .downDetail, &workspace)
    }
    kernels.tileGradients(
      workspace.luma, grid: grid, step: 4, horizontal: &workspace.across, vertical: &workspace.down)
    storeGradients(grid, .acrossFar, .downFar, &workspace)
  }

  private static func measureColour(
    _ grid: TileGrid, _ kernels: PixelKernels, _ workspace: inout AnalysisWorkspace
  ) {
    let half = scaled(grid, workspace.blue, tile: tileSide / 2)
    kernels.tileMoments(workspace.blue, grid: half, sums: &workspace.sums, squares: &workspace.squares)
    storeChroma(half, .blueMean, .blueDeviation, &workspace)
    kernels.tileMoments(workspace.red, grid: half, sums: &workspace.sums, squares: &workspace.squares)
    storeChroma(half, .redMean, .redDeviation, &workspace)
    kernels.tileGradients(
      workspace.red, grid: half, horizontal: &workspace.across, vertical: &workspace.down)
    kernels.tileColours(
      luma: workspace.lumaHalf, blue: workspace.blue, red: workspace.red, grid: half,
      counts: &workspace.colours)
    forEachTile(half) { tile, count in
      let gradient = Int(workspace.across[tile]) + Int(workspace.down[tile])
      store(root(gradient, 2 * count), .redGradient, tile, &workspace)
      let classes = ColourClass.allCases.count
      for index in 0..<classes {
        let share = Int(workspace.colours[tile * classes + index]) * TileFeature.shareScale / count
        workspace.features[tile * TileFeature.count + TileFeature.firstColour.rawValue + index] = Int16(share)
      }
    }
  }

  /// The same tiles on a plane of another scale.
  private static func scaled(_ grid: TileGrid, _ plane: PixelPlane, tile: Int) -> TileGrid {
    TileGrid(
      widthPixels: plane.widthPixels, heightPixels: plane.heightPixels, tile: tile, columns: grid.columns,
      rows: grid.rows)
  }

  private static func storeGradients(
    _ grid: TileGrid, _ across: TileFeature, _ down: TileFeature, _ workspace: inout AnalysisWorkspace
  ) {
    forEachTile(grid) { tile, count in
      store(root(Int(workspace.across[tile]), count), across, tile, &workspace)
      store(root(Int(workspace.down[tile]), count), down, tile, &workspace)
    }
  }

  private static func storeChroma(
    _ grid: TileGrid, _ mean: TileFeature, _ spread: TileFeature, _ workspace: inout AnalysisWorkspace
  ) {
    forEachTile(grid) { tile, count in
      let sum = Int(workspace.sums[tile])
      store(16 * sum / count, mean, tile, &workspace)
      store(deviation(sum, Int(workspace.squares[tile]), count), spread, tile, &workspace)
    }
  }

  private static func forEachTile(_ grid: TileGrid, _ body: (_ tile: Int, _ sampleCount: Int) -> Void) {
    for row in 0..<grid.rows {
      for column in 0..<grid.columns {
        body(row * grid.columns + column, grid.sampleCount(column: column, row: row))
      }
    }
  }

  private static func store(
    _ value: Int, _ feature: TileFeature, _ tile: Int, _ workspace: inout AnalysisWorkspace
  ) {
    workspace.features[tile * TileFeature.count + feature.rawValue] = Int16(value)
  }

  /// `256·√(sum / count)`, rounded down: at most 4,088 for a mean of up to 255.
  private static func root(_ sum: Int, _ count: Int) -> Int { floorRoot(65_536 * sum / count) }

  /// `256·√σ` of samples with this sum and sum of squares, rounded down.
  private static func deviation(_ sum: Int, _ squares: Int, _ count: Int) -> Int {
    floorRoot(256 * floorRoot((count * squares - sum * sum) * 65_536) / count)
  }

  /// The largest integer whose square is at most the value: exact, since an IEEE root is correctly rounded and
  /// the values stay far below 2⁵².
  private static func floorRoot(_ value: Int) -> Int { Int(Double(value).squareRoot()) }
}
