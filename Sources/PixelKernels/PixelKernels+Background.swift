internal import CPixelKernels
package import FrameMemory

/// What moves: samples that differ from another plane or from a background that follows the picture slowly.
extension PixelKernels {
  /// How many samples of each tile differ from another plane by more than a threshold:
  /// `counts[t]` = number of samples with `|p − q| > threshold`.
  ///
  /// - Precondition: two planes of one size.
  package func countChanges(
    _ plane: PlaneView, _ other: PlaneView, threshold: UInt8, grid: TileGrid, counts: inout [UInt16]
  ) {
    precondition(Self.sameSize(plane, other), "compared planes have one size")
    Self.check(plane, grid)
    Self.fit(&counts, grid.count, zeroed: !Self.hasSamples(plane))
    guard Self.hasSamples(plane) else { return }
    if tier == .portable { return PortableKernels.countChanges(plane, other, threshold, grid, &counts) }
    // SAFETY: each view's rows lie inside its bytes, the output has grid.count elements, nothing escapes.
    unsafe Self.withPlane(plane) { first in
      unsafe Self.withPlane(other) { second in
        unsafe counts.withUnsafeMutableBufferPointer { counts in
          if tier == .avx2 {
            unsafe jx_count_changes_avx2(first, second, Self.tiling(grid), threshold, counts.baseAddress)
          } else {
            unsafe jx_count_changes_avx512(first, second, Self.tiling(grid), threshold, counts.baseAddress)
          }
        }
      }
    }
  }

  /// Counts the changes against a background as `countChanges` does, then moves each background sample by
  /// `step` towards the plane's: `b += sign(p − b) · step` (sigma-delta background).
  ///
  /// - Parameters:
  ///   - background: of the plane's size; counted before it moves.
  ///   - step: 1, or 0 for a background that stays.
  package func updateBackground(
    _ plane: PlaneView, background: inout PixelPlane, threshold: UInt8, step: UInt8, grid: TileGrid,
    counts: inout [UInt16]
  ) {
    precondition(step <= 1, "a background moves by one level at most")
    precondition(Self.sameSize(plane, background.view), "plane and background have one size")
    Self.check(plane, grid)
    Self.fit(&counts, grid.count, zeroed: !Self.hasSamples(plane))
    guard Self.hasSamples(plane) else { return }
    if tier == .portable {
      PortableKernels.countChanges(plane, background.view, threshold, grid, &counts)
      if step == 1 { PortableKernels.moveBackground(plane, &background) }
      return
    }
    let stride = background.strideBytes
    // SAFETY: both planes' rows lie inside their bytes, the output has grid.count elements, nothing escapes.
    unsafe Self.withPlane(plane) { source in
      unsafe background.samples.withUnsafeMutableBufferPointer { background in
        unsafe counts.withUnsafeMutableBufferPointer { counts in
          if tier == .avx2 {
            unsafe jx_update_background_avx2(
              source, background.baseAddress, stride, Self.tiling(grid), threshold, step, counts.baseAddress)
          } else {
            unsafe jx_update_background_avx512(
              source, background.baseAddress, stride, Self.tiling(grid), threshold, step, counts.baseAddress)
          }
        }
      }
    }
  }
}
