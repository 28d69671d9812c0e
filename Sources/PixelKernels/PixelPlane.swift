package import FrameMemory

/// A plane of 8-bit samples that its owner reuses from frame to frame; rows are 64-byte multiples apart.
package struct PixelPlane: Sendable {
  package private(set) var widthPixels = 0
  package private(set) var heightPixels = 0
  package private(set) var strideBytes = 0
  /// All rows with their padding. Longer than needed after a larger picture.
  package var samples: [UInt8] = []

  package init() {}

  /// A plane of the given size, filled sample by sample; for tests and drawing.
  package init(widthPixels: Int, heightPixels: Int, _ value: (_ x: Int, _ y: Int) -> UInt8) {
    self.init()
    resize(widthPixels: widthPixels, heightPixels: heightPixels)
    for y in 0..<heightPixels {
      for x in 0..<widthPixels { samples[y * strideBytes + x] = value(x, y) }
    }
  }

  /// Takes a new size; allocates only where the plane grows beyond all sizes before. Samples keep no meaning.
  package mutating func resize(widthPixels: Int, heightPixels: Int) {
    precondition(widthPixels >= 0 && heightPixels >= 0, "a plane has no negative side")
    (self.widthPixels, self.heightPixels) = (widthPixels, heightPixels)
    strideBytes = (widthPixels + 63) / 64 * 64
    let needed = strideBytes * heightPixels
    if samples.count < needed { samples = [UInt8](repeating: 0, count: needed) }
  }

  /// Takes size and samples of another plane; padding keeps no meaning.
  package mutating func copy(_ plane: PlaneView) {
    resize(widthPixels: plane.widthPixels, heightPixels: plane.heightPixels)
    guard widthPixels > 0 && heightPixels > 0 else { return }
    let stride = strideBytes, width = widthPixels
    // SAFETY: each row of the view lies inside its bytes, each row of self inside `samples`; nothing escapes.
    unsafe plane.bytes.withUnsafeBytes { source in
      unsafe samples.withUnsafeMutableBytes { target in
        if plane.strideBytes == stride {
          // The padding between the rows comes along.
          let count = stride * (plane.heightPixels - 1) + width
          return unsafe target.copyMemory(from: UnsafeRawBufferPointer(rebasing: source[..<count]))
        }
        // SAFETY: the same row by row, where rows lie otherwise apart.
        for y in 0..<plane.heightPixels {
          let row = unsafe UnsafeRawBufferPointer(
            rebasing: source[y * plane.strideBytes..<y * plane.strideBytes + width])
          unsafe UnsafeMutableRawBufferPointer(rebasing: target[y * stride..<y * stride + width]).copyMemory(
            from: row)
        }
      }
    }
  }

  /// A read-only look at the samples.
  package var view: PlaneView {
    @_lifetime(borrow self)
    get {
      // SAFETY: bytes of initialised UInt8 values have no padding.
      let view = PlaneView(
        bytes: unsafe samples.span.bytes, widthPixels: widthPixels, heightPixels: heightPixels,
        strideBytes: strideBytes)
      return view
    }
  }
}
