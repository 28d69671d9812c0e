internal import FrameMemory
internal import PixelKernels

/// Work on whole planes of coarse samples for which no kernel is needed: it is rare, or it runs once a second.
enum CoarsePlanes {
  /// The first rows of a view over the rows below of a plane of the same size.
  static func patch(_ plane: PixelPlane, with rows: Int, of view: PlaneView, into out: inout PixelPlane) {
    out.copy(plane.view)
    for y in 0..<rows {
      for x in 0..<view.widthPixels { out.samples[y * out.strideBytes + x] = view[x, y] }
    }
  }

  /// Every `columnStep`-th sample of every `rowStep`-th row.
  static func thin(_ view: PlaneView, columnStep: Int, rowStep: Int, into out: inout PixelPlane) {
    out.resize(
      widthPixels: (view.widthPixels + columnStep - 1) / columnStep,
      heightPixels: (view.heightPixels + rowStep - 1) / rowStep)
    for y in 0..<out.heightPixels {
      for x in 0..<out.widthPixels {
        out.samples[y * out.strideBytes + x] = view[x * columnStep, y * rowStep]
      }
    }
  }

  /// Copies the samples of one tile from a plane to another of the same size.
  static func copyTile(_ tile: Int, _ grid: TileGrid, of plane: PixelPlane, into out: inout PixelPlane) {
    for y in grid.rowRange(tile / grid.columns) {
      for x in grid.columnRange(tile % grid.columns) {
        out.samples[y * out.strideBytes + x] = plane.samples[y * plane.strideBytes + x]
      }
    }
  }

  /// Moves the samples of one tile by one level towards those of another plane.
  static func stepTile(
    _ tile: Int, _ grid: TileGrid, of plane: inout PixelPlane, towards other: PixelPlane
  ) {
    for y in grid.rowRange(tile / grid.columns) {
      for x in grid.columnRange(tile % grid.columns) {
        let place = y * plane.strideBytes + x
        let old = plane.samples[place], new = other.samples[place]
        if new > old { plane.samples[place] = old + 1 } else if new < old { plane.samples[place] = old - 1 }
      }
    }
  }

  /// Replaces each sample by the level that a table of 256 gives for it.
  static func apply(_ levels: [UInt8], to plane: inout PixelPlane) {
    precondition(levels.count == 256, "a level for each level")
    let count = plane.strideBytes * plane.heightPixels, table = levels.span
    var samples = plane.samples.mutableSpan
    for index in 0..<count { samples[index] = table[Int(samples[index])] }
  }
}
