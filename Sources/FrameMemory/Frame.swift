/// Sealed pixels: read only, copied by reference, safe to send between tasks.
///
/// The memory goes back to its pool when the last copy is gone. Do not keep a `PlaneView` across an `await`.
package struct Frame: Sendable {
  package let format: FrameFormat
  private let storage: FrameStorage

  init(storage: FrameStorage, format: FrameFormat) {
    self.storage = storage
    self.format = format
  }

  package var widthPixels: Int { format.widthPixels }
  package var heightPixels: Int { format.heightPixels }

  /// Brightness, full size.
  package var luma: PlaneView {
    @_lifetime(borrow self)
    get { view(format.plane(.luma)!) }
  }

  /// A plane, or `nil` for the chroma of a grey frame.
  @_lifetime(borrow self)
  package func plane(_ index: PlaneIndex) -> PlaneView? {
    guard let plane = format.plane(index) else { return nil }
    return view(plane)
  }

  @_lifetime(borrow self)
  private func view(_ plane: FrameFormat.Plane) -> PlaneView {
    // SAFETY: the plane lies inside the slab, sealed memory is never written, and the view cannot outlive self.
    let bytes = unsafe UnsafeRawBufferPointer(
      start: storage.slab.base + plane.offsetBytes, count: plane.strideBytes * plane.heightPixels)
    let span = unsafe RawSpan(_unsafeBytes: bytes)
    let view = PlaneView(
      bytes: span, widthPixels: plane.widthPixels, heightPixels: plane.heightPixels,
      strideBytes: plane.strideBytes)
    // SAFETY: the bytes belong to `storage`, which self keeps alive.
    return unsafe _overrideLifetime(view, borrowing: self)
  }
}
