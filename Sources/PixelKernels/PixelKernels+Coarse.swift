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
    Self.fit(&sums, grid.count)
    guard texture.widthBlocks > 0 && texture.heightBlocks > 0 else { return }
    PortableKernels.textureSums(texture, grid, &sums)
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
    unsafe PortableKernels.dcLevels(dc, quantizer: quantizer, into: levels)
  }
}
