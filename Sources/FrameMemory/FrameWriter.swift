/// The only owner of a frame's memory while its pixels are written; `seal()` turns it into a `Frame`.
///
/// Dropping a writer without sealing gives its memory back.
package struct FrameWriter: ~Copyable {
  package let format: FrameFormat
  private let storage: FrameStorage

  init(storage: FrameStorage, format: FrameFormat) {
    self.storage = storage
    self.format = format
  }

  /// Gives the rows of a plane, padding included, for writing: `strideBytes` x `heightPixels` bytes.
  ///
  /// - Precondition: the format has this plane.
  package mutating func withPlane<Result, Failure: Error>(
    _ index: PlaneIndex,
    _ body: (_ bytes: UnsafeMutableRawBufferPointer, FrameFormat.Plane) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    guard let plane = format.plane(index) else { preconditionFailure("the frame has no plane \(index)") }
    // SAFETY: the plane lies inside the slab (the pool checked byteCount), and a writer is unique.
    let bytes = unsafe UnsafeMutableRawBufferPointer(
      start: storage.slab.base + plane.offsetBytes, count: plane.strideBytes * plane.heightPixels)
    // SAFETY: the pointer is valid while `storage` lives, which outlasts the call.
    return try unsafe body(bytes, plane)
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

  /// Writes one plane pixel by pixel: `value(x, y)`; slow and safe, for tests and drawing.
  package mutating func fill(_ index: PlaneIndex, _ value: (_ x: Int, _ y: Int) -> UInt8) {
    // SAFETY: the closure keeps inside the plane and lets nothing escape.
    unsafe withPlane(index) { bytes, plane in
      for y in 0..<plane.heightPixels {
        for x in 0..<plane.widthPixels {
          // SAFETY: x and y are inside the plane; the subscript is bounds-checked in debug builds.
          unsafe bytes[y * plane.strideBytes + x] = value(x, y)
        }
      }
    }
  }

  /// Ends writing: the pixels can be read from now on and never change again.
  package consuming func seal() -> Frame { Frame(storage: storage, format: format) }
}
