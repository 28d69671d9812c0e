internal import FrameMemory

/// A frame of full-size Y, Cb, Cr planes while the painter draws on it; everything outside it is cut off.
struct PixelCanvas: ~Copyable {
  private var writer: FrameWriter
  /// The whole frame.
  let bounds: PixelRect

  /// - Precondition: the chroma planes have the size of the luma plane.
  init(_ writer: consuming FrameWriter) {
    let format = writer.format
    precondition(format.chroma == .ycbcr444, "a canvas has three planes of one size")
    bounds = PixelRect(left: 0, top: 0, right: format.widthPixels, bottom: format.heightPixels)
    self.writer = writer
  }

  /// Fills the part of a rectangle that lies inside the frame.
  mutating func fill(_ rect: PixelRect, _ color: RGBColor) {
    let part = rect.intersection(bounds)
    guard !part.isEmpty else { return }
    let samples = color.ycbcr
    for (index, sample) in [
      (PlaneIndex.luma, samples.luma), (.chromaBlue, samples.blue), (.chromaRed, samples.red),
    ] {
      // SAFETY: `part` lies inside the frame, and each plane has the frame's size.
      unsafe writer.withPlane(index) { bytes, plane in
        for y in part.top..<part.bottom {
          for x in part.left..<part.right { unsafe bytes[y * plane.strideBytes + x] = sample }
        }
      }
    }
  }

  /// Fills a band of `width` pixels along the inner side of a rectangle's edges.
  mutating func strokeInside(_ rect: PixelRect, width: Int, _ color: RGBColor) {
    guard !rect.isEmpty else { return }
    guard rect.width > 2 * width, rect.height > 2 * width else { return fill(rect, color) }
    let inner = rect.expanded(by: -width)
    fill(PixelRect(left: rect.left, top: rect.top, right: rect.right, bottom: inner.top), color)
    fill(PixelRect(left: rect.left, top: inner.bottom, right: rect.right, bottom: rect.bottom), color)
    fill(PixelRect(left: rect.left, top: inner.top, right: inner.left, bottom: inner.bottom), color)
    fill(PixelRect(left: inner.right, top: inner.top, right: rect.right, bottom: inner.bottom), color)
  }

  /// Draws characters side by side, each font pixel as a square of `scale` pixels.
  mutating func draw(_ glyphs: [BitmapFont.Glyph], left: Int, top: Int, scale: Int, _ color: RGBColor) {
    for (position, glyph) in glyphs.enumerated() {
      let start = left + position * BitmapFont.advancePixels * scale
      for row in 0..<BitmapFont.heightPixels {
        for column in 0..<BitmapFont.widthPixels where glyph.isSet(column: column, row: row) {
          let (x, y) = (start + column * scale, top + row * scale)
          fill(PixelRect(left: x, top: y, right: x + scale, bottom: y + scale), color)
        }
      }
    }
  }

  /// Ends drawing.
  consuming func seal() -> Frame { writer.seal() }
}
