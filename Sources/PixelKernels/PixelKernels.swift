internal import CPixelKernels
package import FrameMemory

/// The kernels of one instruction tier, with sizes checked once per plane.
///
/// Outputs are arrays that the caller keeps from frame to frame; they grow where needed, and hold one value
/// per tile, row by row. A plane without samples gives zeros.
package struct PixelKernels: Sendable {
  package let tier: KernelTier

  /// - Precondition: the machine runs the tier.
  package init(tier: KernelTier = .best) {
    precondition(tier.isSupported, "this processor runs the kernel tier")
    self.tier = tier
  }

  /// Sum and sum of squares of each tile.
  ///
  /// - Precondition: here and below, a grid for planes of this size.
  package func tileMoments(_ plane: PlaneView, grid: TileGrid, sums: inout [UInt32], squares: inout [UInt32])
  {
    Self.check(plane, grid)
    Self.fit(&sums, grid.count, zeroed: !Self.hasSamples(plane))
    Self.fit(&squares, grid.count, zeroed: !Self.hasSamples(plane))
    guard Self.hasSamples(plane) else { return }
    if tier == .portable { return PortableKernels.tileMoments(plane, grid, &sums, &squares) }
    // SAFETY: the view's rows lie inside its bytes, both outputs have grid.count elements, nothing escapes.
    unsafe Self.withPlane(plane) { source in
      unsafe sums.withUnsafeMutableBufferPointer { sums in
        unsafe squares.withUnsafeMutableBufferPointer { squares in
          if tier == .avx2 {
            unsafe jx_tile_moments_avx2(source, Self.tiling(grid), sums.baseAddress, squares.baseAddress)
          } else {
            unsafe jx_tile_moments_avx512(source, Self.tiling(grid), sums.baseAddress, squares.baseAddress)
          }
        }
      }
    }
  }

  /// Sums of absolute differences between samples `step` apart, to the right and downwards, of each tile.
  ///
  /// - Precondition: a step of at least one sample.
  package func tileGradients(
    _ plane: PlaneView, grid: TileGrid, step: Int = 1, horizontal: inout [UInt32], vertical: inout [UInt32]
  ) {
    precondition(step > 0, "a gradient has a distance")
    Self.check(plane, grid)
    Self.fit(&horizontal, grid.count, zeroed: !Self.hasSamples(plane))
    Self.fit(&vertical, grid.count, zeroed: !Self.hasSamples(plane))
    guard Self.hasSamples(plane) else { return }
    if tier == .portable {
      return PortableKernels.tileGradients(plane, grid, step: step, &horizontal, &vertical)
    }
    // SAFETY: the view's rows lie inside its bytes, both outputs have grid.count elements, nothing escapes.
    unsafe Self.withPlane(plane) { source in
      unsafe horizontal.withUnsafeMutableBufferPointer { across in
        unsafe vertical.withUnsafeMutableBufferPointer { down in
          if tier == .avx2 {
            unsafe jx_tile_gradients_avx2(
              source, Self.tiling(grid), step, across.baseAddress, down.baseAddress)
          } else {
            unsafe jx_tile_gradients_avx512(
              source, Self.tiling(grid), step, across.baseAddress, down.baseAddress)
          }
        }
      }
    }
  }

  /// Samples of each `ColourClass` in each tile: `counts[tile * 8 + class]`.
  ///
  /// - Precondition: three planes of one size.
  package func tileColours(
    luma: PlaneView, blue: PlaneView, red: PlaneView, grid: TileGrid, counts: inout [UInt16]
  ) {
    precondition(Self.sameSize(luma, blue) && Self.sameSize(luma, red), "colour planes have one size")
    Self.check(luma, grid)
    let needed = grid.count * ColourClass.allCases.count
    if counts.count < needed { counts = [UInt16](repeating: 0, count: needed) }
    guard Self.hasSamples(luma) else {
      for index in 0..<needed { counts[index] = 0 }
      return
    }
    if tier == .portable {
      return PortableKernels.tileColours(luma: luma, blue: blue, red: red, grid, &counts)
    }
    // SAFETY: each view's rows lie inside its bytes, the output has eight elements a tile, nothing escapes.
    unsafe Self.withPlane(luma) { luma in
      unsafe Self.withPlane(blue) { blue in
        unsafe Self.withPlane(red) { red in
          unsafe counts.withUnsafeMutableBufferPointer { counts in
            if tier == .avx2 {
              unsafe jx_tile_colours_avx2(luma, blue, red, Self.tiling(grid), counts.baseAddress)
            } else {
              unsafe jx_tile_colours_avx512(luma, blue, red, Self.tiling(grid), counts.baseAddress)
            }
          }
        }
      }
    }
  }

  /// Sum of absolute differences of two planes in each tile.
  ///
  /// - Precondition: two planes of one size.
  package func tileDifferences(_ plane: PlaneView, _ other: PlaneView, grid: TileGrid, sums: inout [UInt32]) {
    precondition(Self.sameSize(plane, other), "compared planes have one size")
    Self.check(plane, grid)
    Self.fit(&sums, grid.count, zeroed: !Self.hasSamples(plane))
    guard Self.hasSamples(plane) else { return }
    if tier == .portable { return PortableKernels.tileDifferences(plane, other, grid, &sums) }
    // SAFETY: each view's rows lie inside its bytes, the output has grid.count elements, nothing escapes.
    unsafe Self.withPlane(plane) { first in
      unsafe Self.withPlane(other) { second in
        unsafe sums.withUnsafeMutableBufferPointer { sums in
          if tier == .avx2 {
            unsafe jx_tile_differences_avx2(first, second, Self.tiling(grid), sums.baseAddress)
          } else {
            unsafe jx_tile_differences_avx512(first, second, Self.tiling(grid), sums.baseAddress)
          }
        }
      }
    }
  }

  /// Smallest and largest sample of each tile.
  package func tileExtremes(_ plane: PlaneView, grid: TileGrid, lowest: inout [UInt8], highest: inout [UInt8])
  {
    Self.check(plane, grid)
    Self.fit(&lowest, grid.count, zeroed: !Self.hasSamples(plane))
    Self.fit(&highest, grid.count, zeroed: !Self.hasSamples(plane))
    guard Self.hasSamples(plane) else { return }
    if tier == .portable { return PortableKernels.tileExtremes(plane, grid, &lowest, &highest) }
    // SAFETY: the view's rows lie inside its bytes, both outputs have grid.count elements, nothing escapes.
    unsafe Self.withPlane(plane) { source in
      unsafe lowest.withUnsafeMutableBufferPointer { lowest in
        unsafe highest.withUnsafeMutableBufferPointer { highest in
          if tier == .avx2 {
            unsafe jx_tile_extremes_avx2(
              source, Self.tiling(grid), lowest.baseAddress, highest.baseAddress)
          } else {
            unsafe jx_tile_extremes_avx512(
              source, Self.tiling(grid), lowest.baseAddress, highest.baseAddress)
          }
        }
      }
    }
  }

  /// Half size in both directions (rounded up) by 2x2 boxes, half rounding up.
  package func halve(_ plane: PlaneView, into out: inout PixelPlane) {
    out.resize(widthPixels: (plane.widthPixels + 1) / 2, heightPixels: (plane.heightPixels + 1) / 2)
    guard Self.hasSamples(plane) else { return }
    if tier == .portable { return PortableKernels.halve(plane, into: &out) }
    let stride = out.strideBytes
    // SAFETY: the view's rows lie inside its bytes, `out` was resized to hold every row, nothing escapes.
    unsafe Self.withPlane(plane) { source in
      unsafe out.samples.withUnsafeMutableBufferPointer { samples in
        if tier == .avx2 {
          unsafe jx_halve_avx2(source, samples.baseAddress, stride)
        } else {
          unsafe jx_halve_avx512(source, samples.baseAddress, stride)
        }
      }
    }
  }

  /// How often each of the 256 values occurs.
  package func histogram(_ plane: PlaneView, counts: inout [UInt32]) {
    Self.fit(&counts, 256, zeroed: !Self.hasSamples(plane))
    guard Self.hasSamples(plane) else { return }
    if tier == .portable { return PortableKernels.histogram(plane, &counts) }
    // SAFETY: the view's rows lie inside its bytes, the output has 256 elements, nothing escapes.
    unsafe Self.withPlane(plane) { source in
      unsafe counts.withUnsafeMutableBufferPointer { counts in
        if tier == .avx2 {
          unsafe jx_histogram_avx2(source, counts.baseAddress)
        } else {
          unsafe jx_histogram_avx512(source, counts.baseAddress)
        }
      }
    }
  }

  static func hasSamples(_ plane: PlaneView) -> Bool {
    plane.widthPixels > 0 && plane.heightPixels > 0
  }

  static func sameSize(_ a: PlaneView, _ b: PlaneView) -> Bool {
    a.widthPixels == b.widthPixels && a.heightPixels == b.heightPixels
  }

  static func check(_ plane: PlaneView, _ grid: TileGrid) {
    precondition(
      plane.widthPixels == grid.widthPixels && plane.heightPixels == grid.heightPixels,
      "the grid was made for a plane of this size")
  }

  /// The grid as C sees it.
  static func tiling(_ grid: TileGrid) -> jx_tiling {
    jx_tiling(tile: grid.tile, columns: grid.columns, rows: grid.rows)
  }

  /// Makes an output large enough. The kernels overwrite what it keeps; where none runs, it has to be zero.
  static func fit<Value: FixedWidthInteger>(_ values: inout [Value], _ count: Int, zeroed: Bool) {
    if values.count < count { values = [Value](repeating: 0, count: count) }
    guard zeroed else { return }
    for index in 0..<count { values[index] = 0 }
  }

  /// Calls a kernel with the plane as C sees it.
  static func withPlane(_ plane: PlaneView, _ body: (jx_plane) -> Void) {
    // SAFETY: the pointer is used inside the closure only; PlaneView checked that all rows lie in its bytes.
    unsafe plane.bytes.withUnsafeBytes { bytes in
      let base = unsafe bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
      unsafe body(
        jx_plane(base: base, stride: plane.strideBytes, width: plane.widthPixels, height: plane.heightPixels))
    }
  }
}
