internal import PixelKernels

extension GroundRaster {
  /// The ground as a picture shows it; `nil` where it would be larger than `cellLimit` cells.
  ///
  /// - Parameters:
  ///   - luma: brightness of the picture as stored, at any size.
  ///   - turn: stored → upright.
  static func rectified(
    _ luma: PixelPlane, turn: PictureTurn, view: PictureView, cellMeters: Double, cellLimit: Int
  ) -> GroundRaster? {
    let outline = view.outline
    guard outline.count >= 3, luma.widthPixels > 1, luma.heightPixels > 1 else { return nil }
    let norths = outline.map(\.north)
    let easts = outline.map(\.east)
    let (south, north) = (norths.min() ?? 0, norths.max() ?? 0)
    let (west, east) = (easts.min() ?? 0, easts.max() ?? 0)
    guard (north - south) * (east - west) < Double(cellLimit) * cellMeters * cellMeters else { return nil }
    let firstRow = Int((south / cellMeters).rounded(.down))
    let firstColumn = Int((west / cellMeters).rounded(.down))
    var raster = GroundRaster(
      firstRow: firstRow, firstColumn: firstColumn,
      rows: Int((north / cellMeters).rounded(.up)) - firstRow + 1,
      columns: Int((east / cellMeters).rounded(.up)) - firstColumn + 1, cellMeters: cellMeters)
    let pixelMeters = view.longSideMeters / Double(max(luma.widthPixels, luma.heightPixels))
    raster.fill(from: reduced(luma, pixelMeters: pixelMeters, cellMeters: cellMeters), turn, view)
    return raster
  }

  /// The picture halved until its pixels are about as large as a cell, so that nothing is skipped.
  private static func reduced(_ luma: PixelPlane, pixelMeters: Double, cellMeters: Double) -> PixelPlane {
    var (plane, size) = (luma, pixelMeters)
    let kernels = PixelKernels()
    while size * 1.5 < cellMeters, min(plane.widthPixels, plane.heightPixels) > 32 {
      var half = PixelPlane()
      kernels.halve(plane, into: &half)
      (plane, size) = (half, size * 2)
    }
    return plane
  }

  private mutating func fill(from plane: PixelPlane, _ turn: PictureTurn, _ view: PictureView) {
    let samples = plane.samples
    let stride = plane.strideBytes
    let (width, height) = (Double(plane.widthPixels), Double(plane.heightPixels))
    for row in 0..<rows {
      let north = Double(firstRow + row) * cellMeters
      for column in 0..<columns {
        let east = Double(firstColumn + column) * cellMeters
        guard let upright = view.picturePoint(north: north, east: east) else { continue }
        guard upright.u >= 0, upright.u <= 1, upright.v >= 0, upright.v <= 1 else { continue }
        let stored = turn.stored(u: upright.u, v: upright.v)
        // Pixel centres lie at half numbers.
        let (x, y) = (stored.u * width - 0.5, stored.v * height - 0.5)
        guard x >= 0, y >= 0, x < width - 1, y < height - 1 else { continue }
        let (left, top) = (Int(x), Int(y))
        let (right, down) = (Float(x - Double(left)), Float(y - Double(top)))
        let index = top * stride + left
        let above = Float(samples[index]) * (1 - right) + Float(samples[index + 1]) * right
        let below = Float(samples[index + stride]) * (1 - right) + Float(samples[index + stride + 1]) * right
        values[row * columns + column] = above * (1 - down) + below * down
      }
    }
  }
}
