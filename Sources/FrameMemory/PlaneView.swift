/// A read-only look at one plane of 8-bit samples, rows top down; it cannot outlive the memory that it shows.
package struct PlaneView: ~Escapable {
  /// All rows with their padding: the last row may lack its padding.
  package let bytes: RawSpan
  package let widthPixels: Int
  package let heightPixels: Int
  package let strideBytes: Int

  /// - Precondition: every row lies inside `bytes`.
  @_lifetime(copy bytes)
  package init(bytes: RawSpan, widthPixels: Int, heightPixels: Int, strideBytes: Int) {
    precondition(widthPixels >= 0 && heightPixels >= 0 && strideBytes >= widthPixels, "rows do not overlap")
    precondition(
      heightPixels == 0 || bytes.byteCount >= (heightPixels - 1) * strideBytes + widthPixels,
      "all rows lie inside the memory")
    self.bytes = bytes
    self.widthPixels = widthPixels
    self.heightPixels = heightPixels
    self.strideBytes = strideBytes
  }

  /// All samples with the padding of rows, as `bytes`: sample (x, y) is at `y * strideBytes + x`.
  package var samples: Span<UInt8> {
    @_lifetime(copy self)
    // SAFETY: any byte pattern is a UInt8, and the span ends with the bytes.
    get { unsafe bytes._unsafeView(as: UInt8.self) }
  }

  /// One sample. Bounds-checked; for tests, drawing and sparse reads, not for whole planes.
  package subscript(x: Int, y: Int) -> UInt8 {
    precondition((0..<widthPixels).contains(x) && (0..<heightPixels).contains(y), "a sample inside the plane")
    // SAFETY: any byte pattern is a UInt8, and the offset was checked above.
    return unsafe bytes.unsafeLoad(fromByteOffset: y * strideBytes + x, as: UInt8.self)
  }
}
