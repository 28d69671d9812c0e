/// The kernels over planes that a caller owns: planes and outputs may then be parts of one value.
extension PixelKernels {
  /// See `tileMoments` of a view.
  package func tileMoments(_ plane: PixelPlane, grid: TileGrid, sums: inout [UInt32], squares: inout [UInt32])
  {
    tileMoments(plane.view, grid: grid, sums: &sums, squares: &squares)
  }

  /// See `tileGradients` of a view.
  package func tileGradients(
    _ plane: PixelPlane, grid: TileGrid, step: Int = 1, horizontal: inout [UInt32], vertical: inout [UInt32]
  ) {
    tileGradients(plane.view, grid: grid, step: step, horizontal: &horizontal, vertical: &vertical)
  }

  /// See `tileColours` of views.
  package func tileColours(
    luma: PixelPlane, blue: PixelPlane, red: PixelPlane, grid: TileGrid, counts: inout [UInt16]
  ) {
    tileColours(luma: luma.view, blue: blue.view, red: red.view, grid: grid, counts: &counts)
  }

  /// See `tileExtremes` of a view.
  package func tileExtremes(
    _ plane: PixelPlane, grid: TileGrid, lowest: inout [UInt8], highest: inout [UInt8]
  ) {
    tileExtremes(plane.view, grid: grid, lowest: &lowest, highest: &highest)
  }

  /// See `tileDifferences` of views.
  package func tileDifferences(
    _ plane: PixelPlane, _ other: PixelPlane, grid: TileGrid, sums: inout [UInt32]
  ) {
    tileDifferences(plane.view, other.view, grid: grid, sums: &sums)
  }

  /// See `countChanges` of views.
  package func countChanges(
    _ plane: PixelPlane, _ other: PixelPlane, threshold: UInt8, grid: TileGrid, counts: inout [UInt16]
  ) {
    countChanges(plane.view, other.view, threshold: threshold, grid: grid, counts: &counts)
  }

  /// See `updateBackground` of a view.
  package func updateBackground(
    _ plane: PixelPlane, background: inout PixelPlane, threshold: UInt8, step: UInt8, grid: TileGrid,
    counts: inout [UInt16]
  ) {
    updateBackground(
      plane.view, background: &background, threshold: threshold, step: step, grid: grid, counts: &counts)
  }

  /// See `halve` of a view.
  package func halve(_ plane: PixelPlane, into out: inout PixelPlane) { halve(plane.view, into: &out) }

  /// See `boxBlur` of a view.
  package func boxBlur(_ plane: PixelPlane, into out: inout PixelPlane) { boxBlur(plane.view, into: &out) }

  /// See `shrink` of a view.
  package func shrink(_ plane: PixelPlane, by factor: Int, into out: inout PixelPlane) {
    shrink(plane.view, by: factor, into: &out)
  }

  /// See `integral` of a view.
  package func integral(_ plane: PixelPlane, into sums: inout [UInt32]) { integral(plane.view, into: &sums) }

  /// See `histogram` of a view.
  package func histogram(_ plane: PixelPlane, counts: inout [UInt32]) {
    histogram(plane.view, counts: &counts)
  }
}
