internal import CPixelKernels
package import FrameMemory

/// The kernels over the values that a coarse frame has per block.
extension PixelKernels {
  /// Sum of the values of each tile; a grid's samples are blocks here.
  ///
  /// - Precondition: a grid for as many blocks as the view has.
  package func textureSums(_ texture: BlockView<UInt16>, grid: TileGrid, sums: inout [UInt32]) {
    precondition(
      texture.widthBlocks == grid.widthPixels && texture.heightBlocks == grid.heightPixels,
      "the grid was made for a texture of this size")
    let hasBlocks = texture.widthBlocks > 0 && texture.heightBlocks > 0
    Self.fit(&sums, grid.count, zeroed: !hasBlocks)
    guard hasBlocks else { return }
    if tier == .portable { return PortableKernels.textureSums(texture, grid, &sums) }
    let (width, height, stride) = (texture.widthBlocks, texture.heightBlocks, texture.strideBlocks)
    // SAFETY: the view's rows lie inside its values, the output has grid.count elements, nothing escapes.
    unsafe texture.values.withUnsafeBufferPointer { values in
      unsafe sums.withUnsafeMutableBufferPointer { sums in
        if tier == .avx2 {
          unsafe jx_texture_sums_avx2(
            values.baseAddress, stride, width, height, Self.tiling(grid), sums.baseAddress)
        } else {
          unsafe jx_texture_sums_avx512(
            values.baseAddress, stride, width, height, Self.tiling(grid), sums.baseAddress)
        }
      }
    }
  }

  /// Levels of DC values in checked memory; see `dcLevels` of buffers.
  ///
  /// - Precondition: as many levels as DC values.
  package func dcLevels(_ dc: Span<Int16>, quantizer: UInt16, into levels: inout MutableSpan<UInt8>) {
    // SAFETY: the buffers are used inside the closures only, and a mutable span overlaps no other.
    unsafe dc.withUnsafeBufferPointer { dc in
      unsafe levels.withUnsafeMutableBufferPointer { levels in
        unsafe dcLevels(dc, quantizer: quantizer, into: levels)
      }
    }
  }

  /// Mean of each block as an 8-bit sample: `min(max((dc · quantizer + 4) >> 3 + 128, 0), 255)`, the shift
  /// rounding down.
  ///
  /// - Precondition: as many levels as DC values; the two do not overlap.
  package func dcLevels(
    _ dc: UnsafeBufferPointer<Int16>, quantizer: UInt16, into levels: UnsafeMutableBufferPointer<UInt8>
  ) {
    precondition(dc.count == levels.count, "a level for each DC value")
    // SAFETY: both buffers are the caller's and of one length; they are used in this call only.
    switch tier {
    case .portable: unsafe PortableKernels.dcLevels(dc, quantizer: quantizer, into: levels)
    case .avx2: unsafe jx_dc_levels_avx2(dc.baseAddress, dc.count, quantizer, levels.baseAddress)
    case .avx512: unsafe jx_dc_levels_avx512(dc.baseAddress, dc.count, quantizer, levels.baseAddress)
    }
  }
}
