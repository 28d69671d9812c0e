internal import FrameMemory
internal import PixelKernels

extension CoarseFrameWriter {
  /// Fills the levels of all components from their DC coefficients.
  mutating func fillLevels(_ quantizers: DCQuantizers, _ kernels: PixelKernels) {
    let format = format
    // SAFETY: DC values and levels lie inside the frame's memory at the offsets that its format states.
    unsafe withBytes { bytes in
      for index in PlaneIndex.allCases.prefix(format.planeCount) {
        let plane = format.plane(index)!, count = plane.strideBlocks * plane.heightBlocks
        unsafe kernels.dcLevels(
          UnsafeBufferPointer(
            start: (bytes.baseAddress! + plane.dcOffsetBytes).assumingMemoryBound(to: Int16.self),
            count: count), quantizer: quantizers[index],
          into: UnsafeMutableBufferPointer(
            start: (bytes.baseAddress! + plane.levelsOffsetBytes).assumingMemoryBound(to: UInt8.self),
            count: count))
      }
    }
  }
}
