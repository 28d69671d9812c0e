/// The only owner of a coarse frame's memory while its samples are written; `seal` turns it into a `CoarseFrame`.
///
/// Dropping a writer without sealing gives its memory back.
package struct CoarseFrameWriter: ~Copyable {
  package let format: CoarseFormat
  private let storage: FrameStorage

  init(storage: FrameStorage, format: CoarseFormat) {
    self.storage = storage
    self.format = format
  }

  /// Gives the frame's memory as a whole for writing: `format.byteCount` bytes, each plane at its offset.
  package mutating func withBytes<Result, Failure: Error>(
    _ body: (_ bytes: UnsafeMutableRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    // SAFETY: the slab has at least byteCount bytes (the pool checked), and a writer is unique.
    let bytes = unsafe UnsafeMutableRawBufferPointer(start: storage.slab.base, count: format.byteCount)
    // SAFETY: the pointer is valid while `storage` lives, which outlasts the call.
    return try unsafe body(bytes)
  }

  /// Writes one component block by block; slow and safe, for tests and simulated cameras.
  ///
  /// - Parameter value: DC coefficient and bits of AC code of a block. The level follows by the quantiser.
  package mutating func fill(
    _ index: PlaneIndex, quantizer: UInt16, _ value: (_ x: Int, _ y: Int) -> (dc: Int16, texture: UInt16)
  ) {
    guard let plane = format.plane(index) else { preconditionFailure("the frame has no plane \(index)") }
    // SAFETY: x and y stay inside the plane, and its three parts lie inside the bytes.
    unsafe withBytes { bytes in
      for y in 0..<plane.heightBlocks {
        for x in 0..<plane.widthBlocks {
          let at = y * plane.strideBlocks + x
          let block = value(x, y)
          // SAFETY: the offsets of a block inside the plane.
          unsafe bytes.storeBytes(of: block.dc, toByteOffset: plane.dcOffsetBytes + 2 * at, as: Int16.self)
          unsafe bytes.storeBytes(
            of: block.texture, toByteOffset: plane.textureOffsetBytes + 2 * at, as: UInt16.self)
          unsafe bytes.storeBytes(
            of: Self.level(dc: block.dc, quantizer: quantizer), toByteOffset: plane.levelsOffsetBytes + at,
            as: UInt8.self)
        }
      }
    }
  }

  /// The mean of a block as an 8-bit sample: a DC coefficient is eight times the mean, from −1024.
  package static func level(dc: Int16, quantizer: UInt16) -> UInt8 {
    UInt8(min(max((Int(dc) * Int(quantizer) + 4) >> 3 + 128, 0), 255))
  }

  /// Ends writing: the samples can be read from now on and never change again.
  ///
  /// - Parameters:
  ///   - quantizers: of the file's tables.
  ///   - completeRows: rows of luma samples from the top that came from data; `nil` for all.
  ///   - encodedBytes: size of the picture's file.
  package consuming func seal(
    quantizers: DCQuantizers, completeRows: Int? = nil, encodedBytes: Int
  ) -> CoarseFrame {
    CoarseFrame(
      storage: storage, format: format, quantizers: quantizers,
      completeRows: completeRows ?? format.plane(.luma)!.heightBlocks, encodedBytes: encodedBytes)
  }
}
