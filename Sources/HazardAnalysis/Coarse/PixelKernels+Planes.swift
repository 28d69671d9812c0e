internal import PixelKernels

extension PixelKernels {
  /// See `tileDifferences` of views: planes and output may then be parts of one value.
  func tileDifferences(_ plane: PixelPlane, _ other: PixelPlane, grid: TileGrid, sums: inout [UInt32]) {
    tileDifferences(plane.view, other.view, grid: grid, sums: &sums)
  }
}
