internal import FrameMemory
internal import InspectionModel
internal import PixelKernels

/// Brightness, sharpness and the small grey copy of a picture.
struct PictureSummary {
  var quality: PictureQuality
  var signature: PictureSignature

  /// Measures a luma plane of any size; it is halved to the analysis scale first.
  static func measure(
    _ luma: PlaneView, kernels: PixelKernels, workspace: inout AnalysisWorkspace
  ) -> PictureSummary {
    AnalysisPlanes.fillLuma(luma, kernels: kernels, workspace: &workspace)
    return summarize(kernels: kernels, workspace: &workspace)
  }

  /// Summarises the base luma plane that is in the workspace.
  static func summarize(kernels: PixelKernels, workspace: inout AnalysisWorkspace) -> PictureSummary {
    let width = workspace.luma.widthPixels, height = workspace.luma.heightPixels
    let grid = TileGrid(widthPixels: width, heightPixels: height, tile: 8)
    kernels.tileMoments(
      workspace.luma, grid: grid, sums: &workspace.sums, squares: &workspace.squares)
    kernels.tileGradients(
      workspace.luma, grid: grid, horizontal: &workspace.across, vertical: &workspace.down)
    var sum = 0, squares = 0, gradient = 0
    for index in 0..<grid.count {
      sum += Int(workspace.sums[index])
      squares += Int(workspace.squares[index])
      gradient += Int(workspace.across[index]) + Int(workspace.down[index])
    }
    let count = Double(width * height), mean = Double(sum) / count
    let variance = max(0, Double(squares) / count - mean * mean)
    let quality = PictureQuality(
      meanLuma: mean, sharpness: Double(gradient) / (2 * count), contrast: variance.squareRoot())
    return PictureSummary(quality: quality, signature: signature(of: workspace, grid))
  }

  /// Averages the tiles' means into 16 x 9 parts; a part takes the tiles that its area touches.
  private static func signature(of workspace: AnalysisWorkspace, _ grid: TileGrid) -> PictureSignature {
    var samples: [Int32] = []
    for part in 0..<PictureSignature.columns * PictureSignature.rows {
      let (column, row) = (part % PictureSignature.columns, part / PictureSignature.columns)
      let across = tiles(of: column, of: PictureSignature.columns, in: grid.columns)
      let down = tiles(of: row, of: PictureSignature.rows, in: grid.rows)
      var sum = 0, count = 0
      for y in down {
        for x in across {
          sum += Int(workspace.sums[y * grid.columns + x])
          count += grid.sampleCount(column: x, row: y)
        }
      }
      samples.append(Int32((16 * sum + count / 2) / max(1, count)))
    }
    return PictureSignature(samples: samples)
  }

  private static func tiles(of part: Int, of parts: Int, in tiles: Int) -> Range<Int> {
    let first = part * tiles / parts
    return first..<max(first + 1, (part + 1) * tiles / parts)
  }
}
