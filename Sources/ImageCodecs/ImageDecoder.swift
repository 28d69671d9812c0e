package import FrameMemory

/// Encoded JPEG or PNG bytes → frames, under limits, without allocating pixel memory after warm-up.
///
/// Copies share their working memory and may decode at the same time on several threads. The pixels are those that
/// the file stores: EXIF orientation is not applied (`FrameOrientation` turns pictures for people).
///
/// - JPEG gives Y, Cb, Cr planes as they are coded (4:4:4, 4:2:2, 4:4:0, 4:2:0, 4:1:1, 4:1:0, grey). Files that
///   store R, G, B are converted with libjpeg's coefficients. CMYK, YCCK, 12 bits, lossless and arithmetic coding
///   are refused as unsupported.
/// - PNG gives grey, or Y, Cb, Cr of full size by the same integer coefficients (BT.601 full range, 16 fraction
///   bits, luma rounded to nearest). 16-bit samples are scaled to 8 bits with rounding; alpha is laid over
///   `background` by (c·a + b·(255 − a) + 127) / 255.
package struct ImageDecoder: Sendable {
  package let limits: DecodeLimits
  /// What lies under transparent pixels of a PNG.
  package let background: RGBColor

  /// What the decoder keeps from picture to picture.
  package let stock = DecoderStock()

  package init(limits: DecodeLimits = .recorded, background: RGBColor = .white) {
    self.limits = limits
    self.background = background
  }

  /// Reads the header only.
  package func probe(_ bytes: RawSpan) throws(ImageError) -> ImageInfo {
    switch try format(of: bytes) {
    case .jpeg: try probeJPEG(bytes)
    case .png: try probePNG(bytes)
    }
  }

  /// Decodes into a frame of the pool.
  ///
  /// Damaged pictures: see `DecodedImage`. Throws `poolExhausted` where no slab is free, and `tooLarge` where the
  /// frame does not fit a slab.
  package func decode(
    _ bytes: RawSpan, into pool: FramePool, scale: DecodeScale = .full
  ) throws(ImageError) -> DecodedImage {
    switch try format(of: bytes) {
    case .jpeg: try decodeJPEG(bytes, into: pool, scale: scale)
    case .png: try decodePNG(bytes, into: pool, scale: scale)
    }
  }

  /// `probe` of an array.
  package func probe(_ bytes: [UInt8]) throws(ImageError) -> ImageInfo {
    // SAFETY: `bytes` of a span of UInt8 shows initialised memory only.
    try unsafe probe(bytes.span.bytes)
  }

  /// `decode` of an array.
  package func decode(
    _ bytes: [UInt8], into pool: FramePool, scale: DecodeScale = .full
  ) throws(ImageError) -> DecodedImage {
    // SAFETY: `bytes` of a span of UInt8 shows initialised memory only.
    try unsafe decode(bytes.span.bytes, into: pool, scale: scale)
  }

  /// By the first bytes: `FF D8 FF` or the PNG signature.
  package static func format(of bytes: RawSpan) -> ImageFormat? {
    func begins(with prefix: [UInt8]) -> Bool {
      guard bytes.byteCount >= prefix.count else { return false }
      for (index, byte) in prefix.enumerated() {
        // SAFETY: any byte pattern is a UInt8, and the count was checked above.
        guard unsafe bytes.unsafeLoad(fromByteOffset: index, as: UInt8.self) == byte else { return false }
      }
      return true
    }
    if begins(with: [0xFF, 0xD8, 0xFF]) { return .jpeg }
    if begins(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return .png }
    return nil
  }

  private func format(of bytes: RawSpan) throws(ImageError) -> ImageFormat {
    guard bytes.byteCount <= limits.maximumBytes else {
      throw ImageError(
        .tooLarge, "\(bytes.byteCount) bytes exceed the limit of \(limits.maximumBytes) bytes")
    }
    guard let format = Self.format(of: bytes) else {
      throw ImageError(
        .notAnImage, byteOffset: 0,
        bytes.byteCount == 0 ? "the file is empty" : "expected the first bytes of a JPEG or PNG")
    }
    return format
  }
}
